"""What both notebooks on a whole round are told with: its parameters and regions, its title page, its first lines."""

from typing import ClassVar, Self

from endline.chapters.cover import cover_block
from endline.params import Params
from endline.project import Project
from endline.store import Store
from endline.story import Block, Part, Story, heading, prose
from endline.translated import in_language
from endline.wording import Wording


class RoundReport:
    """A round's regions side by side; computes nothing."""

    TITLE: ClassVar[str]  # of the wording
    code: str  # of the round's own story
    digest: str  # of the figures behind it

    def __init__(self, params: Params, store: Store, round_id: str, language: str) -> None:
        self._params = params = in_language(params, language)
        self.round, self.language = params.round(round_id), language
        self.say = Wording(params.wording(language))
        self.dataset = params.dataset(self.round.dataset)
        self.register = params.regions(self.round.dataset)
        self.outlines = [params.outline(outline) for outline in self.round.outlines]
        where = f"params/rounds/{round_id}.yaml: regions"
        self.codes = self.register.match_all(self.round.regions, store.codes(), where)

    @classmethod
    def load(cls, round_id: str, language: str = "zh") -> Self:
        """Return what is told of a round; observes and evaluates first where that is missing or stale."""
        project = Project.find()
        params = Params.of(project)
        return cls(params, Store.ensure(project, params, round_id), round_id, language)

    def cover(self) -> Story:
        """The title page."""
        title = self.say.say(self.TITLE, round=self.round.title)
        lines = [str(line).format(round=self.round.title) for line in self.say.get(f"{self.TITLE}_lines")]
        titles = (title, lines, title)
        return self._story(
            cover_block(self.say, self.round, self.dataset, self.outlines, self.language, self.digest, titles)
        )

    def _opening(self, title: str, lead: str) -> list[Part]:
        """Return a heading, the mark of simulated data, and a lead that says of how many regions is told."""
        mark = [prose(self.say.get("summary.simulated"))] if self.dataset.simulated else []
        return [heading(1, self.say.get(title)), *mark, prose(self.say.say(lead, n=len(self.codes)))]

    def _story(self, *blocks: Block) -> Story:
        return Story(self.code, self.digest, blocks)
