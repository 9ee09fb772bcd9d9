"""Run a command and say what it cost, with all the processes that it started."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
_UNSET = ("ENDLINE_ROOT", "PYTHONDONTWRITEBYTECODE")  # Python keeps what it has compiled, as it does for a user


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds of its whole tree, wall seconds, peak memory (MiB) of itself and of any one."""

    cpu: float
    wall: float
    own_peak: float
    peak: float
    code: int
    out: str


def measure(*command: object, cwd: Path, **environ: str) -> Cost:
    """Run a command to its end and return its cost; the exit code is the caller's to judge."""
    environment = {key: value for key, value in os.environ.items() if key not in _UNSET} | environ
    started = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=environment, stdout=-1, stderr=subprocess.STDOUT, text=True
    )
    peaks = [0.0]
    watch = threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True)
    watch.start()
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    watch.join(1)
    code = os.waitstatus_to_exitcode(status)
    return Cost(
        usage.ru_utime + usage.ru_stime, time.monotonic() - started, peaks[0], usage.ru_maxrss / 1024, code, out
    )


def _watch(pid: int, peaks: list[float]) -> None:
    """Note the largest memory that a process itself (not its children) has had, while it runs."""
    path = Path(f"/proc/{pid}/status")
    try:
        while True:
            for line in path.read_text().splitlines():
                if line.startswith("VmHWM:"):
                    peaks[0] = max(peaks[0], int(line.split()[1]) / 1024)
            time.sleep(0.05)
    except (OSError, IndexError):
        return
