"""Where things are: every path of a project, derived from its root."""

import os
from dataclasses import dataclass
from pathlib import Path

from endline.errors import EndlineError


@dataclass(frozen=True)
class Project:
    """The folder that holds `params/` and `data/`, and the places below it."""

    root: Path
    told: str = "reports"  # the folder of reports, from the root

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """Return the project at `ENDLINE_ROOT`, or else found upwards from `start` (default: here)."""
        if named := os.environ.get("ENDLINE_ROOT"):
            root = Path(named).resolve()
            if not (root / "params").is_dir():
                raise EndlineError(f"ENDLINE_ROOT={named}: no params/ folder there; set it to a project's folder")
            return cls(root)
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "params").is_dir() and (folder / "data").is_dir():
                return cls(folder)
        raise EndlineError(
            f"no project found at or above {here}: go to the folder that holds params/ and data/, or set ENDLINE_ROOT"
        )

    @property
    def params(self) -> Path:
        """What was promised and decided."""
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        """The notebooks that show results."""
        return self.root / "notebooks"

    def raw(self, dataset: str) -> Path:
        """What was reported."""
        return self.root / "data" / "raw" / dataset

    def processed(self, round_id: str) -> Path:
        """What follows from it."""
        return self.root / "data" / "processed" / round_id

    def reports(self, round_id: str) -> Path:
        """What is told."""
        return self.root / self.told / round_id
