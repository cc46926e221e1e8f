"""What is wrong with a package that cbm needs and that could not be loaded: it is missing, or damaged where it lies."""

from __future__ import annotations

import sys
from traceback import walk_tb

from cbm.translation.saying import say

_CBM = __name__.partition(".")[0]


def broken_package(problem: Exception) -> str:
    """What is wrong and how to put it right; nothing where no import of something outside cbm raised it."""
    package = _package(problem)
    if package in ("", *sys.stdlib_module_names):
        return ""
    if isinstance(problem, ModuleNotFoundError) and problem.name == package:
        return say(
            "the Python package `{package}`, which cbm needs, is not installed: install `cbm-checker` again, with all "
            "that it needs",
            package=package,
        )
    return say(
        "the Python package `{package}`, which cbm needs, cannot be loaded ({reason}): install `{distribution}` again",
        package=package,
        reason=" ".join(str(problem).split()) or type(problem).__name__,
        distribution=_distribution(package),
    )


def _package(problem: Exception) -> str:
    """The package that cbm was importing when it was raised; none where cbm was importing nothing, or itself."""
    frames = [frame for frame, _ in walk_tb(problem.__traceback__)]
    packages = [frame.f_globals.get("__name__", "").partition(".")[0] for frame in frames]
    last = max((number for number, package in enumerate(packages) if package == _CBM), default=-1)
    if beyond := frames[last + 1 :]:
        return packages[last + 1] if beyond[0].f_code.co_name == "<module>" else ""
    name = (problem.name or "").partition(".")[0] if isinstance(problem, ImportError) else ""
    return "" if name == _CBM else name


def _distribution(package: str) -> str:
    """Under which name it is installed."""
    from importlib.metadata import packages_distributions

    return packages_distributions().get(package, ["cbm-checker"])[0]
