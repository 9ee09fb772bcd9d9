"""Workbooks written part by part, so that a test can say exactly what stands in the file."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from endline.workbooks import FileRefused, Finding, Workbook, read_workbook
from endline.workbooks.addresses import column_letters, place_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSM_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@dataclass(frozen=True)
class F:
    """A formula with its cached value: None where the file has none; "#…" an error."""

    formula: str
    cached: Any = None


@dataclass(frozen=True)
class Raw:
    """A cell as XML; `{r}` stands for its address, `{s}` for its style."""

    xml: str


@dataclass(frozen=True)
class Page:
    """A sheet: cells by address, number formats by address, XML around the rows."""

    cells: Mapping[str, Any]
    name: str = "表1"
    formats: Mapping[str, str] = field(default_factory=dict)
    state: str = "visible"
    rows: Mapping[int, str] = field(default_factory=dict)  # attributes of a row, by its number
    before: str = ""
    after: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)


def table(*rows: Sequence[Any], top: int = 1) -> dict[str, Any]:
    """Return rows as cells by address, empty ones left out."""
    return {
        f"{column_letters(c)}{top + r}": value
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value is not None
    }


def xlsx(
    *pages: Page | Mapping[str, Any],
    content_type: str = XLSX_TYPE,
    workbook: str = "",
    extra: Mapping[str, bytes | str] | None = None,
    replaced: Mapping[str, str] | None = None,
) -> bytes:
    """Return an .xlsx file; `workbook` is XML in the workbook part, `replaced` changes the text of all parts."""
    given = [page if isinstance(page, Page) else Page(page, name=f"表{n}") for n, page in enumerate(pages, start=1)]
    formats = list(dict.fromkeys(f for page in given for f in page.formats.values()))
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(given, workbook),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(given, start=1)),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _styles(formats),
    }
    for n, page in enumerate(given, start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet(page, formats)
        if page.comments:
            parts[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = _relations([("comments", f"../comments{n}.xml")])
            parts[f"xl/comments{n}.xml"] = (
                f'<comments xmlns="{MAIN}"><commentList>'
                + "".join(
                    f'<comment ref="{ref}"><text><r><t>{escape(text)}</t></r></text></comment>'
                    for ref, text in page.comments.items()
                )
                + "</commentList></comments>"
            )
    parts |= extra or {}
    return zipped({name: _changed(part, replaced or {}) for name, part in parts.items()})


def zipped(parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def ods(*tables: str, styles: str = "", ranges: str = "", extra: Mapping[str, str] | None = None) -> bytes:
    """Return an .ods file of sheets as XML (`<table:table …>`)."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("table", "text", "office", "style")}
    names["calcext"] = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    names["draw"] = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in names.items())
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(tables)}{ranges}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content} | (extra or {})
    )


def ods_cell(value: Any = None, text: str = "", **more: str) -> str:
    """Return a cell of an .ods sheet; `more` are attributes of the table namespace (`_` for `-`)."""
    attributes = "".join(f" table:{name.replace('_', '-')}={quoteattr(said)}" for name, said in more.items())
    if isinstance(value, bool):
        attributes += f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        attributes += f' office:value-type="float" office:value="{value}"'
    elif isinstance(value, str):
        attributes += ' office:value-type="string"'
        text = text or value
    return f"<table:table-cell{attributes}>{f'<text:p>{escape(text)}</text:p>' if text else ''}</table:table-cell>"


def read(data: bytes, folder: Path, name: str = "a.xlsx") -> Workbook:
    """Return what a file of such content and name is read as."""
    path = folder / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return read_workbook(path, folder)


def refused(data: bytes, folder: Path, name: str = "a.xlsx") -> list[Finding]:
    """Return why a file is refused; fail when it is not."""
    with pytest.raises(FileRefused) as caught:
        read(data, folder, name)
    assert caught.value.file == f"data/{name}"
    assert caught.value.file in str(caught.value)
    return list(caught.value.findings)


def told(findings: Sequence[Finding], rule: str) -> list[tuple[str, str, str]]:
    """Return sheet, cell and what was found of each finding of a rule."""
    return [(finding.sheet, finding.cell, finding.found) for finding in findings if finding.rule == rule]


def _changed(part: bytes | str, replaced: Mapping[str, str]) -> bytes | str:
    for old, new in replaced.items():
        part = part.replace(old, new) if isinstance(part, str) else part
    return part


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )


def _workbook(pages: Sequence[Page], more: str) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" state="{page.state}" r:id="rId{n}"/>'
        for n, page in enumerate(pages, start=1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{more}<sheets>{sheets}</sheets></workbook>'


def _styles(formats: Sequence[str]) -> str:
    own = "".join(f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(f)}/>' for n, f in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n, _ in enumerate(formats))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )


def _sheet(page: Page, formats: Sequence[str]) -> str:
    rows: dict[int, list[tuple[int, str]]] = {number: [] for number in (n - 1 for n in page.rows)}
    for address, value in page.cells.items():
        row, column = place_of(address)
        style = formats.index(page.formats[address]) + 1 if address in page.formats else 0
        rows.setdefault(row, []).append((column, _cell(address, style, value)))
    body = "".join(
        f'<row r="{row + 1}" {page.rows.get(row + 1, "")}>{"".join(xml for _, xml in sorted(cells))}</row>'
        for row, cells in sorted(rows.items())
    )
    return f'<worksheet xmlns="{MAIN}">{page.before}<sheetData>{body}</sheetData>{page.after}</worksheet>'


def _cell(address: str, style: int, value: Any) -> str:
    begin, formula = f'<c r="{address}" s="{style}"', ""
    if isinstance(value, Raw):
        return value.xml.format(r=address, s=style)
    if isinstance(value, F):
        formula, value = f"<f>{escape(value.formula)}</f>", value.cached
    if value is None:
        return f"{begin}>{formula}</c>"
    if isinstance(value, bool):
        return f'{begin} t="b">{formula}<v>{int(value)}</v></c>'
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
        return f'{begin} t="e">{formula}<v>{value}</v></c>'
    if isinstance(value, str):
        inline = f"{formula}<v>{escape(value)}</v>" if formula else f"<is><t>{escape(value)}</t></is>"
        return f'{begin} t="{"str" if formula else "inlineStr"}">{inline}</c>'
    return f"{begin}>{formula}<v>{value!r}</v></c>"
