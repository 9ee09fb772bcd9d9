"""Many tests at once: a p is adjusted for how many there are, as Benjamini and Hochberg did."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from endline.evaluation.trends import adjusted_p

# Benjamini & Hochberg 1995, section 3.2: 15 p of a trial; at 0.05 the procedure rejects the four smallest
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_the_published_example() -> None:
    adjusted = adjusted_p(np.array(PUBLISHED[::-1]))[::-1]
    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.floats(0, 1) | st.sampled_from([0.01, 0.05]), max_size=40))
def test_it_is_what_scipy_gives(p: list[float]) -> None:
    if p:
        assert adjusted_p(np.array(p)).tolist() == false_discovery_control(p).tolist()
    else:
        assert len(adjusted_p(np.array(p))) == 0
