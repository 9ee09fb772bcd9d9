"""The blank workbooks of a round, one a region, in the folders in which they are sent back, and what they are for."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook  # type: ignore[import-untyped]

from endline.errors import ParameterError
from endline.files import atomic_write
from endline.layouts.words import read_words
from endline.model import Form, Region, Round
from endline.params import Params
from endline.regions import NAMES_A_FILE, Regions
from endline.template.blank import Blank
from endline.template.book import to_bytes
from endline.template.forms import FormSheet
from endline.template.others import write_others
from endline.template.series import Needs
from endline.template.wanting import wanted_of, write_wanting
from endline.template.wording import read_wording


def write_templates(
    params: Params,
    round_id: str,
    folder: Path,
    *,
    codes: Sequence[str] = (),
    years: Sequence[int] = (),
    observations: pd.DataFrame | None = None,
) -> list[Path]:
    """Write the blank workbooks of a round into `folder`, and return their paths.

    A region with counties below it has a row for each of them and a workbook a year (`years`, without any the final
    one) in `<year>/`; a county has a row a year, any other region its indicators, in `<code>/`. `codes` are the
    regions, without any the round's own. With the dataset's `observations`, the list of what is still to be supplied
    is written as well. The same parameters give the same bytes. ParameterError where a name cannot name a file.
    """
    round_ = params.round(round_id)
    regions = params.regions(round_.dataset)
    chosen = [regions.get_known(code, "regions") for code in codes or regions.match_all(round_.regions, regions, "")]
    for region in chosen:
        if not NAMES_A_FILE.fullmatch(region.name):
            raise ParameterError(f"params/regions.csv: {region.code}: name {region.name!r} cannot name a file")
    writer = _Writer(params, round_)
    written = {
        folder / part / f"{region.code}-{region.name}.xlsx": writer.book(blank)
        for region in chosen
        for part, blank in _blanks(region, regions, round_, years)
    }
    if observations is not None:
        written[folder / f"{writer.needs.wording.sheets['wanting']}.xlsx"] = writer.wanting(chosen, observations)
    for path, data in written.items():
        atomic_write(path, data)
    return list(written)


def _blanks(region: Region, regions: Regions, round_: Round, years: Sequence[int]) -> list[tuple[str, Blank]]:
    """Return the workbooks that a region gets, each with its folder."""
    below = [child for child in regions.children(region.code) if child.level == "banner"]
    if not below:
        return [(region.code, Blank(region, tuple(round_.years)))]
    wanted = tuple(years) or (round_.final_year,)
    return [(str(y), Blank(region, (y,), tuple(child for child in below if child.exists_in(y)))) for y in wanted]


class _Writer:
    def __init__(self, params: Params, round_: Round) -> None:
        path = params.folder / "forms.yaml"
        targets = [target for outline in round_.outlines for target in params.outline(outline).targets]
        self._forms, self._words, self._round = params.forms, read_words(path), round_
        self.needs = Needs(targets, params.indicators, params.forms, self._words, read_wording(path))

    def book(self, blank: Blank) -> bytes:
        """Return a region's blank workbook: its forms, the other indicators, an example."""
        book = Workbook()
        book.remove(book.active)
        wording = self.needs.wording
        forms = self._forms.values() if blank.units or blank.region.level == "banner" else ()
        for form in forms:
            self._form(book, wording.sheets[form.id], form, blank)
        if not forms or self.needs.uncounted(blank.region.level):
            write_others(book.create_sheet(wording.sheets["others"]), blank, self.needs)
        if forms:
            one = Blank(blank.region, blank.years[-1:], blank.units[:1])
            example = self._form(book, wording.sheets["example"], next(iter(self._forms.values())), one)
            example.fill(wording.example_title, example.last, self._words.example)
        return to_bytes(book, self._round.issued)

    def wanting(self, regions: Sequence[Region], observations: pd.DataFrame) -> bytes:
        """Return the list of the figures still to be supplied."""
        book = Workbook()
        book.active.title = self.needs.wording.sheets["wanting"]
        wanted = list(wanted_of(self._round, self.needs, regions, observations))
        write_wanting(book.active, wanted, self.needs)
        return to_bytes(book, self._round.issued)

    def _form(self, book: Workbook, name: str, form: Form, blank: Blank) -> FormSheet:
        kind = self._words.year_type.get(form.id)
        said = self.needs.wording.year_type[kind] if kind else ""
        return FormSheet(book.create_sheet(name), form, blank, said, self.needs.wording)
