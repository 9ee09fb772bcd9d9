"""Papermill's own engine and client, without what would only be done a second time."""

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty
from typing import Any

import nbformat
import zmq
from jupyter_client import session
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.manager import KernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.log import logger

from endline.pipeline.notebooks import cleaned

ENGINE = "endline"
_TOGETHER = 0.002  # seconds in which a kernel shows several things
_AT_ONCE = 100  # messages: one that shows without end must not keep us from seeing it
_OF_PAPERMILL = frozenset({"input_path", "output_path", "progress_bar"})  # what it tells every engine


class Gathered(AsyncZMQSocketChannel):
    """jupyter_client's channel, but it takes what a kernel shows within a moment at once: to wake costs the most."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._held: deque[list[bytes]] = deque()
        self._now: zmq.Socket[bytes] = zmq.Socket.shadow(self.socket.underlying)  # the same, without a future each

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]  # as the library's
        """Return the next message; `timeout` is in seconds. Raises Empty where none comes."""
        if not self._held:
            if not await self.socket.poll(None if timeout is None else int(timeout * 1000)):
                raise Empty
            await asyncio.sleep(_TOGETHER)
            with suppress(zmq.Again):
                for _ in range(_AT_ONCE):
                    self._held.append(self._now.recv_multipart(zmq.NOBLOCK))
        _, parts = self.session.feed_identities(self._held.popleft())
        return self.session.deserialize(parts)


class Listener(AsyncKernelClient):
    """jupyter_client's client, without a heartbeat (Papermill asks the process) and without input (there is none)."""

    iopub_channel_class = Gathered

    def start_channels(self, *_: Any, **__: Any) -> None:
        """Open the channels that are used."""
        super().start_channels(stdin=False, hb=False)


class Client(PapermillNotebookClient):  # type: ignore[misc]  # which has no types
    """Papermill's client, but a display of plain texts is taken as it is: nbformat checks each output twice."""

    def create_kernel_manager(self) -> KernelManager:
        """Return the manager of the kernel, which is listened to as above."""
        manager: KernelManager = super().create_kernel_manager()
        manager.client_factory = Listener
        return manager

    def output(
        self, outs: list[nbformat.NotebookNode], msg: Mapping[str, Any], display_id: str | None, cell_index: int
    ) -> nbformat.NotebookNode | None:
        """Add a display of texts, of which any may stand in a notebook, and return it; all else goes the usual way."""
        data, metadata = (msg["content"].get(name) for name in ("data", "metadata"))
        texts = isinstance(data, dict) and all(isinstance(text, str) for text in data.values())
        new = msg["msg_type"] == "display_data" and not (display_id or self.clear_before_next_output)
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if not (texts and isinstance(metadata, dict) and new) or hooked:
            shown: nbformat.NotebookNode | None = super().output(outs, msg, display_id, cell_index)
            return shown
        outs.append(nbformat.from_dict({"output_type": "display_data", "metadata": metadata, "data": data}))
        return outs[-1]


class Unclocked(NotebookExecutionManager):  # type: ignore[misc]  # which has no types
    """Papermill's record of what was executed, without how long each cell took: no report keeps that."""

    def cell_complete(self, cell: nbformat.NotebookNode, cell_index: int | None = None, **kwargs: Any) -> None:
        """Note that a cell is done; with its start, which is a text by now, Papermill would reckon its time."""
        cell.metadata.papermill["start_time"] = None
        super().cell_complete(cell, cell_index=cell_index, **kwargs)


class CleanEngine(Engine):  # type: ignore[misc]  # which has no types
    """Papermill's engine, which hands back a notebook already cleaned: what Papermill then writes is the report's.

    One with a failed cell stays as it is: Papermill tells the failure from its metadata.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: nbformat.NotebookNode,
        kernel_name: str,
        parts: Mapping[str, str] | None = None,
        *,
        start_timeout: int,
        **options: Any,
    ) -> nbformat.NotebookNode:
        """Return the executed notebook; `parts` are the digests of what it prints, by name.

        Raises nbformat's ValidationError for a notebook that is none, and for an output that none may hold.
        """
        nbformat.validate(nb)  # its outputs are checked as they come
        manager = Unclocked(nb, progress_bar=False, autosave_cell_every=0)
        own = {name: value for name, value in options.items() if name not in _OF_PAPERMILL}
        manager.notebook_start()
        try:
            Client(manager, kernel_name=kernel_name, startup_timeout=start_timeout, log=logger, **own).execute()
        finally:
            manager.notebook_complete()
        return manager.nb if manager.nb.metadata.papermill.get("exception") else cleaned(manager.nb, parts)


def _as_it_is(obj: Any) -> Any:
    return obj


session.extract_dates = _as_it_is  # type: ignore[attr-defined]  # every message has two times, which nobody reads
papermill_engines.register(ENGINE, CleanEngine)
