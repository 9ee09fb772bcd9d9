"""The wordings of all languages say the same things, and names are translated without touching anything else."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from builders import ROOT, edit, project
from endline.model import Indicator, Outline, Round
from endline.params import Params
from endline.translated import in_language
from endline.wording import Wording

ENGLISH = ROOT / "params" / "outlines" / "en"
ROUNDS = sorted(path.stem for path in (ROOT / "params" / "rounds").glob("*.yaml"))
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def entries(wording: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every template with its dotted key; a list is one, since a language may divide it otherwise."""
    if isinstance(wording, Mapping):
        for name, entry in wording.items():
            yield from entries(entry, f"{key}.{name}" if key else str(name))
    else:
        yield key, " ".join(map(str, wording)) if isinstance(wording, list | tuple) else str(wording)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.fixture(scope="module")
def both(params: Params) -> tuple[dict[str, str], dict[str, str]]:
    own = {name: entry for name, entry in params.wording("en").items() if name != "names"}
    return dict(entries(params.wording("zh"))), dict(entries(own))


def test_english_has_every_sentence_and_no_other(both: tuple[dict[str, str], dict[str, str]]) -> None:
    chinese, english = both
    assert {"missing": sorted(chinese.keys() - english), "superfluous": sorted(english.keys() - chinese)} == {
        "missing": [],
        "superfluous": [],
    }


def test_every_sentence_is_filled_in_with_the_same_facts(both: tuple[dict[str, str], dict[str, str]]) -> None:
    chinese, english = both
    shared = chinese.keys() & english
    assert {key: (chinese[key], english[key]) for key in shared if fields(chinese[key]) != fields(english[key])} == {}


def test_no_sentence_in_english_holds_chinese_signs(both: tuple[dict[str, str], dict[str, str]]) -> None:
    assert {key: text for key, text in both[1].items() if CHINESE.search(text)} == {}


def test_no_translated_name_holds_chinese_signs_or_is_given_twice(params: Params) -> None:
    lists: Mapping[str, Mapping[str, str]] = params.wording("en")["names"]
    told = [(own, text) for texts in lists.values() for own, text in texts.items()]
    assert [text for _, text in told if CHINESE.search(text)] == []
    assert sorted(own for own, _ in told) == sorted(dict(told))


def test_the_main_language_needs_no_copies(params: Params) -> None:
    assert in_language(params, "zh") is params


def test_names_are_translated_and_nothing_else_is(params: Params) -> None:
    english = in_language(params, "en")
    outline, own = params.outline("women-2011-2020"), english.outline("women-2011-2020")
    assert (own.short, own.title) == ("Women's outline", "Outline for the Development of Chinese Women (2011–2020)")
    shown = {"label", "domain", "note", "wording_note"}
    for target, copy in zip(outline.targets, own.targets, strict=True):
        assert target.model_dump(exclude=shown) == copy.model_dump(exclude=shown)
        assert target.label != copy.label
    assert english.regions()["150300"].name == "Wuhai"
    assert english.regions()["150300"].parent == "150000"
    assert english.indicators["mmr"].name == "maternal mortality ratio"
    assert english.indicators["mmr"].counted_as == ("deaths", "live births")
    assert english.indicators["mmr"].counts == params.indicators["mmr"].counts
    assert english.round("simulated-2020").dataset == "simulated"


def test_a_name_without_a_translation_stays_as_it_is(params: Params) -> None:
    say = Wording(params.wording("en"))
    assert say.told("乌海市") == "Wuhai"
    assert say.told("某市") == "某市"


def test_the_received_records_are_not_changed(params: Params) -> None:
    before: Outline = params.outline("women-2011-2020").model_copy(deep=True)
    in_language(params, "en").outline("women-2011-2020")
    assert params.outline("women-2011-2020") == before


@pytest.fixture(scope="module", params=ROUNDS)
def english_round(request: pytest.FixtureRequest, params: Params) -> tuple[Params, Round]:
    english = in_language(params, "en")
    return english, english.round(request.param)


def test_every_round_has_english_names(english_round: tuple[Params, Round]) -> None:
    english, own = english_round
    dataset = english.dataset(own.dataset)
    texts = [own.title, own.subject, dataset.title, dataset.publisher, dataset.note, dataset.method]
    texts += [region.name for region in english.regions(own.dataset).values()]
    assert [text for text in texts if CHINESE.search(text)] == []


def test_every_document_of_a_round_is_told_in_english(english_round: tuple[Params, Round]) -> None:
    english, own = english_round
    outlines = [english.outline(outline) for outline in (*own.outlines, *own.next_outlines)]
    assert [text for outline in outlines for text in outline.texts if CHINESE.search(text)] == []


@pytest.mark.parametrize("path", sorted(ENGLISH.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_text_of_a_document_is_told_in_chinese(params: Params, path: Path) -> None:
    names = params.outline_names(path.stem, "en")
    assert names
    assert [told for told in names.values() if CHINESE.search(told)] == []


def test_a_document_s_own_name_of_a_text_stands_before_the_shared_one(tmp_path: Path) -> None:
    where = project(tmp_path)
    english = where.params / "outlines" / "en" / "women-2011-2020.yaml"
    edit(english, "国务院: State Council", "国务院: the State Council of China")
    edit(where.params / "wording" / "en.yaml", "names:\n", "names:\n  more:\n    国务院: Cabinet\n")
    params = in_language(Params(where), "en")
    assert params.outline("women-2011-2020").publisher == "the State Council of China"


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("2", "2"),
        ("S", "S"),
        ("一", "I"),
        ("十一、32", "XI.32"),
        ("五、9", "V.9"),
        ("三（一）1", "III (I) 1"),
        ("二（四）表23", "II (IV) table 23"),
        ("三（二）专栏1", "III (II) box 1"),
    ],
)
def test_a_clause_is_told_sign_by_sign(params: Params, received: str, told: str) -> None:
    assert Wording(params.wording("en")).told_clause(received) == told
    assert Wording(params.wording("zh")).told_clause(received) == received


def test_every_indicator_is_told_in_english(params: Params) -> None:
    indicators = in_language(params, "en").indicators.values()
    printed = ("name", "numerator", "denominator", "stream", "period", "note")
    texts = [(i.id, getattr(i, name)) for i in indicators for name in printed if i.data is None]
    texts += [(i.id, word) for i in indicators for word in i.counted_as or ()]
    assert [(name, text) for name, text in texts if CHINESE.search(text)] == []


@pytest.mark.parametrize(
    ("stratum", "told"), [("total", "Maternal mortality ratio"), ("rural", "Rural maternal mortality ratio")]
)
def test_a_series_is_named_with_one_capital(params: Params, stratum: str, told: str) -> None:
    indicator: Indicator = in_language(params, "en").indicators["mmr"]
    assert Wording(params.wording("en")).series_name(indicator, stratum) == told
