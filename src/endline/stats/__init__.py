"""Series and counts to trends, intervals and evidence: NumPy arrays in, frozen results or a refusal out."""

from endline.stats.areas.dispersion import DispersionTable, dispersion_many
from endline.stats.areas.empirical_bayes import EmpiricalBayes, empirical_bayes
from endline.stats.areas.false_discovery import FalseDiscovery, false_discovery, false_discovery_many
from endline.stats.areas.funnel import (
    Funnel,
    funnel_limits,
    funnel_proportions,
    funnel_rates,
    funnel_significance,
)
from endline.stats.areas.gap import GapTable, gap_many
from endline.stats.areas.inequality import Inequality, inequality
from endline.stats.areas.inequality_by_rank import RankedInequality, ranked_inequality
from endline.stats.errors import InputError, UnknownMethodError
from endline.stats.goals.attainment import target_attainment, targeted_change_percent
from endline.stats.goals.interim import interim_verdict
from endline.stats.goals.projection import Projection, ProjectionTable, project, project_many
from endline.stats.goals.projection_counts import CountProjection, project_binomial, project_poisson
from endline.stats.goals.reduction import (
    Reduction,
    ReductionTable,
    Required,
    RequiredTable,
    aarr_from_slope,
    arr_two_point,
    arr_two_point_many,
    required_arr,
    required_arr_many,
)
from endline.stats.joinpoints.breakpoints import Breakpoints, continuous_breakpoints
from endline.stats.joinpoints.grid import Spacing
from endline.stats.joinpoints.poisson import PoissonJoinpoint, joinpoint_poisson
from endline.stats.joinpoints.regression import joinpoint, joinpoint_many
from endline.stats.joinpoints.results import AverageChange, Joinpoint, JoinpointTable, Segment
from endline.stats.named import METHODS, run_batch, run_method
from endline.stats.rates.against_target import (
    proportion_against_target,
    proportion_against_target_many,
    rate_against_target,
    rate_against_target_many,
)
from endline.stats.rates.closed_forms import byar_interval, rate_interval, wilson_interval
from endline.stats.rates.intervals import binomial_interval, births_needed, interval_evidence, poisson_interval
from endline.stats.rates.pairs import mover
from endline.stats.rates.pooling import PooledTable, pool, pool_windows
from endline.stats.rates.target_evidence import AgainstTarget, AgainstTargetTable
from endline.stats.rates.two_proportions import (
    TwoProportions,
    TwoProportionsTable,
    proportion_difference,
    proportion_difference_many,
)
from endline.stats.rates.two_rates import TwoRates, TwoRatesTable, two_rates, two_rates_many
from endline.stats.results import Reason, Refused
from endline.stats.trends.autocorrelation import autocorrelation_tests, hamed_rao_many, prewhitened_many, tfpw_many
from endline.stats.trends.binomial import BinomialTrend, BinomialTrendTable, binomial_trend, binomial_trend_many
from endline.stats.trends.cochran_armitage import (
    CochranArmitage,
    CochranArmitageTable,
    cochran_armitage,
    cochran_armitage_many,
)
from endline.stats.trends.detectable import DetectableChange, detectable_apc, detectable_apc_many
from endline.stats.trends.interrupted import interrupted_counts, interrupted_values
from endline.stats.trends.log_linear import Line, LineTable, linear, linear_many, log_linear, log_linear_many
from endline.stats.trends.mann_kendall import MannKendall, MannKendallTable, mann_kendall, mann_kendall_many
from endline.stats.trends.negative_binomial import NegativeBinomialTrend, negative_binomial_trend
from endline.stats.trends.poisson import PoissonTrend, PoissonTrendTable, poisson_trend, poisson_trend_many
from endline.stats.trends.rate_trend import rate_trend, rate_trend_many
from endline.stats.trends.recent import recent_trend, recent_trend_many
from endline.stats.trends.theil_sen import TheilSen, TheilSenTable, theil_sen, theil_sen_many

__all__ = [
    "METHODS",
    "AgainstTarget",
    "AgainstTargetTable",
    "AverageChange",
    "BinomialTrend",
    "BinomialTrendTable",
    "Breakpoints",
    "CochranArmitage",
    "CochranArmitageTable",
    "CountProjection",
    "DetectableChange",
    "DispersionTable",
    "EmpiricalBayes",
    "FalseDiscovery",
    "Funnel",
    "GapTable",
    "Inequality",
    "InputError",
    "Joinpoint",
    "JoinpointTable",
    "Line",
    "LineTable",
    "MannKendall",
    "MannKendallTable",
    "NegativeBinomialTrend",
    "PoissonJoinpoint",
    "PoissonTrend",
    "PoissonTrendTable",
    "PooledTable",
    "Projection",
    "ProjectionTable",
    "RankedInequality",
    "Reason",
    "Reduction",
    "ReductionTable",
    "Refused",
    "Required",
    "RequiredTable",
    "Segment",
    "Spacing",
    "TheilSen",
    "TheilSenTable",
    "TwoProportions",
    "TwoProportionsTable",
    "TwoRates",
    "TwoRatesTable",
    "UnknownMethodError",
    "aarr_from_slope",
    "arr_two_point",
    "arr_two_point_many",
    "autocorrelation_tests",
    "binomial_interval",
    "binomial_trend",
    "binomial_trend_many",
    "births_needed",
    "byar_interval",
    "cochran_armitage",
    "cochran_armitage_many",
    "continuous_breakpoints",
    "detectable_apc",
    "detectable_apc_many",
    "dispersion_many",
    "empirical_bayes",
    "false_discovery",
    "false_discovery_many",
    "funnel_limits",
    "funnel_proportions",
    "funnel_rates",
    "funnel_significance",
    "gap_many",
    "hamed_rao_many",
    "inequality",
    "interim_verdict",
    "interrupted_counts",
    "interrupted_values",
    "interval_evidence",
    "joinpoint",
    "joinpoint_many",
    "joinpoint_poisson",
    "linear",
    "linear_many",
    "log_linear",
    "log_linear_many",
    "mann_kendall",
    "mann_kendall_many",
    "mover",
    "negative_binomial_trend",
    "poisson_interval",
    "poisson_trend",
    "poisson_trend_many",
    "pool",
    "pool_windows",
    "prewhitened_many",
    "project",
    "project_binomial",
    "project_many",
    "project_poisson",
    "proportion_against_target",
    "proportion_against_target_many",
    "proportion_difference",
    "proportion_difference_many",
    "ranked_inequality",
    "rate_against_target",
    "rate_against_target_many",
    "rate_interval",
    "rate_trend",
    "rate_trend_many",
    "recent_trend",
    "recent_trend_many",
    "required_arr",
    "required_arr_many",
    "run_batch",
    "run_method",
    "target_attainment",
    "targeted_change_percent",
    "tfpw_many",
    "theil_sen",
    "theil_sen_many",
    "two_rates",
    "two_rates_many",
    "wilson_interval",
]
