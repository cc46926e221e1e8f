"""`cbm`, and `python -m cbm`: the command line, of which a question for the version alone imports nothing."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command that the process was started with."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from cbm.version import VERSION

        sys.stdout.write(f"cbm {VERSION}\n")
        return 0
    from cbm.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
