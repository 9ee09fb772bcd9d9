"""Where the figures that a report prints come from."""

from collections.abc import Iterable
from pathlib import Path

from endline.intake.tables import read_table
from endline.model import Dataset
from endline.narrative import Row
from endline.tables import Cells
from endline.wording import Wording


def source_rows(dataset: Dataset, folder: Path, printed: Iterable[Row], say: Wording) -> Cells:
    """Return rows of number, title, publisher, date and extent; of the sources of `printed` observations only."""
    path = folder / "sources.csv"
    unknown = str(say.get("unknown"))
    if not path.is_file():
        made = dataset.note or dataset.method
        return [[dataset.id, dataset.title, dataset.publisher, unknown, made]]
    sheet = read_table(path, folder)
    used = {name for o in printed for name in o.source_id.split("+")}
    sources = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
    return [
        [s["source_id"], *map(say.told, (s["title"], s["publisher"], s["date"] or unknown, s["seen"]))]
        for s in sources
        if s["source_id"] in used
    ]
