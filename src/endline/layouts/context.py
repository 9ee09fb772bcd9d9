"""What a sheet is read against, and whose it is."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from endline.layouts.known import Known
from endline.layouts.places import Places
from endline.layouts.text import YEAR, plain
from endline.regions import Regions

_CODE = re.compile(r"(?<![0-9])([0-9]{6}(?:[0-9]{3}){0,2})(?![0-9])")


@dataclass(frozen=True)
class Folder:
    """What a file's path says: the region or the year of its folder, and the regions and years in its name."""

    region: str
    year: int | None
    regions: tuple[str, ...]
    years: tuple[int, ...]

    @classmethod
    def of(cls, file: str, places: Places, regions: Regions) -> "Folder":
        """Return what a path says, such as `2019/150200-包头市.xlsx` or `150202/2010-2020.xlsx`."""
        path = PurePosixPath(file)
        name, stem = path.parent.name, plain(path.stem)
        coded = tuple(code for code in _CODE.findall(stem) if code in regions)
        own = _CODE.match(name)
        return cls(
            region=own[1] if own and own[1] in regions else "",
            year=int(name) if YEAR.fullmatch(name) else None,
            regions=coded or tuple(places.mentioned(stem)),
            years=tuple(int(year) for year in YEAR.findall(stem)),
        )


@dataclass(frozen=True)
class Context:
    """The known headers, the register, and what the file's path says."""

    known: Known
    places: Places
    regions: Regions
    folder: Folder

    @property
    def folder_region(self) -> str:
        """The region that the path says, "" where it says none."""
        return self.folder.region or self.places.lowest(self.folder.regions)


@dataclass(frozen=True)
class Place:
    """Whose file it is ("" unknown), of which year (None: one a row), and which vintage ("" where it does not say)."""

    region: str
    year: int | None
    vintage: str = ""
