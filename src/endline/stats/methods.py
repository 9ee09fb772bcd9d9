"""The statistics by name: plain numbers in, numbers ready for JSON out."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from endline.stats.errors import InputError, UnknownMethodError
from endline.stats.mann_kendall import mann_kendall
from endline.stats.theil_sen import theil_sen

Inputs: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = dict[str, Any]


def run_method(name: str, inputs: Inputs) -> Answer:
    """Return what the named statistic says about the inputs, None where not computable.

    Inputs that the method does not read are left alone. Raises UnknownMethodError for an unknown name,
    InputError for inputs that cannot be right.
    """
    if name not in METHODS:
        raise UnknownMethodError(name, METHODS)
    if not isinstance(inputs, Mapping):
        raise InputError(f"inputs: expected an object of named values, got {type(inputs).__name__}")
    return METHODS[name](inputs)


def _mann_kendall(inputs: Inputs) -> Answer:
    """Return the Mann-Kendall test of `values` over `years`."""
    test = mann_kendall(_required(inputs, "years"), _required(inputs, "values"))
    return {
        "n": test.n,
        "S": test.S,
        "var_S": test.var_S,
        "z_cc": test.z,
        "p_normal_cc": test.p_normal,
        "p_exact": test.p_exact,
        "tau_b": test.tau_b,
    }


def _theil_sen(inputs: Inputs) -> Answer:
    """Return the Theil-Sen line of `values` over `years`; the interval's key names its `confidence`."""
    confidence = inputs.get("confidence", 0.95)
    line = theil_sen(_required(inputs, "years"), _required(inputs, "values"), confidence)
    return {
        "sen_slope_per_year": line.slope,
        f"sen_ci{100 * confidence:g}": [line.low, line.high],
        "sen_intercept_at_median_year": line.intercept,
    }


def _mann_kendall_theil_sen(inputs: Inputs) -> Answer:
    """Return both, the test and the line."""
    return _mann_kendall(inputs) | _theil_sen(inputs)


METHODS: dict[str, Callable[[Inputs], Answer]] = {
    "mann_kendall+theil_sen": _mann_kendall_theil_sen,
    "mann_kendall": _mann_kendall,
    "theil_sen": _theil_sen,
}


def _required(inputs: Inputs, key: str) -> Any:
    if key not in inputs:
        raise InputError(f"inputs: {key!r} is missing")
    return inputs[key]
