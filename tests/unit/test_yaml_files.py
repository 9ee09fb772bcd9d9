"""YAML without its traps, and messages that name file, key and the nearest known word."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from endline.errors import ParameterError
from endline.model import Threshold
from endline.yaml_files import _Exact, _Fast, _parsed, entry, read_yaml, validated


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


def test_a_mapping_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    """One reading serves all who ask."""
    path = written(tmp_path, "key: {a: 1}\n")
    for mapping in (read_yaml(path), read_yaml(path)["key"]):
        for change in (
            lambda m: m.update(b=2),
            lambda m: m.pop("a"),
            lambda m: m.clear(),
            lambda m: m.setdefault("b", 2),
            lambda m: m.__setitem__("a", 2),
            lambda m: m.__delitem__("a"),
            lambda m: m.__ior__({"b": 2}),
        ):
            with pytest.raises(TypeError, match="read from a file"):
                change(mapping)
    assert read_yaml(path) == {"key": {"a": 1}}


def test_a_file_is_read_again_when_it_has_changed_and_an_error_is_not_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1\n")
    assert read_yaml(path) is read_yaml(path)
    written(tmp_path, "a: [1\n")
    for _ in range(2):
        with pytest.raises(ParameterError, match="not readable as YAML"):
            read_yaml(path)
    assert read_yaml(written(tmp_path, "a: 10\n")) == {"a": 10}


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
        "a: 2021-02-30\n",
        "a: !!int many\n",
        "a: !!bool maybe\n",
        "a: !!timestamp once\n",
        "? !!set {a}\n: text\n",
        "a: " + "[" * 50_000,
        "a: " + "{b: " * 50_000,
        "- " * 50_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_clean_mapping_is_one_error_of_one_line(tmp_path: Path, text: str | bytes) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ParameterError) as caught:
        read_yaml(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: [1\nc: 2\n", "line 3: not readable as YAML: while parsing a flow sequence, expected ',' or ']'"),
        ("a: 1\n\tb: 2\n", "line 2: not readable as YAML: while scanning for the next token, found character '\\t'"),
        ("a: 1\nb: c: d\n", "line 2: not readable as YAML: mapping values are not allowed here"),
        ("a: 1\nb: *c\n", "line 2: not readable as YAML: found undefined alias 'c'"),
        ("a: 1\nb: !c d\n", "line 2: not readable as YAML: could not determine a constructor for the tag '!c'"),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "line 5: key 'c' stands twice; keep one"),
        ("a: 1\nb: 2021-02-30\n", "line 2: '2021-02-30' is no timestamp"),
        (b"a: \xff\n", "not readable as UTF-8"),
        ("a: \x07\n", "not readable as YAML: unacceptable character #x0007"),
    ],
)
def test_the_line_is_named(tmp_path: Path, text: str | bytes, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ParameterError) as caught:
        read_yaml(path)
    assert str(caught.value).startswith(f"{path}: {told}")


# libyaml's reader and Python's: one is fast, and what both accept is the same


def outcome(text: str, how: Any) -> Any:
    try:
        return repr(how(text))
    except (yaml.YAMLError, ParameterError):
        return "refused"


def exact(text: str) -> Any:
    return yaml.load(text, Loader=_Exact)  # noqa: S506


def test_libyaml_is_used_where_it_is_there() -> None:
    assert issubclass(_Fast, yaml.CSafeLoader) == yaml.__with_libyaml__


TRICKY = [
    "a:\tb",
    "a: b\t# c",
    "a: b #c\td",
    "\ta: b",
    "!",
    "a: !",
    "a: !!str 1",
    ">#",
    "|-#",
    "a: |+ #c\n  d",
    "a: |2\n    b\n   c\n",
    "a: >\n  b\n\n  c\n   d\n",
    "\ufeffa: 1",
    "a: 1\n\ufeffb: 2",
    "a: 1\r\nb: 2\r",
    "a: b\x85c",
    "a: b\u2028c",
    "a: '\u2028'",
    'a: "\\x41\\u4e2d\\\n  b"',
    "a: 'it''s'",
    "a: \x7f",
    "a: \U0001f600",
    "{a: 1, b}",
    "{a:1}",
    "[a, , b]",
    "[a: 1]",
    "? a\n: b",
    "? a",
    "- - a\n  - b",
    "a: &x [1]\nb: *x",
    "a: &x {b: 1}\n<<: *x",
    "a: &x [*x]",
    "a: b: c",
    "a: 'b' c",
    "a: @b",
    "a: `b`",
    "a: %b",
    "%YAML 1.1\n---\na: 1",
    "%YAML 2.0\n---\na: 1",
    "%TAG ! x\n---\na: 1",
    "a: 1\n...\n",
    "a: 1\n...\nb: 2",
    "a: 1\n---\n",
    "# c",
    "a: 目标（{n}）：不高于20/10万",
    "a: women-2011-2020:3a",
    "women-2011-2020:3a: {b: 1}",
    "a: -",
    "a: - b",
    "a: ?b",
    "a: 2020-01-01 10:00:00",
    "1: a\n1: b",
    "1: a\ntrue: b",
]


@pytest.mark.parametrize("text", TRICKY)
def test_both_readers_agree(text: str) -> None:
    assert outcome(text, _parsed) == outcome(text, exact)


PIECES = [*"ab10-:?,[]{}#'\"|>&*!%@`~=.<\n\t\r \\", ": ", "- ", "\n  ", " #", "|\n  ", ">-\n  ", "---\n", "\n...\n",
          "&a ", "*a", "!!str ", "<<: ", "\ufeff", "\x85", "\u2028", "\xa0", "\u3000", "中", "2020-01-01"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_both_readers_agree_on_anything(text: str) -> None:
    assert outcome(text, _parsed) == outcome(text, exact)


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
