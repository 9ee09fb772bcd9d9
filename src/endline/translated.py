"""Parameters in the language of a report: names and texts as they are printed, all else as it is."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from endline.model import Dataset, Indicator, Outline, Round
from endline.params import Params
from endline.regions import Regions
from endline.wording import Wording

Record = TypeVar("Record", bound=BaseModel)
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def in_language(params: Params, language: str) -> Params:
    """Return the parameters with their names in a language; the same where its wording translates none."""
    say = Wording(params.wording(language))
    return _Translated(params, say, language) if say.translates else params


class _Translated(Params):
    """Copies of frozen records, a text replaced where the wording's `names` hold it; only what a report prints."""

    def __init__(self, params: Params, say: Wording, language: str) -> None:
        super().__init__(params.project)
        self._received, self._say, self._language = params, say, language

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators by id, each with its name in the language (`name_en`)."""
        received = self._received.indicators.items()
        return {key: self._named(_copy(indicator, self._say)) for key, indicator in received}

    def outline(self, outline_id: str, where: str = "outlines") -> Outline:
        """Return an outline with its targets, told by its own names before those that all share."""
        names = self._received.outline_names(outline_id, self._language)
        return _copy(self._received.outline(outline_id, where), self._say, names)

    def dataset(self, dataset_id: str, where: str = "dataset") -> Dataset:
        """Return what is said of a dataset."""
        return _copy(self._received.dataset(dataset_id, where), self._say)

    def round(self, round_id: str) -> Round:
        """Return a round."""
        return _copy(self._received.round(round_id), self._say)

    def regions(self, dataset_id: str = "") -> Regions:
        """Return the register of regions."""
        return Regions(_copy(region, self._say) for region in self._received.regions(dataset_id).values())

    def _named(self, indicator: Indicator) -> Indicator:
        return indicator.model_copy(update={"name": getattr(indicator, f"name_{self._language}", indicator.name)})


def _copy(record: Record, say: Wording, names: Mapping[str, str] = NO_NAMES) -> Record:
    changed = {name: told for name, value in record if (told := _told(name, value, say, names)) is not value}
    return record.model_copy(update=changed) if changed else record


def _told(name: str, value: Any, say: Wording, names: Mapping[str, str]) -> Any:
    if type(value) is str:
        return names.get(value) or (say.told_clause(value) if name == "clause" else say.told(value))
    if type(value) is tuple:
        return tuple(_told(name, one, say, names) for one in value)
    return _copy(value, say, names) if isinstance(value, BaseModel) else value
