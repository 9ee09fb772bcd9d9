"""The simulated dataset: drawn from params/simulation.yaml, calibrated to published totals, so marked."""

from endline.simulate.dataset import datasets, simulate

__all__ = ["datasets", "simulate"]
