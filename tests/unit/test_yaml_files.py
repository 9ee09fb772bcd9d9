"""YAML without its traps, and messages that name file, key and the nearest known word."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from endline.errors import ParameterError
from endline.model import Threshold
from endline.yaml_files import entry, read_yaml, validated


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("010", "010"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1:30:00", "1:30:00"),
        ("1_000", "1_000"),
        ("1e5", "1e5"),
        ("+5", "+5"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("１２", "１２"),
        ("150000", 150000),
        ("-2", -2),
        ("0", 0),
        ("14.5", 14.5),
        ("20.0", 20.0),
        ("5/6", "5/6"),
        ('"150000"', "150000"),
        ("2021-07-20", datetime.date(2021, 7, 20)),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_only_plain_words_are_more_than_texts(tmp_path: Path, text: str, value: Any) -> None:
    found = read_yaml(written(tmp_path, f"key: {text}\n"))["key"]
    assert found == value
    assert type(found) is type(value)


def test_a_list_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "key: [a, [b]]\n")) == {"key": ("a", ("b",))}


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "x:\n  a: 1\n  a: 1\n", "x: [{a: 1, a: 2}]\n"])
def test_a_duplicate_key_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ParameterError, match=r"line \d+: key 'a' stands twice") as caught:
        read_yaml(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "- a\n- b\n",
        "just words\n",
        "a: [1\n",
        "a: b: c\n",
        "\ta: 1\n",
        b"a: \xff\xfe\n",
        "a: !!python/object/apply:os.system [true]\n",
        "a: !unknown 1\n",
        "a: *nowhere\n",
        "{n}: text\n",
        "? {a: 1}\n: text\n",
        "? [a, {b: 1}]\n: text\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_what_is_no_clean_mapping_is_one_error_of_one_line(tmp_path: Path, text: str | bytes) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ParameterError) as caught:
        read_yaml(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no such file"):
        read_yaml(tmp_path / "none.yaml")


def test_an_unknown_key_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"unknown key 'alpha.reson' \(did you mean 'reason'\?\)"):
        validated(Threshold[float], {"value": 0.05, "reason": "r", "reson": "r"}, tmp_path, "alpha")


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ParameterError) as caught:
        validated(Threshold[float], {"value": "a", "valu": 1}, tmp_path / "method.yaml")
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "method.yaml"))
    for part in ("value:", "'a'", "unknown key 'valu'", "reason"):
        assert part in message


def test_a_text_is_no_number_and_a_number_no_text(tmp_path: Path) -> None:
    for content in ({"value": "0.05", "reason": "r"}, {"value": 0.05, "reason": 5}):
        with pytest.raises(ParameterError):
            validated(Threshold[float], content, tmp_path)


def test_a_value_where_lines_are_expected_is_refused(tmp_path: Path) -> None:
    assert entry({"a": 1}, tmp_path, "x") == {"a": 1}
    with pytest.raises(ParameterError, match="x: expected `key: value` lines, found 'words'"):
        entry("words", tmp_path, "x")
