"""Series and counts to trends, intervals and evidence: NumPy arrays in, frozen results out."""

from endline.stats.errors import InputError, UnknownMethodError
from endline.stats.intervals import binomial_interval, births_needed, interval_evidence, poisson_interval
from endline.stats.mann_kendall import MannKendall, MannKendallTable, mann_kendall, mann_kendall_many
from endline.stats.methods import METHODS, run_method
from endline.stats.theil_sen import TheilSen, TheilSenTable, theil_sen, theil_sen_many
from endline.stats.trend import TrendTable, trend_many

__all__ = [
    "METHODS",
    "InputError",
    "MannKendall",
    "MannKendallTable",
    "TheilSen",
    "TheilSenTable",
    "TrendTable",
    "UnknownMethodError",
    "binomial_interval",
    "births_needed",
    "interval_evidence",
    "mann_kendall",
    "mann_kendall_many",
    "poisson_interval",
    "run_method",
    "theil_sen",
    "theil_sen_many",
    "trend_many",
]
