"""F33: counts that cannot stand side by side: refused with all their cells."""

from .fixtures import Sent, form

NESTED = form("region_code infant_deaths neonatal_deaths", "150302 4 5")
PARTS = form("region_code mothers mothers_urban mothers_rural", "150302 900 400 499")

FIXTURES = (
    Sent("more newborns than infants dead", {"2020/form42.csv": NESTED}, "refused", "B2/C2"),
    Sent("parts that do not add up", {"2020/form41.csv": PARTS}, "refused", "B2/C2/D2"),
)
