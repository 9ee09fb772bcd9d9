"""Files appear under their final name only when they are complete."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

PART = ".part"  # the suffix of a file that is not complete


def atomic_write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, whole or piece by piece, to `path` or not at all (temporary file beside it, flushed, renamed)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=PART)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sha256(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def tree_digest(root: Path, files: Iterable[Path]) -> str:
    """Return one digest of the names (relative to `root`) and contents of `files`, in sorted order."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def append_line(path: Path, line: str) -> None:
    """Add a line to a file of a scratch folder: to write it anew each time costs some file systems a wait."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
