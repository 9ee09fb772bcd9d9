"""A kernel's own process; the server imports this module last, before it forks."""

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module

import ipykernel.kernelapp

from endline.kernels.application import Application, share_modules
from endline.kernels.first import USUAL
from endline.kernels.holes import fill_holes

_LATE = (  # what every kernel imports once it has started
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "resource",
    "tornado.platform.asyncio",
    "tornado.queues",
    "zmq.utils.garbage",
)

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # no remark about frozen modules
for _name in _LATE:
    with suppress(ImportError):
        import_module(_name)
share_modules()
fill_holes()
gc.freeze()  # what is there stays: children share these pages instead of copying them
gc.set_threshold(*USUAL)


def run_kernel(arguments: list[str]) -> None:
    """Be an ipykernel until it is told to end."""
    parent = os.getppid()  # the server: the kernel's own watch of its parent must not look for the owner
    os.environ["JPY_PARENT_PID"] = str(parent)
    sys.path[:] = [path for path in sys.path if path not in ("", sys.path[0])]  # as the launcher does
    sys.argv = [ipykernel.kernelapp.__file__, *arguments]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if "numpy" in sys.modules:  # every kernel its own random numbers, as if it had just started
        sys.modules["numpy"].random.seed()
    try:
        Application.launch_instance([*arguments, f"--IPKernelApp.parent_handle={parent}"])
    finally:
        atexit._run_exitfuncs()
