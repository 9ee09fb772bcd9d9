"""What a terminal shows of a run: a progress bar with names, the list of reports, the table of failures."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from endline.params import Params
from endline.project import Project
from endline.wording import Wording

out = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
err = Console(stderr=True, soft_wrap=True, highlight=False)

NAMED = 12  # so many reports with the same reason are named
LISTED = 60  # reports: a longer list is not printed, it stands on the page and in the round's summary

COUNTS = ("met", "not_met", "no_data", "pending", "all")
RATES = ("attainment", "assessability")


class Bar:
    """A progress bar over the reports of each round, with the names of those under way."""

    def __init__(self) -> None:
        columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
        columns += [TimeRemainingColumn(), TextColumn("{task.fields[names]}")]
        unseen = not err.is_terminal  # it would be drawn all the same, ten times a second
        self._progress = Progress(*columns, console=err, transient=True, refresh_per_second=4, disable=unseen)
        self._names: dict[str, str] = {}
        self._now = self._progress.add_task("", total=0, visible=False, names="")

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, round_id: str, reasons: Mapping[str, str], count: int) -> None:
        """Say what is to be made of a round and why, and begin its bar."""
        self._now = self._progress.add_task(round_id, total=len(reasons), visible=bool(reasons), names="")
        if reasons:
            self._progress.print(Text(f"{round_id}: {len(reasons)} of {count} reports to make"))
            for why, number in Counter(reasons.values()).most_common():
                self._progress.print(Text(f"  {number} × {why}"))

    def started(self, code: str, name: str) -> None:
        """Show a report as under way."""
        self._names[code] = name
        self._show()

    def ended(self, code: str) -> None:
        """Move the bar on by one report."""
        self._names.pop(code, None)
        self._progress.advance(self._now)
        self._show()

    def _show(self) -> None:
        self._progress.update(self._now, names=Text(" ".join(self._names.values())))


def list_rounds(params: Params) -> None:
    """Print the rounds: id, title, dataset, regions, whether they run by default."""
    for round_id in params.round_ids:
        round_ = params.round(round_id)
        default = "default" if round_.default else ""
        fields = (round_id, round_.title, round_.dataset, " ".join(round_.regions), " ".join(round_.languages), default)
        out.print(Text("  ".join(filter(None, fields))))


def show_outcome(project: Project, outcome: Any) -> None:
    """Print the reports of a round with their pages and counts, and what was built."""
    if outcome.error:
        return
    params = Params.of(project)
    say = Wording(params.wording("zh"))
    rates = RATES if params.round(outcome.round_id).has_rates else ()
    table = Table(title=Text(f"{outcome.round_id}  {outcome.title}"), title_justify="left", box=None, pad_edge=False)
    table.add_column("PDF", overflow="fold")
    for name in (say.get("cli.pages"), *(say.get(f"table.{name}") for name in (*COUNTS, *rates))):
        table.add_column(name, justify="right", no_wrap=True)
    folder = Path(project.told, outcome.round_id)
    made = [entry for entry in outcome.entries.values() if entry["state"] == "made"]
    for entry in made if len(made) <= LISTED else ():
        pdf = next((name for name in entry["files"] if name.endswith(".pdf")), "")
        counts = entry["counts"]
        numbers = [str(counts.get(name, "")) for name in COUNTS]
        numbers += ["" if counts.get(name) is None else f"{counts[name]:.1f}" for name in rates]
        table.add_row(Text(f"{folder}/{pdf}"), str(entry["pages"]), *numbers)
    out.print(table)
    if outcome.built:
        line = f"{len(outcome.built)} built, {len(made) - len(outcome.built)} up to date"
        _show_reasons(outcome)
    elif outcome.failures:
        line = "nothing built"
    else:
        line = f"nothing to do, all {len(made)} reports are up to date"
    for told in filter(None, (*(f"{folder}/{name}" for name in outcome.pages), outcome.no_page)):
        out.print(Text(told), soft_wrap=True)
    issues = f"; {outcome.issues} issues in the data (endline check)" if outcome.issues else ""
    out.print(Text(f"{outcome.round_id}: {line}{issues}\n"))


def _show_reasons(outcome: Any) -> None:
    """Print what was rebuilt, by reason; what is new needs none."""
    groups: dict[str, list[str]] = {}
    for code, why in outcome.built.items():
        groups.setdefault(why, []).append(f"{code} {outcome.entries[code]['name']}")
    for why, names in groups.items():
        if why != "new":
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            out.print(Text(f"{outcome.round_id}: rebuilt, {why}: {', '.join(names[:NAMED])}{more}"), soft_wrap=True)


def show_failures(outcomes: Iterable[Any]) -> None:
    """Print a table of what failed: round, region, cell, message."""
    rows = []
    for outcome in outcomes:
        rows += [(outcome.round_id, "", "", outcome.error)] if outcome.error else []
        for code, entry in outcome.failures.items():
            rows.append((outcome.round_id, f"{code} {entry['name']}", entry["cell"], entry["message"]))
    if rows:
        err.print("Failures:")
    for row in rows:
        err.print(Text("  " + "  ".join(filter(None, row))))


def show_issues(path: Path, observed: Any, levels: Mapping[str, str], lists: Sequence[Path]) -> None:
    """Print what a dataset's regions must explain or correct: rule, level, place, found, expected, what to do."""
    issues = observed.issues.sort_values("region_code", kind="stable")
    for issue in issues[issues["level"] != "log"].itertuples():
        place = " ".join(filter(None, [issue.file, issue.sheet, issue.cell, issue.region_code]))
        found = f"{issue.rule} [{levels[issue.level]}] {place}: {issue.name}: {issue.found}"
        out.print(Text(f"{found} | {issue.expected} | {issue.action}"), soft_wrap=True)
    out.print(Text(f"{path}: {len(observed.observations)} observations, {len(observed.issues)} issues"))
    out.print(Text(f"lists: {', '.join(map(str, lists))}"), soft_wrap=True)


def show_differences(path: Path, notebook: Path | None, differences: Sequence[Any], words: Mapping[str, str]) -> None:
    """Print which figures of a Word file were changed or are stale: kind, heading, sentence, old and new, name."""
    for kind, figure, old, new in differences:
        place = " › ".join(filter(None, [figure.heading, figure.sentence]))
        line = f"[{words[kind]}] {place}: {old or words['none']} → {new or words['none']} ({figure.name})"
        out.print(Text(line), soft_wrap=True)
    counts = Counter(difference.kind for difference in differences)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in ("changed", "removed", "stale"))
    against = f"compared with {notebook}" if notebook else "not compared: no notebook of this name; say --against"
    out.print(Text(f"{path}: {told} figures ({against})"), soft_wrap=True)
