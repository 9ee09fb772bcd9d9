"""The server imports this module first: of what it imports nearly all stays, so only what is young is looked through.

Waste that is found at once makes room for what is imported next, and children share fewer half-empty pages.
The last look through all, which would only make holes again, is left out as well (`endline.kernels.child`).
"""

import gc

USUAL = gc.get_threshold()
gc.set_threshold(*USUAL[:2], 1_000_000)
