"""The measures of quality as one small table: what each region's report says of itself and of all below it."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from endline.checks.quality import Quality
from endline.model import Form
from endline.regions import Regions

COLUMNS = ["region_code", "measure", "item", "name", "level", "year", "part", "whole"]
ALL_YEARS = 0  # the year of what is counted over all of them


def summed(
    quality: Quality, issues: pd.DataFrame, forms: Mapping[str, Form], regions: Regions, years: Collection[int]
) -> pd.DataFrame:
    """Return one row a region, measure, item and year, the regions in code order: how many of how many.

    completeness: figures given of those asked for by the form `item`; reporting: counties that handed it in.
    children: regions directly below that have any usable value, of those that are sums; `item` names the others.
    rule: findings of the rule `item`, of the region itself (part) and with all below it (whole); none, no row.
    consistency: ratios near that of all counties; outliers: steps beyond the limit; digits: counties with uneven ones.
    """
    completeness = quality.completeness.rename(columns={"given": "part", "expected": "whole", "form": "item"})
    reporting = quality.reporting.rename(
        columns={"counties_reported": "part", "counties_total": "whole", "form": "item"}
    )
    children = quality.children.rename(
        columns={"children_reported": "part", "children_total": "whole", "missing": "item"}
    )
    yearly = [
        table[table["year"].isin(list(years))].assign(measure=measure)
        for measure, table in (("completeness", completeness), ("reporting", reporting), ("children", children))
    ]
    named = {form.id: form.name for form in forms.values()}
    parts = [part.assign(name=part["item"].map(named).fillna("")) for part in yearly]
    parts += [_rules(issues, regions), *_counted(quality, regions, years)]
    rest = {"item": "", "name": "", "level": "", "year": ALL_YEARS}
    filled = [part.assign(**{k: v for k, v in rest.items() if k not in part})[COLUMNS] for part in parts if len(part)]
    if not filled:
        return pd.DataFrame({name: pd.Series(dtype="int64" if name in COLUMNS[5:] else "str") for name in COLUMNS})
    table = pd.concat(filled, ignore_index=True).astype({"year": "int64", "part": "int64", "whole": "int64"})
    return table.sort_values(["region_code", "measure", "item", "year"], ignore_index=True)


def with_above(table: pd.DataFrame, regions: Regions) -> pd.DataFrame:
    """Return the rows of a table for their regions and for each region above; `of` is whose they are."""
    paths = [(code, above) for code in table["region_code"].unique() for above in _path(code, regions)]
    above = pd.DataFrame(paths, columns=["of", "region_code"], dtype="str")
    return table.rename(columns={"region_code": "of"}).merge(above, on="of", how="left")


def _path(code: str, regions: Regions) -> Sequence[str]:
    return regions.path(code) if code in regions else [code]


def _rules(issues: pd.DataFrame, regions: Regions) -> pd.DataFrame:
    """Return how often each rule fired, of each region itself and with all below it."""
    fired = issues.groupby(["region_code", "rule", "name", "level"]).size().rename("whole").reset_index()
    told = with_above(fired[fired["region_code"].isin(list(regions))], regions)
    told["part"] = told["whole"].where(told["of"] == told["region_code"], 0)
    counts = told.groupby(["region_code", "rule", "name", "level"])[["part", "whole"]].sum().reset_index()
    return counts.rename(columns={"rule": "item"}).assign(measure="rule")


def _counted(quality: Quality, regions: Regions, years: Collection[int]) -> list[pd.DataFrame]:
    """Return the measures that are counts of a yes over the years, summed up the tree of regions."""
    found = []
    for measure, table, yes, key in (
        ("consistency", quality.consistency, "within", ["name"]),
        ("outliers", quality.outliers, "outlier", []),
        ("digits", quality.digits, "uneven", []),
    ):
        own = table[table["year"].isin(list(years))] if "year" in table else table
        groups = own.groupby(["region_code", *key], sort=False)[yes].agg(["sum", "size"]).reset_index()
        sums = with_above(groups, regions).groupby(["region_code", *key])[["sum", "size"]].sum().reset_index()
        found.append(sums.rename(columns={"sum": "part", "size": "whole"}).assign(measure=measure))
    return found
