"""Tables as received → observations and issues: every value with file and cell, nothing repaired in silence."""

from endline.intake.issues import Issues
from endline.intake.items import Items
from endline.intake.observe import Observed, observe

__all__ = ["Issues", "Items", "Observed", "observe"]
