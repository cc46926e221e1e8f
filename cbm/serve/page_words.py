"""What the page itself says, in the language spoken: words of its parts, and sentences that its script shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from html import escape

from cbm.finding import Severity
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.translation.speech import spoken

# Words in the page as it is served.
_PARTS = {
    "text": mark("Text"),
    "save": mark("Save"),
    "loading": mark("Loading …"),
    "the_text": mark("The text"),
    "fitting": mark("Words that fit here"),
    "what_is_said": mark("What cbm says of it"),
    "at_the_cursor": mark("At the cursor"),
    "findings": mark("Findings"),
    "map": mark("Map"),
    "draw": mark("Draw which encounters the text governs"),
}
# Sentences that the script shows; it puts values into the places of some.
_SENTENCES = {
    "reading": mark("Reading …"),
    "governed": mark("Which encounters the text governs"),
    "gone": mark("{problem}: is “cbm serve” still running?"),
    "ways": mark("Look for ways out"),
    "nothing": mark("Nothing was found."),
    "looking": mark("Looking for changes that settle it: this takes a while …"),
    "line": mark("{name}: {text}"),
    "cursor": mark("Put the cursor on a word or on the number of a clause."),
    "saved": mark("Saved."),
    "unsaved": mark("What you wrote is not saved. Open the other text?"),
    "drawing": mark("Drawing …"),
    "empty": mark("There is no text in this folder: “cbm init” writes one to begin with."),
}


def spoken_page(template: str) -> str:
    """The page with its words in their places, and with the sentences for its script."""
    words = {name: say(words) for name, words in _PARTS.items()}
    sentences = json.dumps({name: say(words) for name, words in _SENTENCES.items()}, ensure_ascii=False)
    places = {**words, "sentences": sentences, "language": spoken()}
    return template.format_map({name: escape(value) for name, value in places.items()})


def state(severities: Iterable[Severity], *, final: bool) -> str:
    """How much is found, and whether that is all."""
    counted = Counter(severities)
    told = [_count(severity, counted[severity]) for severity in Severity if counted[severity]]
    found = listed(told, ",") or say("nothing found")
    return say("Checked: {found}.", found=found) if final else say("Checking … ({found} so far)", found=found)


def _count(severity: Severity, count: int) -> str:
    match severity:
        case Severity.ERROR:
            return say_count("{count} error", "{count} errors", count)
        case Severity.WARNING:
            return say_count("{count} warning", "{count} warnings", count)
        case _:
            return say_count("{count} note", "{count} notes", count)
