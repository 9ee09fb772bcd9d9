"""Set up endline in `.venv` beside this file: `python bootstrap.py [dev|full|dask|lab]`.

Takes exactly the pinned packages of the lock (hashes checked), then the package itself in
editable form. Does nothing when the environment already matches the lock. Needs only Python
3.11 or later with venv; works the same on Linux, macOS and Windows.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_of(extra: str) -> Path:
    """Return the lock file that holds the main set (`""`) or the main set and `extra`."""
    return ROOT / (f"requirements-{extra}.lock" if extra else "requirements.lock")


def stamp_of(extra: str) -> Path:
    """Return the file that says that the set of `extra` was installed, and from what."""
    return VENV / f"ready-{extra or 'main'}"


def fingerprint(extra: str) -> str:
    """Return the digest of everything that decides what the environment holds."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.version}\n".encode())
    for path in (lock_of(extra), ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run(*command: str) -> None:
    """Run a command; end the set-up with its exit code and a plain line when it fails."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(f"bootstrap: set-up failed (exit code {code}): {' '.join(command)}")


def main(extra: str = "") -> None:
    """Bring `.venv` to what the lock of `extra` says."""
    if sys.version_info < (3, 11):
        sys.exit(f"bootstrap: Python 3.11 or later is needed; this is {sys.version.split()[0]}")
    if not lock_of(extra).is_file():
        sys.exit(f"bootstrap: no set named {extra!r}; known: dev, full, dask, lab, or none")
    # each set holds the main set, and the full one the developers'
    wanted = {"": {"", "dev", "full", "dask", "lab"}, "dev": {"dev", "full"}}.get(extra, {extra})
    if any(stamp_of(name).is_file() and stamp_of(name).read_text() == fingerprint(name) for name in wanted):
        return
    started = time.monotonic()
    print(f"Setting up .venv ({lock_of(extra).name}); this happens once ...", flush=True)
    if not PYTHON.is_file() or not same_python():
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", str(VENV))
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--require-hashes", "-r", str(lock_of(extra)))
    run(*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp_of(extra).write_text(fingerprint(extra))
    print(f"Ready in {time.monotonic() - started:.0f} s.", flush=True)


def same_python() -> bool:
    """Tell whether `.venv` runs the Python that runs this script."""
    probe = subprocess.run([str(PYTHON), "-c", "import sys; print(sys.version)"], capture_output=True, text=True)
    return probe.returncode == 0 and probe.stdout.strip() == sys.version.strip()


if __name__ == "__main__":
    main(*sys.argv[1:2])
