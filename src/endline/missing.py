"""What a report says on its face of those who are missing from its figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from endline.evaluation.children import parse_absent

if TYPE_CHECKING:
    from endline.narrative import Row, Teller

Gone = tuple[str, tuple[str, ...]]  # `reported/total`, and the codes of the others


def value_clause(teller: "Teller", row: "Row") -> str:
    """Return what stands behind the final year's value: how many of those below it holds, and who is missing."""
    final = [(share, codes) for year, share, codes in parse_absent(row.absent) if year == teller.round.final_year]
    return "".join(teller.say.say("absent.value", share=_share(teller, teller.region.level, *gone)) for gone in final)


def upper_clause(teller: "Teller", row: "Row") -> str:
    """Return what stands behind the upper region's value: who is missing from it."""
    if not row.upper_absent:
        return ""
    share, _, codes = row.upper_absent.partition(":")
    told = _share(teller, teller.regions[row.upper_code].level, share, codes.split())
    return teller.say.say("absent.upper", share=told)


def summary_sentences(teller: "Teller", rows: Iterable["Row"], refused: Iterable["Row"]) -> list[str]:
    """Return who is missing from the report's sums, year by year, and whose returns above could not be used."""
    return [*_own(teller, refused), *_sums(teller, {(row.indicator_id, row.stratum): row for row in rows})]


def _sums(teller: "Teller", series: Mapping[tuple[str, str], "Row"]) -> list[str]:
    """Return a sentence for the years that lack the same regions in the same number of series."""
    of_year: dict[int, Counter[Gone]] = {}
    for row in series.values():
        for year, share, codes in parse_absent(row.absent):
            of_year.setdefault(year, Counter())[share, tuple(codes)] += 1
    alike: dict[tuple[tuple[Gone, int], ...], list[int]] = {}
    for year, counts in sorted(of_year.items()):
        alike.setdefault(tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))), []).append(year)
    say, level, sentences = teller.say, teller.region.level, []
    for found, years in alike.items():
        told = [say.say("absent.summary_one", share=_share(teller, level, *gone), indicators=n) for gone, n in found]
        sentences.append(say.say("absent.summary", years=say.years(years), shares=say.names(told)))
    return sentences


def _own(teller: "Teller", refused: Iterable["Row"]) -> list[str]:
    """Return a sentence for each region above whose return, or a part of it, could not be used."""
    years: dict[str, set[int]] = {}
    for one in refused:
        years.setdefault(str(one.of), set()).add(int(one.year))
    sentences = []
    for code, found in sorted(years.items()):
        facts: dict[str, Any] = {"name": teller.regions[code].name, "years": teller.say.years(sorted(found - {0}))}
        sentences.append(teller.say.say("absent.own_all" if found == {0} else "absent.own", **facts))
    return sentences


def _share(teller: "Teller", level: str, share: str, codes: Iterable[str]) -> str:
    """Return `11/12 盟市（缺：…）` of a region of a level."""
    names = [teller.regions[code].name for code in codes]
    unit = teller.say.get(f"absent.children.{level}")
    return teller.say.say("absent.share", reported=share, unit=unit, names=teller.say.names(names, "absent.separator"))
