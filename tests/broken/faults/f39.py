"""F39: who is missing from a sum stands on its face."""

from .fixtures import Face, form

HEAD = "region_code live_births maternal_deaths"
ONE_REFUSED = form(HEAD, "150302 1000 1", "150303 1000 1001", "150304 1000 1")

FIXTURES = (
    Face(
        "one sent nothing",
        {"2020/form41.csv": form(HEAD, "150302 1000 1", "150303 1000 1")},
        "150300",
        (2, 3),
        "150304",
    ),
    Face("one was refused", {"2020/form41.csv": ONE_REFUSED}, "150300", (2, 3), "150303"),
)
