"""The server's heap without holes, so that what its children allocate lies in memory of their own.

A block that a child fits into a hole copies the page around it, and to take the hole out of its list copies the pages
of its neighbours there.
"""

import ctypes
import sys

_SIZES = (*(1 << power for power in range(16, 4, -1)), 24)  # bytes: the last fills the smallest hole there can be


class HeapState(ctypes.Structure):
    """What glibc's `mallinfo2` tells, in bytes or blocks."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ("arena", "free_blocks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "used", "free", "top")
    ]


def heap_state() -> HeapState | None:
    """Return the state of the C library's heap; None where the library is not glibc 2.33 or later."""
    mallinfo2 = getattr(ctypes.CDLL(None), "mallinfo2", None) if sys.platform == "linux" else None
    if mallinfo2 is None:
        return None
    mallinfo2.restype = HeapState
    state: HeapState = mallinfo2()
    return state


def fill_holes() -> None:
    """Fill for good what is free between the heap's blocks: some megabytes; without effect where there is no glibc."""
    state = heap_state()
    if state is None:
        return
    libc = ctypes.CDLL(None)
    libc.sbrk.restype = libc.malloc.restype = ctypes.c_void_p
    libc.sbrk.argtypes, libc.malloc.argtypes, libc.free.argtypes = (
        [ctypes.c_ssize_t],
        [ctypes.c_size_t],
        [ctypes.c_void_p],
    )
    top = libc.sbrk(0) - state.top  # a block from there, or from outside the heap, fills no hole
    for size in _SIZES:
        while (block := libc.malloc(size)) and block < top:
            pass
        libc.free(block)
