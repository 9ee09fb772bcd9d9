"""Tables as received → observations and issues: every value with file and cell, nothing repaired in silence."""

from endline.intake.issues import Issues
from endline.intake.observe import Observed, observe

__all__ = ["Issues", "Observed", "observe"]
