"""What a situation is called: the noun by which sentences name it."""

from __future__ import annotations

from cbm.core.norms import NormSystem
from cbm.translation.saying import mark, say
from cbm.translation.speech import spoken

_OFTEN = mark("encounter")  # what most vocabularies call it, with titles or without


def situation_words(system: NormSystem) -> str:
    """`encounter`: its name, or its title in the language that is spoken."""
    name = system.situation.name
    titles = system.words.translations.get(("situation", name), {})
    return name if spoken() == "en" else titles.get(spoken()) or say(name)
