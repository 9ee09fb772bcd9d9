"""Observations set against targets: verdict, reason, flags, evidence, change, trend, comparison."""

from endline.evaluation.evaluate import Evaluated, evaluate
from endline.evaluation.tally import tallies, tally

__all__ = ["Evaluated", "evaluate", "tallies", "tally"]
