"""In which order tests run, and how many examples the laws are tried on.

What fails should fail early and near its cause. So the quick tests of single modules come first, from the lower rooms
of cbm/ to the upper ones (as pyproject.toml lists them for the import contract); then whole texts and programs; then
the laws, in the same order of rooms; then the package.

Laws are tried on the examples of the profile: `HYPOTHESIS_PROFILE=nightly pytest`, or `pytest --hypothesis-profile
nightly`, for the long run, with other examples each time.
"""

import atexit
import gc
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Generator, Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cbm.cache.answer_file import answers_kept_in
from tests.laws.drawing import draw_unasked

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)  # drawing a whole norm system takes a while

settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("nightly", max_examples=2_000, deadline=None, suppress_health_check=_SLOW)
os.environ["CBM_NO_CACHE"] = "1"  # a test asks everything itself, in whichever process
os.environ["CBM_JOBS"] = "1"  # tests run beside each other: none starts processes that it does not ask for
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
draw_unasked()

_HERE = Path(__file__).parent
# Where whole texts are checked or whole programs run: many rooms at once, and seconds rather than milliseconds.
_WHOLE = (
    *(
        "checks",
        "repair",
        "export",
        "coverage_maps",
        "wording",
        "pages",
        "resolve/test_examples.py",
        "cli/test_process.py",
    ),
    *("test_bad_input.py", "cli/test_shown_fixes.py", "test_readme.py", "test_specs.py"),
)
_LAST = ("laws", "benchmarks", "test_package.py")
# Where the same texts are asked about in several tests, each for what it tells in another way. What one of them was
# answered is told again to the others of this run, in whichever process: all questions are asked, once. Not where it is
# tested that something is asked at all, or told again from elsewhere.
_TOLD_AGAIN = (
    *("checks/test_examples.py", "questions", "translation"),
    *("cli/test_coverage.py", "cli/test_inert_pages.py", "cli/test_shown_fixes.py", "render/test_report_reading.py"),
    *("test_readme.py", "test_specs.py"),
)
_ALWAYS_ASKED = ("questions/test_question_run.py", "test_library_page.py")
_ANSWERS = "CBM_TESTS_ANSWERS"


def pytest_configure() -> None:
    """The first process of the run makes the folder, and removes it.

    Where no byte code is written beside the sources, the programs that tests start keep it there: each would compile
    all of cbm anew. Processes that are started from here have the C library of GNU ask for large pages: each context
    of Z3 begins with two tables of eight megabytes, and goes all over them. Others do not know the name.
    """
    os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
    if _ANSWERS not in os.environ:
        os.environ[_ANSWERS] = folder = tempfile.mkdtemp(prefix="cbm-answers-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
            os.environ["PYTHONPYCACHEPREFIX"] = os.path.join(folder, "compiled")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with answers_kept_in(Path(os.environ[_ANSWERS]) if _is_told_again(item.path) else None):
        return (yield)


@pytest.fixture
def answers_of_this_run() -> Path:
    """Where what was answered is kept, for a test in which some is told again and some is not."""
    return Path(os.environ[_ANSWERS])


@cache  # there are many more tests than files, and comparing paths takes longer than many a test
def _is_told_again(file: Path) -> bool:
    return _is_in(file, _TOLD_AGAIN) and not _is_in(file, _ALWAYS_ASKED)


def _is_in(file: Path, places: Iterable[str]) -> bool:
    return any(file.is_relative_to(_HERE / place) for place in places)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests in the order described above; within a room they keep theirs. What is of no room comes first."""
    tool = tomllib.loads((_HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    floors = reversed(tool["importlinter"]["contracts"][0]["layers"])
    floor = {room: number for number, rooms in enumerate(floors) for room in re.split(r"\s*[|:]\s*", rooms)}

    @cache
    def place(file: Path) -> tuple[int, int]:
        last = next((stage for stage, start in enumerate(_LAST, 2) if _is_in(file, (start,))), 0)
        stage = last or int(_is_in(file, _WHOLE))
        parts = file.relative_to(_HERE).parts
        room = parts[parts[0] == "laws"].removeprefix("test_").removesuffix(".py")
        return stage, floor.get(room, -1)

    items.sort(key=lambda item: place(item.path))


def pytest_collection_finish() -> None:
    """What is there before the first test stays till the last, and is not looked through for garbage again and again.

    Tests make much that is gone soon. What goes round in circles is mostly what Hypothesis draws with, young when it is
    left: it takes less to look often among the youngest, while little is there, than seldom among many.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 20, 100)
