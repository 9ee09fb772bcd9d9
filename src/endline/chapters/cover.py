"""The block from which the template draws the title page."""

from collections.abc import Sequence

from endline.model import Dataset, Outline, Round
from endline.story import Block, heading, markdown, prose
from endline.wording import Wording


def cover_block(
    say: Wording,
    round_: Round,
    dataset: Dataset,
    outlines: Sequence[Outline],
    language: str,
    digest: str,
    titles: tuple[str, list[str], str],
) -> Block:
    """Return the title page's block; `titles` are the title, its lines on the cover, and the running title."""
    issued = round_.issued
    edition = say.get(f"edition.{round_.edition}")
    period = say.say(f"due.period.{round_.kind}", baseline=round_.baseline_year, final=round_.final_year)
    issued_text = say.say("cover.issued_value", year=issued.year, month=issued.month, day=issued.day)
    title, title_lines, running_title = titles
    mark = say.get("simulated_mark") if dataset.simulated else ""
    meta = {
        "title": title,
        "title_lines": title_lines,
        "edition": edition,
        "mark": mark,
        "facts": [
            *[
                ["" if n else say.get("cover.outlines"), say.say("cited", title=o.title)]
                for n, o in enumerate(outlines)
            ],
            [say.get("cover.period"), period],
            [say.get("cover.dataset"), dataset.title],
            [say.get("cover.issuer"), round_.issuer or say.get("pending_fill")],
        ],
        "issuer": round_.issuer,
        "issued": issued.isoformat(),
        "issued_text": issued_text,
        "contents_title": say.get("cover.contents"),
        "running_title": running_title,
        "language": language,
        "fonts": round_.fonts,
        "colophon": say.get("cover.colophon"),
        "keywords": list(say.get("cover.keywords")),
        "digest_line": say.say("cover.digest", digest=digest),
    }
    shown = markdown([heading(1, title), prose(edition, " ", mark), prose(period), prose(issued_text)])
    return Block({"text/markdown": shown}, {"kind": "cover", "meta": meta})
