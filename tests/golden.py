"""The pages that tests compare with, written anew: `python -m tests.golden [PART …]`, all where none is named.

Read the difference before you commit it.

The pages of the sample report and of the map of the strait, the schemas, what is told of slips, what is made in the
pages for readers, what commands print there, and what is generated for editors.
"""

from __future__ import annotations

import sys

from tests.highlighting import golden as colours
from tests.pages import made, shown
from tests.render import golden as reports
from tests.render import schemas
from tests.render.maps import golden as maps
from tests.resolve import messages

PARTS = {
    "reports": reports.rewrite,
    "maps": maps.rewrite,
    "schemas": schemas.rewrite,
    "messages": messages.rewrite,
    "made": made.rewrite,
    "shown": shown.rewrite,
    "colours": colours.rewrite,
}

if __name__ == "__main__":
    asked = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in asked if name not in PARTS]:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for name in asked:
        PARTS[name]()
