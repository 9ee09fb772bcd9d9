"""Which texts are figures, and under which names."""

import pytest

from endline.export.word.figures import FIGURE, Figures, sentence_at


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("死亡率为15.32/10万，目标20/10万", ["15.32", "20"]),
        ("95%精确区间0.39～85.34/10万", ["95%", "0.39", "85.34"]),
        ("需要20,661例，12.5‰", ["20,661", "12.5‰"]),
        ("n/N 102/103，11/12个", ["102/103", "11/12"]),
        ("（20＋5＋0＋5＝30）", ["20", "5", "0", "5", "30"]),
        ("年均变化-3.2%，−0.5", ["-3.2%", "−0.5"]),
        ("2010—2020年", ["2010", "2020"]),
        ("2010-2020", ["2010", "2020"]),
        ("P＜0.001，P＝0.032", ["0.001", "0.032"]),
        ("第1a条 F37 R0001 v2.1.3", []),
        ("0123456789abcdef0123", []),
        ("死亡2例/活产22709人", ["2", "22709"]),
        ("一、（一）", []),
        ("1,2", ["1", "2"]),
    ],
)
def test_figures_of_a_text(text: str, found: list[str]) -> None:
    assert [match[0] for match in FIGURE.finditer(text)] == found


def test_the_pieces_of_a_text_are_the_text() -> None:
    text = "2020年为15.32/10万（1例）。"
    pieces = Figures().pieces(text, "E.a.0.1")
    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, piece.name) for piece in pieces if piece.name] == [
        ("2020", "E.a.0.1.1"),
        ("15.32", "E.a.0.1.2"),
        ("1", "E.a.0.1.3"),
    ]


def test_a_name_is_the_place_and_changes_with_no_other_cell() -> None:
    def names(*steps: str) -> list[str]:
        figures = Figures()
        for step in steps:
            kind, _, text = step.partition(" ")
            if kind == "cell":
                figures.enter(text)
            elif kind == "head":
                figures.heading(text)
            else:
                figures.pieces(text, figures.part())
        return [figure.name for figure in figures.found]

    last = names("cell b", "head 二", "say 1、2", "say 3")
    assert last == ["E.b.1.1.1", "E.b.1.1.2", "E.b.1.2.1"]
    assert names("cell a", "say 9", "head 一", "say 8", "cell b", "head 二", "say 1、2", "say 3")[2:] == last
    assert names("cell number 7", "say 5") == ["E.number-7.0.1.1"]


def test_a_figure_knows_its_heading_and_sentence() -> None:
    figures = Figures()
    figures.heading("一、概述")
    figures.pieces("先说。死亡率为15.32。后说2。", "E.a.1.1")
    assert [(figure.heading, figure.sentence) for figure in figures.found] == [
        ("一、概述", "死亡率为15.32。"),
        ("一、概述", "后说2。"),
    ]
    assert sentence_at("没有句号", 2) == "没有句号"
