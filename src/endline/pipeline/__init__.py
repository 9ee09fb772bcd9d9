"""The four arrows in one run: observe, evaluate, execute the notebooks, export the reports."""

from endline.pipeline.run import Outcome, run_rounds

__all__ = ["Outcome", "run_rounds"]
