"""`cbm`, and `python -m cbm`: the command line, of which a question for the version alone imports nothing."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # type checkers know better; importing the name takes longer than all the rest here

if TYPE_CHECKING:
    from typing import NoReturn

# Objects that Python lets come into being before it first looks for cycles among them, and before it looks again: a
# check makes many and hardly any cycles, and the usual 700 are there many times over before a command is imported. What
# is imported, read and understood stays, and a check that is known is over by then.
_AT_FIRST, _MANY = 600_000, 100_000
_MISUSE = 2  # as `cbm.finding` has it, which is not imported for that
_UNWRITTEN = 120  # what Python itself ends with where the last words could not be written


def main() -> int:
    """Runs the command that the process was started with."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from cbm.version import VERSION

        try:
            sys.stdout.write(f"cbm {VERSION}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            pass  # a reader who has seen enough
        except OSError as problem:
            sys.stderr.write(f"Error: cannot write: {str(problem.strerror).lower()}\n")
            return _MISUSE
        return 0
    try:
        from cbm.cli import main as command_line
    except ImportError as problem:  # of packages without which nothing can be told in any other way
        words = (
            "a Python package that cbm needs is missing or damaged: install `cbm-checker` again, with all that it needs"
        )
        sys.stderr.write(f"Error: {words} ({problem})\n")
        return _MISUSE

    _hear_interruptions()
    return command_line()


def _hear_interruptions() -> None:
    import signal

    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def run() -> NoReturn:
    """Runs it as a process that then ends at once: to take apart what a check has built takes longer than short checks.

    So nothing may be left to be done when Python ends; all files are closed by then, and all other processes gone.
    """
    import gc
    import os
    import signal

    def look_sooner(*_: object) -> None:
        gc.set_threshold(_MANY)
        gc.callbacks.remove(look_sooner)

    gc.set_threshold(_AT_FIRST)
    gc.callbacks.append(look_sooner)  # it is called when cycles are looked for
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is lost as long as nothing has begun
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not stream.closed:  # a server has closed its own
                stream.flush()
        except BrokenPipeError:
            pass  # a reader who has seen enough
        except (OSError, ValueError):
            code = code or _UNWRITTEN
    os._exit(code)


if __name__ == "__main__":
    run()
