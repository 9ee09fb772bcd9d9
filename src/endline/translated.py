"""The names and texts of parameter and data files as they are printed in a report's language."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from endline.params import Params
from endline.regions import Regions

Record = TypeVar("Record")


class Translation:
    """Texts of one language by the texts that the files hold; what it does not know stays as it is."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @classmethod
    def of(cls, params: Params, language: str) -> "Translation":
        """Return the translation into a language: the `names` of its wording; nothing where that has none."""
        lists: Mapping[str, Mapping[str, str]] = params.wording(language).get("names", {})
        if not lists:
            return cls({})
        named = {i.name: getattr(i, f"name_{language}", i.name) for i in params.indicators.values()}
        return cls({**named, **{own: told for texts in lists.values() for own, told in texts.items()}})

    def __call__(self, record: Record) -> Record:
        """Return a record, a tuple, a list or a text with every text that is known in the language."""
        return self._told(record) if self._texts else record  # type: ignore[no-any-return]

    def each(self, records: Mapping[str, Record]) -> Mapping[str, Record]:
        """Return records by their keys, which stay."""
        return {key: self(record) for key, record in records.items()} if self._texts else records

    def regions(self, register: Regions) -> Regions:
        """Return the register with its regions' names."""
        return Regions(self(region) for region in register.values()) if self._texts else register

    def _told(self, value: Any) -> Any:
        if type(value) is str:
            return self._texts.get(value, value)
        if type(value) in (tuple, list):
            return type(value)(map(self._told, value))
        if isinstance(value, BaseModel):
            told = {name: self._told(own) for name, own in value}
            changed = {name: one for name, one in told.items() if one != getattr(value, name)}
            return value.model_copy(update=changed) if changed else value
        return value
