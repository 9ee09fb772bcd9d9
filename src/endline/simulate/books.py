"""A simulated dataset as workbooks: the leagues' returns, what some banners send themselves, the truth beside them."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import yaml

from endline.errors import ParameterError
from endline.layouts.words import Words
from endline.model import Form
from endline.simulate.banners import Banners
from endline.simulate.chance import stream
from endline.simulate.draft import Drawer, Line
from endline.simulate.faults import Page, Planted, plant
from endline.simulate.items import Items
from endline.simulate.packed import csv_bytes, to_bytes
from endline.simulate.sending import Sending, Shape
from endline.simulate.settings import Settings

FAULT_COLUMNS = ("file", "sheet", "cell", "region_code", "year", "item", "kind", "rule", "mended", "written", "truth")


class Books:
    """The workbooks of one dataset."""

    def __init__(self, settings: Settings, sending: Sending, banners: Banners, names: Mapping[str, str]) -> None:
        self._settings, self._books, self._sending = settings, settings.workbooks, sending
        self._banners, self._names = banners, names
        self._leagues = sorted(set(banners.leagues))
        if unknown := {*sending.leagues} - {*self._leagues}:
            raise ParameterError(f"params/simulation.yaml, workbooks: no such league: {sorted(unknown)}")

    def files(
        self, forms: Mapping[str, Form], items: Items, words: Words, rates: Mapping[str, Mapping[str, str]]
    ) -> dict[str, bytes]:
        """Return the dataset's files by path: workbooks, the corrections of some faults, the faults and the truth."""
        drawer = Drawer(words, rates)
        handed_in = {form: self._banners.reporting(self._settings, form) for form in forms}
        lines = {form: self._lines(forms[form], handed_in[form], items) for form in forms}
        pages = [*self._returns(forms, lines, drawer), *self._own(forms, lines, drawer)]
        planted = list(self._plant(pages, drawer))
        files = {}
        by_file: dict[str, list[Page]] = {}
        for page in pages:
            by_file.setdefault(page.file, []).append(page)
        for file, own in by_file.items():
            sheets = [sheet for page in own for sheet in (page.draft.sheet(), *page.more)]
            data = to_bytes(own[0].shape.file, sheets)
            files[file] = data[: len(data) // 2] if any(page.is_cut for page in own) else data
        files["truth.csv"] = csv_bytes(*self._truth(forms, lines))
        files["faults.csv"] = csv_bytes(FAULT_COLUMNS, [self._told(one) for one in planted])
        if entries := [self._correction(one) for one in planted if self._is_mended(one)]:
            said = {"corrections": entries}
            files["corrections.yaml"] = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110).encode()
        return files

    def _lines(self, form: Form, handed_in: np.ndarray, items: Items) -> dict[tuple[str, int], Line]:
        """Return what each banner that handed in a form says in it, by code and year."""
        counts = [column.id for column in form.columns if column.kind == "count"]
        rows = np.stack([items[name] for name in counts], axis=-1)
        wanted = set(self._sending.leagues or self._leagues)
        return {
            (code, year): Line(code, self._names[code], year, dict(zip(counts, rows[n, m].tolist(), strict=True)))
            for n, code in enumerate(self._banners.codes)
            for m, year in enumerate(self._banners.years)
            if handed_in[n, m] and self._banners.leagues[n] in wanted
        }

    def _returns(
        self, forms: Mapping[str, Form], lines: Mapping[str, Mapping[tuple[str, int], Line]], drawer: Drawer
    ) -> Iterable[Page]:
        """Yield the leagues' returns, a row a banner; an office changes its shape after some years."""
        shapes = self._books.shapes
        for n, league in enumerate(self._leagues):
            inside = [code for code, of in zip(self._banners.codes, self._banners.leagues, strict=True) if of == league]
            for m, year in enumerate(self._banners.years):
                shape = shapes[(n + m // self._books.keeps) % len(shapes)]
                facts = {"year": year, "next": year + 1, "code": league, "unit": self._names[league]}
                for form in shape.sheets:
                    own = [line for code in inside if (line := lines[form].get((code, year)))]
                    if own:
                        rng = stream(self._settings.seed, "columns", league, year - m % self._books.keeps, form)
                        draft = drawer.draw(forms[form], shape, own, facts, rng)
                        yield Page(self._file(str(year), league, shape, form), league, year, shape, draft)

    def _own(
        self, forms: Mapping[str, Form], lines: Mapping[str, Mapping[tuple[str, int], Line]], drawer: Drawer
    ) -> Iterable[Page]:
        """Yield what banners send of themselves, a row a year."""
        shape = self._books.own
        for own in self._sending.own:
            self._banners.index(own.region)
            facts = {
                "first": own.years[0],
                "last": own.years[-1],
                "next": own.years[-1] + 1,
                "code": own.region,
                "unit": self._names[own.region],
            }
            for form in shape.sheets:
                found = [line for year in own.years if (line := lines[form].get((own.region, year)))]
                if found:
                    draft = drawer.draw(forms[form], shape, found, facts, stream(self._settings.seed, "own"))
                    yield Page(self._file(own.region, own.region, shape, form), own.region, 0, shape, draft)

    def _file(self, folder: str, code: str, shape: Shape, form: str) -> str:
        stem = f"{folder}/{code}-{self._names[code]}"
        return f"{stem}.{shape.file}" if shape.file in ("xlsx", "ods") else f"{stem}-{shape.sheets[form]}.csv"

    def _plant(self, pages: Sequence[Page], drawer: Drawer) -> Iterable[Planted]:
        """Plant each fault in a page of its own; raise ParameterError where there is no place for it."""
        rng = stream(self._settings.seed, "faults")
        free = [pages[n] for n in rng.permutation(len(pages))]
        for fault in self._sending.faults:
            kind = self._books.kinds.get(fault.kind)
            if kind is None:
                raise ParameterError(
                    f"params/simulation.yaml, workbooks: no kind {fault.kind!r} among {[*self._books.kinds]}"
                )
            for _ in range(fault.times):
                for page in free:
                    wanted = (fault.region, page.region), (fault.year, page.year), (fault.form, page.draft.form.id)
                    if all(asked in ("", 0, found) for asked, found in wanted):
                        done = plant(fault.kind, kind, page, rng, drawer)
                        if done is not None:
                            free.remove(page)
                            yield done
                            break
                else:
                    raise ParameterError(f"params/simulation.yaml, workbooks: no place for the fault {fault.kind!r}")

    def _is_mended(self, planted: Planted) -> bool:
        return bool(self._sending.mended and self._books.kinds[planted.kind].mended)

    def _told(self, one: Planted) -> tuple[object, ...]:
        place = one.file, one.sheet, one.cell, one.region, one.year or "", one.item
        rule = self._books.kinds[one.kind].rule
        return *place, one.kind, rule, "yes" if self._is_mended(one) else "", one.written, one.truth

    def _correction(self, one: Planted) -> dict[str, object]:
        assert self._sending.mended is not None
        who = self._sending.mended
        said = {"old": one.written, "new": one.truth, "reason": self._books.kinds[one.kind].mended}
        return {"file": one.file, "sheet": one.sheet, "cell": one.cell, **said, "who": who.who, "date": who.date}

    def _truth(
        self, forms: Mapping[str, Form], lines: Mapping[str, Mapping[tuple[str, int], Line]]
    ) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
        """Return the true figures: a row a banner and year, a column an item; empty where a form was not handed in."""
        counts = [(form, c.id) for form in forms for c in forms[form].columns if c.kind == "count"]
        known = sorted({who for of_form in lines.values() for who in of_form})
        rows = (
            [*who, *(lines[form][who].figures[item] if who in lines[form] else "" for form, item in counts)]
            for who in known
        )
        return ["region_code", "year", *(f"{form}.{item}" for form, item in counts)], rows
