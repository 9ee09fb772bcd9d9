"""Build a round's store in a process of its own: what the building needed of memory is gone with it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

from endline.database import unfinished
from endline.errors import EndlineError

PATIENCE = 10.0  # seconds in which an interrupted build may clear up
AGAIN = 0.2  # seconds after which it is told again


def build_apart(root: Path, round_id: str, folder: Path) -> None:
    """Bring the store of a round, in `folder`, up to date in a child process; raises what was raised there.

    The child ends when its standard input does, and so with this process, however this one ends.
    """
    command = [sys.executable, "-m", "endline.store.apart", round_id]
    environment = {**os.environ, "ENDLINE_ROOT": str(root)}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        told = child.stdout.read() if child.stdout else b""
    if not child.returncode:
        return
    for left in folder.parent.glob(f"*/{unfinished(child.pid)}*"):
        left.unlink(missing_ok=True)
    if not told:
        raise RuntimeError(f"{round_id}: the process that builds its store ended with code {child.returncode}")
    fault = json.loads(told.splitlines()[-1])
    kinds: list[type[EndlineError]] = [EndlineError, *EndlineError.__subclasses__()]
    for kind in kinds:
        if kind.__name__ == fault["kind"]:
            raise kind(fault["message"])
    error = RuntimeError(f"{fault['kind']}: {fault['message']} ({fault['place']})")
    error.add_note(fault["trace"])
    raise error


def main(round_id: str) -> None:
    """Build the store of a round; tell a fault on standard output, as JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever wanted the store decides, and closes the input
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_input, daemon=True).start()
    from endline.params import Params
    from endline.project import Project
    from endline.store import Store

    try:
        project = Project.find()
        Store.ensure(project, Params(project), round_id)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        fault = {
            "kind": type(error).__name__,
            "message": str(error),
            "place": f"{Path(last.filename).name}:{last.lineno}",
        }
        print(json.dumps(fault | {"trace": "".join(traceback.format_exception(error))}))
        sys.exit(1)


def _end(*_: object) -> None:
    """End so that what is unfinished is removed; told again, go on ending."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def _end_with_input() -> None:
    while os.read(0, 1):  # not sys.stdin, whose lock would be held at the end
        pass
    for _ in range(int(PATIENCE / AGAIN)):  # a signal just before a system call that waits is noticed only after it
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(AGAIN)
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
