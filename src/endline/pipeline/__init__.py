"""The four arrows in one run: observe, evaluate, execute the notebooks, export the reports."""

from endline.pipeline.bounds import Bounds
from endline.pipeline.engines import ENGINES, Place
from endline.pipeline.plan import KERNELS
from endline.pipeline.run import Outcome, Request, Watcher, exit_code, run_rounds

__all__ = [
    "ENGINES",
    "KERNELS",
    "Bounds",
    "Outcome",
    "Place",
    "Request",
    "Watcher",
    "exit_code",
    "run_rounds",
]
