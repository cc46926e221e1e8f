"""Every page that tests compare with, written anew: `python -m tests.golden`; read the difference before you commit it.

The pages of the sample report and of the map of the strait, the schemas, what is told of slips, what is made in the
pages for readers, what commands print there, and what is generated for editors.
"""

from __future__ import annotations

from tests.highlighting import golden as colours
from tests.pages import made, shown
from tests.render import golden as reports
from tests.render import schemas
from tests.render.maps import golden as maps
from tests.resolve import messages

if __name__ == "__main__":
    reports.rewrite()
    maps.rewrite()
    schemas.rewrite()
    messages.rewrite()
    made.rewrite()
    shown.rewrite()
    colours.rewrite()
