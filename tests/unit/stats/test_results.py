from dataclasses import FrozenInstanceError, dataclass

import numpy as np
import pytest

from endline.stats import theil_sen
from endline.stats.results import Shown, only_row


@dataclass(frozen=True)
class Pair(Shown):
    a: object
    b: object


def test_html_is_escaped() -> None:
    assert Pair("<script>", None)._repr_html_() == (
        "<table><tr><th>a</th><td>&lt;script&gt;</td></tr><tr><th>b</th><td>not computable</td></tr></table>"
    )


def test_a_row_is_plain_python() -> None:
    row = only_row(Pair(np.array([3]), np.array([np.nan])))
    assert row == {"a": 3, "b": None}
    assert type(row["a"]) is int


def test_results_are_frozen() -> None:
    line = theil_sen([2019, 2020], [1, 2])
    with pytest.raises(FrozenInstanceError):
        line.slope = 0.0
