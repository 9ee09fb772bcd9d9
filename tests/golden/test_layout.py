"""GB/T 9704-2012, measured on every page of whole reports."""

import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from pages import MM, PITCH, assert_all_in_the_type_area, body_lines, boxes, is_full_of_body
from runs import Ran

REPORTS = {
    "published": ["100000-全国", "150000-内蒙古自治区"],
    "simulated": ["150000-内蒙古自治区", "150500-通辽市", "152900-阿拉善盟", "150603-康巴什区"],
}

WITHOUT_FULL_PAGES = ("100000-全国",)  # of body type and nothing else: most of its targets have no figures


def opened(ran: tuple[Path, Ran], round_id: str, name: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(ran[0] / "reports" / f"{round_id}-2020" / f"{name}.pdf")


@pytest.mark.parametrize(
    ("round_id", "name"),
    [(round_id, name) for round_id, names in REPORTS.items() for name in names],
)
def test_every_page_has_the_official_layout(round_id: str, name: str, request: pytest.FixtureRequest) -> None:
    pages = list(opened(request.getfixturevalue(round_id), round_id, name))
    assert 20 <= len(pages) <= 40
    assert_all_in_the_type_area(pages)
    full = 0
    for number, page in enumerate(pages[1:], start=2):
        _assert_numbered(page, number)
        lines = body_lines(page)
        assert len(lines) <= 22, number
        for line in lines:
            assert _characters(line.text) <= 28, (number, line.text)
            assert 28 - 0.6 < line.left < line.right < 184 + 0.6, (number, line.text)
        if is_full_of_body(page):
            full += 1
            places = [(line.middle - lines[0].middle) / PITCH for line in lines]
            assert places == pytest.approx([round(place) for place in places], abs=0.06), number
    assert full >= (name not in WITHOUT_FULL_PAGES), "no page shows the grid of lines"


def _assert_numbered(page: pypdfium2.PdfPage, number: int) -> None:
    """Assert that the number stands 7 mm below the type area, one character in from the outer side."""
    if page.get_width() > page.get_height():  # bound at the left: the number stands where the upright page has it
        return
    foot = [box for box in boxes(page) if box[2] > 262]
    assert "".join(box[0] for box in foot) == f"—{number}—"
    middle = (foot[0][2] + foot[0][4]) / 2
    assert middle == pytest.approx(269, abs=0.3)
    if number % 2:
        assert max(box[3] for box in foot) == pytest.approx(184 - 14 * MM, abs=0.6)
    else:
        assert min(box[1] for box in foot) == pytest.approx(28 + 14 * MM, abs=0.6)


def _characters(text: str) -> float:
    """Return the least width of a line in characters: punctuation may be squeezed, what is not full-width is narrow."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    squeezed = sum(unicodedata.category(char)[0] == "P" and unicodedata.east_asian_width(char) in "WF" for char in text)
    return wide - 0.5 * squeezed + 0.45 * (len(text) - wide)
