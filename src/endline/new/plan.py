"""A first file of a plan."""

import re
from pathlib import Path

from endline.errors import ParameterError
from endline.new.first import check_id, check_line, first_file, write_files
from endline.params import Params

_TERM = re.compile(r"([12][0-9]{3})-([12][0-9]{3})")


def new_plan(params: Params, plan_id: str, title: str = "", years: str = "") -> list[Path]:
    """Write `params/outlines/<id>.yaml` and return its path; it has examples of all that a plan may hold, switched off.

    `years`: the term, as 2021-2025. ParameterError where the id is none or the file is there already.
    """
    check_id(plan_id, "PLAN")
    values: dict[str, object] = {"id": plan_id}
    if title:
        check_line(title, "--title")
        values["title"] = title
    if years:
        term = _TERM.fullmatch(years)
        if not term or term[1] > term[2]:
            raise ParameterError(f"--years {years!r}: expected the first and the last year of the term, as 2021-2025")
        values |= {"first_year": int(term[1]), "last_year": int(term[2])}
    path = params.folder / "outlines" / f"{plan_id}.yaml"
    files = {path: first_file(params, "plan", values)}
    return write_files(params.project, files, lambda written: written.outline(plan_id))
