"""Whose file it is and of which year: by its folder, its name and the heads of its sheets, which must agree."""

from collections.abc import Iterator

from endline.layouts.context import Context, Folder, Place
from endline.layouts.head import Head
from endline.layouts.known import Known
from endline.layouts.text import plain
from endline.workbooks.cells import Finding

TEMPLATE = "endline"  # what a template says of itself in its head, and the version that is read
VERSION = 1


def declared(head: Head, sheet: str, form: str, context: Context) -> tuple[Place, list[Finding]]:
    """Return whose figures a sheet holds and of which year, and what contradicts it; no year is None."""
    folder, places, regions = context.folder, context.places, context.regions
    vintage, unknown = _vintage(head, sheet, context.known)
    findings = [*_template(head, sheet), *_year_type(head, sheet, form, context.known), *unknown]
    said = head.fields
    sources: list[tuple[list[str], str, str]] = []  # the regions that each may mean, its text, its cell
    if folder.region:
        sources.append(([folder.region], folder.region, ""))
    if folder.regions:
        above = regions.path(folder.region) if folder.region else []  # a league may name itself in a banner's file
        meant = [*folder.regions, *([folder.region] if set(above) & set(folder.regions) else [])]
        sources.append((meant, "、".join(folder.regions), ""))
    if "region" in said:
        text = said["region"].text.removesuffix(".0")
        sources.append(([text] if text in regions else [], text, said["region"].cell))
    if "unit" in said and (held := places.holder(said["unit"].text, regions)):
        sources.append((held, said["unit"].text, said["unit"].cell))
    region = ""
    for meant, text, cell in sources:
        if not meant:
            findings.append(Finding("F40", text, sheet=sheet, cell=cell))
        elif not region:
            region = places.lowest(meant)
        elif region not in meant:
            findings.append(Finding("F27", text, f"{region} {regions[region].name}", sheet, cell))
    year, faults = _year(head, folder, sheet)
    return Place(region, year, vintage), [*findings, *faults]


def _template(head: Head, sheet: str) -> Iterator[Finding]:
    said = head.fields
    if "template" in said and said["template"].text != TEMPLATE:
        yield Finding("F27", said["template"].text, TEMPLATE, sheet, said["template"].cell)
    if "version" in said and said["version"].text != str(VERSION):
        yield Finding("F27", said["version"].text, str(VERSION), sheet, said["version"].cell)


def _year_type(head: Head, sheet: str, form: str, known: Known) -> Iterator[Finding]:
    wanted = known.words.year_type.get(form)
    for kind, cell in head.year_types:
        if wanted and kind != wanted:
            words = known.words.year_types
            yield Finding("F15", words[kind][0], words[wanted][0], sheet, cell)


def _vintage(head: Head, sheet: str, known: Known) -> tuple[str, list[Finding]]:
    if "vintage" not in head.fields:
        return "", []
    said, spelt = head.fields["vintage"], known.words.vintages
    found = next((vintage for vintage, words in spelt.items() if plain(said.text) in words), "")
    expected = "、".join(words[0] for words in spelt.values())
    return found, [] if found else [Finding("W40", said.text, expected, sheet, said.cell)]


def _year(head: Head, folder: Folder, sheet: str) -> tuple[int | None, list[Finding]]:
    """Return the year of the folder, or else the one that the head or the name says; those that differ are findings."""
    if folder.year is not None:
        wrong = [(year, cell) for year, cell in head.years if year != folder.year]
        named = folder.years if folder.years and folder.year not in folder.years else ()
        wrong += [(year, "") for year in named]
        return folder.year, [Finding("F27", str(year), str(folder.year), sheet, cell) for year, cell in wrong]
    years = {year for year, _ in head.years} or set(folder.years)
    return (years.pop() if len(years) == 1 else None), []
