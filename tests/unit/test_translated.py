"""The wordings of all languages say the same things, and names are translated without touching anything else."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest

from endline.model import Indicator, Outline
from endline.params import Params
from endline.translated import in_language
from endline.wording import Wording

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


@pytest.mark.parametrize("round_id", ["published-2020", "simulated-2020", "simulated-faulty-2020"])
def test_the_final_rounds_of_both_outlines_have_english_names(params: Params, round_id: str) -> None:
    english = in_language(params, "en")
    own = english.round(round_id)
    dataset = english.dataset(own.dataset)
    texts = [own.title, dataset.title, dataset.publisher, dataset.note, dataset.method]
    texts += [region.name for region in english.regions(own.dataset).values()]
    for outline in map(english.outline, (*own.outlines, *own.next_outlines)):
        texts += [outline.title, outline.short, outline.publisher, outline.source]
        texts += [text for t in outline.targets for text in (t.label, t.domain, t.note, t.wording_note)]
    assert [text for text in texts if CHINESE.search(text)] == []


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
