"""What stands in a file, as long as that is no more than a file with words can be: others are not loaded."""

from __future__ import annotations

import errno
import os
from pathlib import Path

LARGEST = 80_000_000  # bytes: a text of 20 million characters, which is the longest that is read, has no more


def bounded_bytes(file: Path) -> bytes:
    """The bytes of a file; OSError where it cannot be read, or is larger than any text."""
    with file.open("rb") as opened:
        found = opened.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return found


def bounded_text(file: Path, encoding: str, errors: str = "strict") -> str:
    """The words of a file, its lines told apart as in any text file; OSError as above, and UnicodeDecodeError."""
    return bounded_bytes(file).decode(encoding, errors).replace("\r\n", "\n").replace("\r", "\n")
