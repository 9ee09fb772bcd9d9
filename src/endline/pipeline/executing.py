"""Papermill's own engine and client, without what would only be done a second time."""

from collections.abc import Mapping
from typing import Any

import nbformat
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger

from endline.pipeline.notebooks import cleaned

ENGINE = "endline"


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


class CleanEngine(NBClientEngine):  # type: ignore[misc]  # which has no types
    """Papermill's engine, which hands back a notebook already cleaned: what Papermill then writes is the report's.

    One with a failed cell stays as it is: Papermill tells the failure from its metadata.
    """

    @classmethod
    def execute_notebook(
        cls, nb: nbformat.NotebookNode, kernel_name: str, parts: Mapping[str, str] | None = None, **options: Any
    ) -> nbformat.NotebookNode:
        """Return the executed notebook; `parts` are the digests of what it prints, by name.

        Raises nbformat's ValidationError for what no notebook may hold.
        """
        executed = super().execute_notebook(nb, kernel_name, **options)
        nbformat.validate(executed)
        return executed if executed.metadata.papermill.get("exception") else cleaned(executed, parts)

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        start_timeout: int,
        input_path: str,
        **options: Any,
    ) -> nbformat.NotebookNode:
        """Execute a notebook with options of nbclient; Papermill names `input_path` to every engine."""
        client = OnceChecked(nb_man, kernel_name=kernel_name, startup_timeout=start_timeout, log=logger, **options)
        executed: nbformat.NotebookNode = client.execute()
        return executed


papermill_engines.register(ENGINE, CleanEngine)
