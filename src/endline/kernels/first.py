"""The server imports this module first: of what it imports nearly all stays, so only what is young is looked through.

Waste that is found at once makes room for what is imported next, and children share fewer half-empty pages.
`endline.kernels.child`, which the server imports last, looks through all once and for all.
"""

import gc

USUAL = gc.get_threshold()
gc.set_threshold(*USUAL[:2], 1_000_000)
