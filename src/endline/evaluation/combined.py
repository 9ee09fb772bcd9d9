"""The verdict on each target, from those on its measures or of a person."""

from collections.abc import Mapping, Sequence

import pandas as pd

from endline.model import Judgement, Target, Verdict
from endline.regions import Regions

WORST = (  # the worst of a target's measures decides
    Verdict.NOT_MET,
    Verdict.OFF_TRACK,
    Verdict.NOT_YET,
    Verdict.NO_DATA,
    Verdict.UNCERTAIN,
    Verdict.ON_TRACK,
    Verdict.ALREADY_MET,
    Verdict.MET,
)
EVIDENCE = ("contradicted", "compatible", "confirmed")  # from worst to best


def evaluations_of(
    measures: pd.DataFrame,
    targets: Sequence[Target],
    codes: Sequence[str],
    regions: Regions,
    judgements: Mapping[tuple[str, str], Judgement],
) -> pd.DataFrame:
    """Return one row a region and target: verdict, reason, flags and evidence, from those of its measures."""
    parts: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    columns = ["region_code", "target", "verdict", "reason", "flags", "evidence"]
    for code, key, *rest in measures[columns].itertuples(index=False, name=None):
        parts.setdefault((code, key), []).append((rest[0], rest[1], rest[2], rest[3]))
    rows = []
    for code in codes:
        for target in targets:
            own = parts.get((code, target.key), [])
            judgement = judgements.get((code, target.key))
            rows.append(
                (
                    code,
                    target.outline,
                    target.key,
                    target.domain,
                    target.kind,
                    target.counted,
                    *_combine(target, regions[code].level, own, judgement),
                )
            )
    return pd.DataFrame(
        rows,
        columns=[
            "region_code",
            "outline",
            "target",
            "domain",
            "kind",
            "counted",
            "verdict",
            "reason",
            "flags",
            "evidence",
        ],
    )


def _combine(
    target: Target, level: str, parts: list[tuple[str, str, str, str]], judgement: Judgement | None
) -> tuple[str, str, str, str]:
    """Return verdict, reason, flags and evidence of a target from those of its measures: the worst decides."""
    if level not in target.applies_to:
        return Verdict.NOT_APPLICABLE, "", "", "not_assessed"
    if target.kind == "qualitative":
        return (Verdict(judgement.status) if judgement else Verdict.PENDING), "", "", "not_assessed"
    evidences = {evidence for *_, evidence in parts}
    evidence = next((e for e in EVIDENCE if e in evidences), "") if evidences <= set(EVIDENCE) else "not_assessed"
    shared = set.intersection(*(set(flags.split(";")) for *_, flags, _ in parts)) - {""}
    flags = ";".join(sorted(shared))
    verdict, reason = min(((verdict, reason) for verdict, reason, *_ in parts), key=lambda one: WORST.index(one[0]))
    return verdict, reason, flags, evidence
