"""What a question is answered with is in one language: told in it when it is made, and shown in no other one."""

from __future__ import annotations

from cbm.notebook import framed
from cbm.records import Record, field
from cbm.translation.speech import Language, spoken


class SpokenRecord(Record, kw_only=True):
    """A record whose words are in one language, the one that was spoken when it was made."""

    language: Language = field(default_factory=spoken)

    def _repr_html_(self) -> str:
        return framed(self)
