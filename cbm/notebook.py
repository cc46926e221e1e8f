"""An answer as a notebook shows it: its page in a frame of its own, where nothing runs and nothing is loaded."""

from __future__ import annotations

from cbm import public_api


def framed(answer: object) -> str:
    """The frame, as HTML, with the page for people where there is none in HTML.

    What makes pages stands above what asks here, so the public API is asked for the page.
    """
    from html import escape  # only who draws an answer waits for it

    library = public_api.library
    try:
        page: str = library.render(answer, "html")
    except library.Misuse:
        page = f"<pre>{escape(library.render(answer))}</pre>"
    style = "width:100%;height:32em;border:1px solid #8886"
    return f'<iframe sandbox="" title="{type(answer).__name__}" style="{style}" srcdoc="{escape(page)}"></iframe>'
