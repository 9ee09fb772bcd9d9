"""The items of the forms, made in the order of params/simulation.yaml, one rule after another."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from endline.errors import ParameterError
from endline.simulate.banners import Banners, draw_births
from endline.simulate.chance import Counts, Numbers, allocate, calibrate, expit, logit, stream
from endline.simulate.rules import Levels, Rule, Sample, Shares, Sum, Totals, Years
from endline.simulate.settings import Settings

Items = dict[str, Counts]
Forms = Mapping[str, Sequence[str]]


def make_items(settings: Settings, banners: Banners, forms: Forms) -> Items:
    """Return the counts of all items, each of shape (banners, years).

    Raises ParameterError naming a rule that wants an item not yet made, or more events than there is room.
    """
    if unknown := {form for gap in settings.missing for form in gap.forms} - set(forms):
        raise ParameterError(f"params/simulation.yaml, missing: no such form: {sorted(unknown)}")
    maker = _Maker(settings, banners, forms)
    for rule in settings.items:
        name = rule.split if isinstance(rule, Shares | Sample) else rule.item
        try:
            maker.make(rule)
        except (KeyError, ValueError) as error:
            raise ParameterError(f"params/simulation.yaml, item {name}: {error}") from error
    if unmade := {item for items in forms.values() for item in items} - set(maker.items):
        raise ParameterError(f"params/simulation.yaml: no rule for {sorted(unmade)}")
    return maker.items


class _Maker:
    """The items made so far."""

    def __init__(self, settings: Settings, banners: Banners, forms: Forms) -> None:
        self.settings, self.banners, self.forms = settings, banners, forms
        self.handed_in = {form: banners.reporting(settings, form) for form in forms}
        self.span = max((rule.years for rule in settings.items if isinstance(rule, Years)), default=1)
        start = settings.first_year - self.span + 1
        self.births = draw_births(settings, banners, range(start, settings.last_year + 1))
        self.items: Items = {"live_births": banners.as_founded(self.births[:, self.span - 1 :])}
        self.parts: dict[str, tuple[str, ...]] = {}

    def make(self, rule: Rule) -> None:
        """Add the items of one rule."""
        match rule:
            case Years():
                self.items[rule.item] = self.children(rule)
            case Totals():
                self.items[rule.item] = self.shared_out(rule)
            case Levels():
                self.items[rule.item] = self.drawn(rule)
            case Sum():
                self.items[rule.item] = self.summed(rule.sum)
            case Shares():
                self.split_by_shares(rule)
            case Sample():
                self.split_like(rule)

    def children(self, rule: Years) -> Counts:
        """Return the births of the last `rule.years` years, less those who are gone."""
        ends = range(self.span, self.births.shape[1] + 1)
        born = np.stack([self.births[:, end - rule.years : end].sum(axis=1) for end in ends], axis=1)
        return _whole(self.banners.as_founded(born) * rule.keep)

    def shared_out(self, rule: Totals) -> Counts:
        """Return the regional totals shared out by births or evenly, not all alike; at least 1 each."""
        rng = stream(self.settings.seed, rule.item)
        weight = np.exp(rng.normal(0, self.settings.differences.banners, len(self.banners.codes)))
        if rule.by == "births":
            weight *= self.births.mean(axis=1)
        years = np.array(self.banners.years)
        totals = np.exp(np.interp(years, list(rule.totals), np.log(list(rule.totals.values()))))
        share = np.outer(weight / weight.sum(), totals * self.settings.scale)
        return self.banners.as_founded(np.maximum(_whole(share), 1))

    def summed(self, terms: str) -> Counts:
        """Return the sum that `terms` (`a + b - c`) writes down."""
        total, sign = np.zeros_like(self.items["live_births"]), 1
        for term in terms.split():
            if term in "+-":
                sign = 1 if term == "+" else -1
            else:
                total = total + sign * self.items[term]
        return total

    def drawn(self, rule: Levels) -> Counts:
        """Return events whose yearly sums give the regional level, spread over the banners by chance."""
        reported = self.reported(rule.item)
        of = self.items[rule.of] * reported
        trials = np.minimum.reduce([self.items[item] for item in rule.within or (rule.of,)]) * reported
        odds = self.odds(rule)
        wobble = self.settings.differences.wobble if rule.wobble is None else rule.wobble
        events = np.zeros_like(of)
        for column, year in enumerate(self.banners.years):
            rng = stream(self.settings.seed, rule.item, year)
            level = _between(rule, year) + rng.normal(0, wobble) * (year not in rule.levels)
            total = int(_whole(expit(level) * of[:, column].sum()))
            chance = calibrate(odds[:, column], trials[:, column], total)
            events[:, column] = allocate(rng, trials[:, column], chance, total)
        return self.planted(rule.item, events, trials)

    def odds(self, rule: Levels) -> Numbers:
        """Return how far each banner's log-odds lie from the region's, by year."""
        differ, banners = self.settings.differences, self.banners
        rng, n = stream(self.settings.seed, rule.item, "banners"), len(banners.codes)
        level = rng.normal(0, differ.banners if rule.banners is None else rule.banners, n)
        level += banners.league_effects(rng.normal(0, differ.leagues, len(set(banners.leagues))))
        level += np.array([rule.by_type.get(kind, 0.0) for kind in banners.types])
        trend = rng.normal(0, differ.trend if rule.trend is None else rule.trend, n)
        years = np.array(banners.years)
        odds: Numbers = level[:, None] + np.outer(trend, (years - years.mean()) / 10)
        odds += rng.normal(0, differ.jitter, odds.shape)
        for shift in self.settings.breaks:
            if shift.item == rule.item:
                odds[banners.index(shift.region), years >= shift.year] += shift.shift
        return odds

    def planted(self, item: str, events: Counts, trials: Counts) -> Counts:
        """Return `events` with the changes that the settings plant, which must stay within the trials."""
        for plant in self.settings.planted:
            if plant.item == item:
                cell = self.banners.index(plant.region), self.banners.years.index(plant.year)
                events[cell] += plant.change
                if not 0 <= events[cell] <= trials[cell]:
                    raise ValueError(f"planted in {plant.region}: {events[cell]} of {trials[cell]}")
        return events

    def split_by_shares(self, rule: Shares) -> None:
        """Divide an item by the shares of its parts."""
        shares = np.array(list(rule.parts.values()))
        counts = stream(self.settings.seed, rule.split, "parts").multinomial(
            self.items[rule.split], shares / shares.sum()
        )
        self.parts[rule.split] = tuple(rule.parts)
        self.items |= {f"{rule.split}_{part}": counts[..., i] for i, part in enumerate(rule.parts)}

    def split_like(self, rule: Sample) -> None:
        """Divide an item as a sample of the parts of the item that holds it."""
        rng = stream(self.settings.seed, rule.split, "parts")
        parts = self.parts[rule.split] = self.parts[rule.like]
        left, held = self.items[rule.split], self.items[rule.like]
        for part in parts:
            held_part = self.items[f"{rule.like}_{part}"]
            held = held - held_part
            count = rng.hypergeometric(held_part, held, left)
            self.items[f"{rule.split}_{part}"] = count
            left = left - count

    def reported(self, item: str) -> NDArray[np.bool_]:
        """Tell where a form with this item was handed in; for a step between, where a banner exists."""
        masks = [self.handed_in[form] for form, items in self.forms.items() if item in items]
        return np.logical_or.reduce(masks) if masks else self.banners.exists


def _between(rule: Levels, year: int) -> float:
    """Return the log-odds of the regional level in `year`, on a straight line between the years given."""
    shares = np.array(list(rule.levels.values())) / rule.per
    return float(np.interp(year, list(rule.levels), logit(shares)))


def _whole(values: NDArray[np.floating] | float) -> Counts:
    """Return values rounded half up."""
    return np.floor(np.asarray(values) + 0.5).astype(np.int64)
