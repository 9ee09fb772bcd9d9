"""The four arrows in one run: observe, evaluate, execute the notebooks, export the reports."""

from endline.pipeline.run import Outcome, Request, Watcher, exit_code, run_rounds

__all__ = ["Outcome", "Request", "Watcher", "exit_code", "run_rounds"]
