"""A printed cell becomes a number only where it is one, and prints as it did."""

import pytest

from endline.export.typed import typed


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("2010", 2010, "0"),
        ("13.90", 13.9, "0.00"),
        ("−2.3", -2.3, "0.0"),
        ("-9", -9, "0"),
        ("0", 0, "0"),
        ("99.5%", 99.5, '0.0"%"'),
        ("5.29‰", 5.29, '0.00"‰"'),
        ("12.84/10万", 12.84, '0.00"/10万"'),
        ("119.99/万", 119.99, '0.00"/万"'),
    ],
)
def test_a_number_keeps_its_digits_and_its_unit(text: str, value: float, shown: str) -> None:
    assert typed(text) == (value, f'{shown};"−"{shown}')


@pytest.mark.parametrize(
    "text",
    [
        *("—", "", "不适用", "＜0.001", "99.0以上", "99%以上", "2.65～37.52/10万", "−9.2%～8.4%", "102/103", "12/12"),
        *("007", "00", "1.", ".5", "1e5", "١٢", "１２", "=1+1", "-", "1,000", "nan", "2010年", "1234567890123456"),
        *("+1", "--1", "1%%", " 1", "1\n"),
    ],
)
def test_what_is_not_a_plain_number_stays_a_text(text: str) -> None:
    assert typed(text) == (text, "@")


def test_a_rate_in_english_is_a_number_with_its_unit() -> None:
    assert typed("16.9 per 100,000")[0] == 16.9
    assert typed("16.9 per 100,000")[1] == '0.0" per 100,000";"−"0.0" per 100,000"'
    assert typed("at most 20 per 100,000") == ("at most 20 per 100,000", "@")
