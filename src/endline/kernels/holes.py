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
    libc = _glibc()
    return libc.mallinfo2() if libc else None


def fill_holes() -> None:
    """Fill for good what is free between the heap's blocks: some megabytes; without effect where there is no glibc."""
    libc = _glibc()
    if libc is None:
        return
    top = libc.sbrk(0) - libc.mallinfo2().top  # a block from there, or from outside the heap, fills no hole
    for size in _SIZES:
        while (block := libc.malloc(size)) and block < top:
            pass
        libc.free(block)


def _glibc() -> ctypes.CDLL | None:
    """Return the C library with the types of what is called here; None where it is not glibc 2.33 or later."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "mallinfo2"):
        return None
    libc.mallinfo2.restype = HeapState
    libc.sbrk.restype, libc.sbrk.argtypes = ctypes.c_void_p, [ctypes.c_ssize_t]
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.restype, libc.free.argtypes = None, [ctypes.c_void_p]
    return libc
