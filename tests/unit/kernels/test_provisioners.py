"""A kernel of ours is a kernel like any other: what a notebook sees, and what its owner can do with it."""

import os
import queue
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.manager import KernelManager
from nbclient.exceptions import DeadKernelError

from endline.kernels import FORKED, PRIVATE
from endline.kernels.provisioners import PRELOAD

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither IPC sockets nor a fork server")


@pytest.fixture(scope="module", autouse=True)
def server() -> None:
    """Start the fork server, whose own socket lies in the temporary folder that it finds."""
    from multiprocessing import forkserver

    forkserver.ensure_running()


@pytest.fixture(params=[PRIVATE, FORKED])
def provisioner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    temporary = tmp_path / "t"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv(PRELOAD, "numpy")
    yield request.param
    assert list(temporary.iterdir()) == [], "a kernel left files behind"


@contextmanager
def kernel(name: str, **options: Any) -> Iterator[tuple[KernelManager, Any]]:
    """Yield a kernel's manager and a client that has heard from it."""
    manager = KernelManager(kernel_name="python3")
    assert manager.kernel_spec is not None
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": name}
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def said(client: Any, code: str) -> str:
    """Return what a piece of code prints, or the name of the error that it raises."""
    printed: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        printed.append(content.get("text", "") or content.get("ename", ""))

    while True:  # what is asked just after an error is aborted with what was asked before it
        reply = client.execute_interactive(code, output_hook=hear, timeout=30, allow_stdin=False)
        if reply["content"]["status"] != "aborted":
            break
    return "".join(printed).strip()


def ends(pid: int, seconds: float = 5) -> bool:
    """Tell whether a process is gone (or a zombie) within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        if state.stdout.strip() in ("", "Z", "Zs", "Zl"):
            return True
        time.sleep(0.05)
    return False


def notebook(folder: Path, *cells: str) -> str:
    path = folder / "some.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells]), path)
    return str(path)


def run(name: str, path: str, monkeypatch: pytest.MonkeyPatch, **options: Any) -> nbformat.NotebookNode:
    """Run a notebook through Papermill as its users do."""
    from jupyter_client.provisioning.factory import KernelProvisionerFactory

    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", name)
    return papermill.execute_notebook(path, None, kernel_name="python3", progress_bar=False, **options)


def test_only_its_owner_reaches_a_kernel(provisioner: str, capfd: pytest.CaptureFixture[str]) -> None:
    with kernel(provisioner) as (manager, client):
        folder = Path(manager.ip).parent
        assert any(path.is_socket() for path in folder.iterdir())
        assert not folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        assert said(client, "print(get_ipython().kernel.session.auth)") == "None"  # so nothing has to be signed
    assert "insecure" not in capfd.readouterr().err


def test_papermill_sees_the_same_outputs(provisioner: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = notebook(
        tmp_path,
        "import os, sys\nprint('out'); print('err', file=sys.stderr)",
        "from IPython.display import HTML\ndisplay(HTML('<b>x</b>'))\n6 * 7",
        "print(__name__, '' in sys.path, os.getcwd())",
    )
    first, second, third = run(provisioner, path, monkeypatch, cwd=str(tmp_path)).cells
    assert {(o.name, o.text) for o in first.outputs} == {("stdout", "out\n"), ("stderr", "err\n")}
    assert second.outputs[0].data["text/html"] == "<b>x</b>"
    assert second.outputs[1].data["text/plain"] == "42"
    assert third.outputs[0].text == f"__main__ True {tmp_path}\n"


def test_what_is_printed_between_displays_stands_between_them(
    provisioner: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = "for n in range(3):\n    print(n)\n    display(n)\nprint('end', end='', flush=True)\ndisplay('last')"
    outputs = run(provisioner, notebook(tmp_path, source), monkeypatch).cells[0].outputs
    shown = [o.text if o.output_type == "stream" else o.data["text/plain"] for o in outputs]
    assert shown == ["0\n", "0", "1\n", "1", "2\n", "2", "end", "'last'"]


FLUSHES = """
import sys
asked, schedule = [], sys.stdout.pub_thread.schedule
sys.stdout.pub_thread.schedule = lambda work: (asked.append(work), schedule(work))
sys.stdout.flush()
idle = len(asked)
sys.stdout.write(".")
asked.clear()
sys.stdout.flush()
sys.stdout.pub_thread.schedule = schedule
print(idle, len(asked) > 0)
"""


def test_a_forked_kernel_wakes_its_sender_only_for_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PRELOAD, "numpy")
    with kernel(FORKED) as (_, client):
        assert said(client, FLUSHES) == ".0 True"


@pytest.mark.parametrize(("more", "magic"), [([], "True"), (["--no-automagic"], "False")], ids=["traits", "a flag too"])
def test_a_kernel_takes_its_arguments(provisioner: str, more: list[str], magic: str) -> None:
    given = ["--InteractiveShell.ast_node_interactivity=all", "--HistoryManager.enabled=False", *more]
    with kernel(provisioner, extra_arguments=given) as (_, client):
        shell = "get_ipython()"
        asked = f"{shell}.ast_node_interactivity, {shell}.history_manager.enabled, {shell}.automagic"
        assert said(client, f"print({asked})") == f"all False {magic}"


@pytest.mark.parametrize(("given", "made"), [([], "False"), (["--Application.log_level=DEBUG"], "True")])
def test_a_forked_kernel_makes_records_only_of_what_is_logged(given: list[str], made: str) -> None:
    with kernel(FORKED, extra_arguments=given, stderr=subprocess.DEVNULL) as (_, client):
        assert said(client, "import logging\nprint(get_ipython().kernel.log.isEnabledFor(logging.DEBUG))") == made


MODULES = """
import sys, threading, numpy
listed = get_ipython().kernel._kernel_modules
print(set(listed) >= {sys.modules[name].__file__ for name in ("os", "zmq", "ipykernel", "endline.kernels.first")})
print(all(listed), numpy is sys.modules["numpy"])
print("Shell channel" in {thread.name for thread in threading.enumerate()})
"""


def test_a_forked_kernel_knows_the_files_of_all_modules_and_opens_no_subshells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PRELOAD, "numpy")
    with kernel(FORKED) as (_, client):
        assert said(client, MODULES).split() == ["True", "True", "True", "False"]


def test_an_error_stops_the_notebook(provisioner: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = notebook(tmp_path, "1 / 0", "print('not reached')")
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        run(provisioner, path, monkeypatch)


def test_a_cell_that_takes_too_long_is_interrupted(
    provisioner: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = notebook(tmp_path, "while True: pass")
    with pytest.raises(papermill.PapermillExecutionError, match="KeyboardInterrupt"):
        run(provisioner, path, monkeypatch, execution_timeout=1, interrupt_on_timeout=True)


def test_a_kernel_that_dies_is_noticed(provisioner: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = notebook(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(DeadKernelError):
        run(provisioner, path, monkeypatch)


def test_an_interrupt_leaves_the_kernel_alive(provisioner: str) -> None:
    with kernel(provisioner) as (manager, client):
        message = client.execute("x = 1\nprint('busy', flush=True)\nwhile True: pass")
        while client.get_iopub_msg(timeout=30)["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=30)
        assert reply["parent_header"]["msg_id"] == message
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert said(client, "print(x)") == "1"


def test_a_restarted_kernel_has_forgotten(provisioner: str) -> None:
    with kernel(provisioner) as (manager, client):
        assert said(client, "x = 1; print(x)") == "1"
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        with pytest.raises(queue.Empty):
            client.get_iopub_msg(timeout=0.2)
        assert said(client, "print(x)") == "NameError"


def test_a_kernel_has_its_owners_folder_environment_and_limits(provisioner: str, tmp_path: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft - 7, hard))
    try:
        with kernel(provisioner, cwd=str(tmp_path), env={**os.environ, "ONLY_HERE": "yes"}) as (_, client):
            code = "import os, resource\nprint(os.getcwd(), os.environ['ONLY_HERE'], resource.getrlimit(7)[0])"
            assert said(client, code.replace("(7)", "(resource.RLIMIT_NOFILE)")) == f"{tmp_path} yes {soft - 7}"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_every_kernel_draws_its_own_random_numbers(provisioner: str) -> None:
    draws = set()
    for _ in range(2):
        with kernel(provisioner) as (_, client):
            draws.add(said(client, "import numpy, random\nprint(numpy.random.random(), random.random())"))
    assert len(draws) == 2


def test_what_is_registered_for_the_end_is_done(provisioner: str, tmp_path: Path) -> None:
    with kernel(provisioner) as (manager, client):
        said(client, f"import atexit, pathlib\natexit.register(pathlib.Path({str(tmp_path)!r}, 'ended').touch)")
        manager.shutdown_kernel()
    assert (tmp_path / "ended").is_file()


def test_a_forked_kernel_collects_its_garbage_though_the_server_does_not() -> None:
    with kernel(FORKED) as (_, client):
        assert said(client, "import gc; print(gc.isenabled(), gc.get_freeze_count() > 10_000)") == "True True"


OWNER = """
import os, sys
from jupyter_client.manager import KernelManager

manager = KernelManager(kernel_name="python3")
manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": sys.argv[1]}
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
client.execute(sys.argv[2])  # which may keep the kernel from ever answering
print(manager.provisioner.pid, flush=True)
sys.stdin.read()
"""


def owner(path: Path, name: str, code: str) -> subprocess.Popen[str]:
    path.write_text(OWNER)
    environment = {**os.environ, "TMPDIR": str(path.parent), PRELOAD: "numpy"}
    command = [sys.executable, str(path), name, code]
    return subprocess.Popen(command, stdin=-1, stdout=-1, text=True, env=environment, start_new_session=True)


@pytest.mark.parametrize("code", ["while True: pass", "10 ** (10 ** 9)"], ids=["python loop", "holds the interpreter"])
def test_a_forked_kernel_ends_with_its_owner_whatever_it_does(code: str) -> None:
    with tempfile.TemporaryDirectory() as short:  # a killed owner cannot clear up: its kernel's folder stays in this
        process = owner(Path(short, "owner.py"), FORKED, code)
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        time.sleep(1)  # until the kernel is in the middle of it
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert ends(pid)


SCRIPT = """
import papermill
for n in range(2):
    done = papermill.execute_notebook({path!r}, None, kernel_name="python3", progress_bar=False)
    print(done.cells[0].outputs[0].text, end="")
"""


def test_a_script_without_a_guard_may_run_notebooks(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(path=notebook(tmp_path, "import sys; print('numpy' in sys.modules)")))
    environment = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": FORKED, PRELOAD: "numpy"}
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False, timeout=120
    )
    assert done.stdout == "True\nTrue\n", done.stderr


def test_a_kernel_that_cannot_be_forked_is_a_plain_one_and_says_so(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="a plain kernel instead of a forked one: its output goes to"):  # noqa: SIM117
        with kernel(FORKED, stdout=subprocess.PIPE) as (_, client):
            assert said(client, "print(1)") == "1"
