"""A judged record to one JSON object for programs, shaped as `schema-judge-1.json` says."""

from __future__ import annotations

from msgspec.structs import asdict

from cbm.outcomes.judgement import Judgement
from cbm.render.json_page import described_page
from cbm.render.judgement.judgement_document import VERSION, JudgementDocument


def render(judged: Judgement) -> str:
    """The object, indented, with a line break at its end."""
    whole = JudgementDocument(**asdict(judged), version=VERSION, exit_code=judged.exit.value)  # type: ignore[arg-type]  # one of these three
    return described_page(whole, "judge", VERSION)
