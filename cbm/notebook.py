"""An answer as a notebook shows it: its HTML page in a frame of its own, where nothing runs and nothing is loaded."""

from __future__ import annotations

from cbm import public_api


def framed(answer: object) -> str:
    """The frame, as HTML. What makes pages stands above what asks here, so the public API is asked for the page."""
    from html import escape  # only who draws an answer waits for it

    page: str = public_api.library.render(answer, "html")
    style = "width:100%;height:32em;border:1px solid #8886"
    return f'<iframe sandbox="" title="{type(answer).__name__}" style="{style}" srcdoc="{escape(page)}"></iframe>'
