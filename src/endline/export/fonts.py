"""The fonts of the reports: by default the files of one wheel, on request those of official documents."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from endline.export.errors import ExportError

if TYPE_CHECKING:
    import typst

FREE, OFFICIAL = "free", "official"
FOLDERS = "ENDLINE_FONT_PATH"  # folders with further fonts, as PATH has them
TEX = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")  # no folder that systems look into
ROLES = ("title", "first", "second", "body")  # the title, headings of level 1 and 2, all else


class Face(NamedTuple):
    """A font family in one of its weights."""

    family: str
    weight: int


@lru_cache(maxsize=1)
def font_files() -> tuple[Path, ...]:
    """Return the font files of the wheel: sans in the part of heiti, and serif in that of songti and fangsong."""
    import pylopdf_fonts_zh_cn as wheel

    return wheel.sans_path(), wheel.serif_path()


@lru_cache(maxsize=2)
def font_digest(profile: str) -> str:
    """Return the sha256 over the names and bytes of a profile's font files, in hex, for the keys of caches."""
    digest = hashlib.sha256()
    for path in (*font_files(), *(_official_files() if profile == OFFICIAL else ())):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=2)
def fonts(profile: str) -> typst.Fonts:
    """Return the fonts of a profile as Typst reads them, one object for all reports of a process."""
    import typst

    if profile == FREE:
        from endline.export.loaded import loaded

        return loaded(font_files())
    wheel = sorted({str(path.parent) for path in font_files()})
    further = [folder for folder in os.environ.get(FOLDERS, "").split(os.pathsep) if folder]
    tex = [str(TEX)] if TEX.is_dir() else []
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[*wheel, *further, *tex])


@lru_cache(maxsize=2)
def faces(profile: str) -> dict[str, Face]:
    """Return the face of each role: of its candidates the first that there is.

    Raises ExportError that lists, for each role without one, what would do.
    """
    wanted = json.loads(Path(__file__).with_name("faces.json").read_text(encoding="utf-8"))[profile]
    there = {Face(font.family, font.weight) for font in fonts(profile).fonts()} if profile == OFFICIAL else None
    found = {role: [face for face in map(Face._make, wanted[role]) if there is None or face in there] for role in ROLES}
    if missing := [role for role in ROLES if not found[role]]:
        told = "; ".join(f"{role}: one of {', '.join(family for family, _ in wanted[role])}" for role in missing)
        raise ExportError(
            f"the official fonts are not on this machine ({told}): install them, name their folder in {FOLDERS}, "
            "or choose `fonts: free` in the round"
        )
    return {role: found[role][0] for role in ROLES}


def _official_files() -> list[Path]:
    used = set(faces(OFFICIAL).values())
    return sorted({Path(f.path) for f in fonts(OFFICIAL).fonts() if f.path and Face(f.family, f.weight) in used})
