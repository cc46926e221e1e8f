"""Makes the pictures and the table of rooms anew; read the difference before you commit it."""

from __future__ import annotations

from tests.pages.made import MADE
from tests.pages.rooms import ROOT

if __name__ == "__main__":
    for name, make in MADE.items():
        (ROOT / name).write_text(make(), encoding="utf-8", newline="\n")
