"""Papermill's own engine and client, without what would only be done a second time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import nbformat
from jupyter_client import jsonutil
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.log import logger

from endline.pipeline.notebooks import cleaned

ENGINE = "endline"
_OF_PAPERMILL = frozenset({"input_path", "output_path", "progress_bar"})  # what it tells every engine


class OnceChecked(PapermillNotebookClient):  # type: ignore[misc]  # which has no types
    """Papermill's client, but what a cell displays is checked with the whole notebook: one by one takes far longer."""

    def output(
        self, outs: list[nbformat.NotebookNode], msg: Mapping[str, Any], display_id: str | None, cell_index: int
    ) -> nbformat.NotebookNode | None:
        """Add a display to a cell's outputs and return it; all else goes the usual way."""
        plain = msg["msg_type"] == "display_data" and not (display_id or self.clear_before_next_output)
        if not plain or self.output_hook_stack[msg["parent_header"].get("msg_id")]:
            shown: nbformat.NotebookNode | None = super().output(outs, msg, display_id, cell_index)
            return shown
        content = {name: msg["content"][name] for name in ("metadata", "data")}
        outs.append(nbformat.from_dict({"output_type": "display_data", **content}))
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

        Raises nbformat's ValidationError for what no notebook may hold.
        """
        manager = Unclocked(nb, progress_bar=False, autosave_cell_every=0)
        own = {name: value for name, value in options.items() if name not in _OF_PAPERMILL}
        manager.notebook_start()
        try:
            OnceChecked(manager, kernel_name=kernel_name, startup_timeout=start_timeout, log=logger, **own).execute()
        finally:
            manager.notebook_complete()
        nbformat.validate(manager.nb)
        return manager.nb if manager.nb.metadata.papermill.get("exception") else cleaned(manager.nb, parts)


# Every message holds two times, which nobody reads: dateutil takes ten times as long for them.
jsonutil._dateutil_parse = datetime.fromisoformat  # type: ignore[attr-defined]
papermill_engines.register(ENGINE, CleanEngine)
