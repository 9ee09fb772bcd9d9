"""ipykernel's application, without what is only of use to a process that starts from nothing.

Most of a forked kernel's start is copying pages that it shares with the server: to write to an object copies its page,
and to take a reference to it writes to it.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from traitlets import default
from traitlets.config.loader import Config, DeferredConfigString

from endline.kernels.streams import Stream

_SET = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)", re.DOTALL)


class Application(IPKernelApp):
    """A kernel that handles its requests itself: ipykernel has a thread hand each on, for the sake of subshells."""

    def get_default_logging_config(self) -> dict[str, Any]:
        """Return the configuration of logging; unless a user adds to it, what would not be logged is no record."""
        config: dict[str, Any] = super().get_default_logging_config()
        if not self.logging_config:
            for logger in config.get("loggers", {}).values():
                logger["level"] = self.log_level
        return config

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Take the arguments; a parser that knows every option there is is made only where one of them asks for it."""
        given = _plain(argv or ())
        if given is None:
            super().parse_command_line(argv)
        else:
            self.cli_config = given
            self.update_config(given)

    def init_control(self, context: Any) -> None:
        """Open the control channel, and no thread for the shell's."""
        super().init_control(context)  # type: ignore[no-untyped-call]
        self.shell_channel_thread = None

    @default("outstream_class")
    def _streams(self) -> str:
        return f"{Stream.__module__}.{Stream.__qualname__}"


def _plain(arguments: Sequence[str]) -> Config | None:
    """Return `-f FILE` and `--Class.trait=value` as configuration; None where there are arguments of another kind."""
    config = Config()
    rest = iter(arguments)
    for argument in rest:
        if argument == "-f":
            config.IPKernelApp.connection_file = next(rest, "")
        elif found := _SET.fullmatch(argument):
            config[found[1]][found[2]] = DeferredConfigString(found[3])
        else:
            return None
    return config


@dataclass(frozen=True, slots=True)
class _File:
    __file__: str


class _Sys(ModuleType):
    """`sys` for ipykernel, which lists the files of all modules for its debugger: here they lie close together.

    To ask some three thousand modules copies a page for each, half of all that a kernel's start copies.
    """

    def __init__(self) -> None:
        super().__init__("sys")
        files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
        self.modules = {number: _File(_copied(file)) for number, file in enumerate(files) if file}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


def share_modules() -> None:
    """Put the names and files of all modules, which every kernel lists, close together; for the server, at its end."""
    for name in list(sys.modules):  # their order stays
        sys.modules[_copied(name)] = sys.modules.pop(name)
    ipkernel.sys = _Sys()  # type: ignore[attr-defined]


def _copied(text: str) -> str:
    return text[:1] + text[1:]
