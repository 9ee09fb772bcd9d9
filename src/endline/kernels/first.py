"""The server imports this module first: nothing of what it imports goes away, so that nobody need look for waste.

`endline.kernels.child`, which it imports last, looks once and for all.
"""

import gc

gc.disable()
