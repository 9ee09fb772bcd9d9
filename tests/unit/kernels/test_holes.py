import ast
import subprocess
import sys

import pytest

from endline.kernels.holes import heap_state

IN_A_PROCESS = """
from endline.kernels.holes import fill_holes, heap_state
kept = [bytes(size % 7000 + 600) for size in range(0, 7_000_000, 997)]
del kept[::2]
before = heap_state()
fill_holes()
after = heap_state()
print((before.free - before.top, after.free - after.top, before.top - after.top))
"""


@pytest.mark.skipif(heap_state() is None, reason="the C library is not glibc")
def test_nothing_is_free_between_blocks_and_nothing_taken_from_above_them():
    done = subprocess.run([sys.executable, "-c", IN_A_PROCESS], check=True, capture_output=True, text=True)
    before, after, taken = ast.literal_eval(done.stdout)
    assert before > 5_000_000
    assert after < 1_000
    assert abs(taken) < 100_000
