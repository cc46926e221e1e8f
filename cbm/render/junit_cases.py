"""Cases and suites of JUnit XML, as pytest writes them and code hosts show them; no other place knows junitparser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import fromstring, tostring

from junitparser import Attr, JUnitXml, TestCase, TestSuite
from junitparser import Error as Error
from junitparser import Failure as Failure
from junitparser import Skipped as Skipped

from cbm.render.columns import visible
from cbm.report import Unread
from cbm.translation.saying import say

# What XML cannot hold and is not made visible already.
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")


class PlacedCase(TestCase):
    """A case with the file it is about, as pytest writes it and GitLab shows it."""

    file = Attr()


def document(name: str, cases: Iterable[tuple[str, PlacedCase]]) -> str:
    """The cases by the names of their suites, on one line for each; those of one name are numbered."""
    whole = JUnitXml(name)
    seen: Counter[tuple[str, str, str]] = Counter()
    suites: dict[str, TestSuite] = {}
    for suite, case in cases:
        same = suite, case.classname, case.name
        seen[same] += 1
        if seen[same] > 1:
            case.name = f"{case.name} ({seen[same]})"  # those who read it tell cases by their classes and names
        if suite not in suites:
            suites[suite] = TestSuite(suite)
        suites[suite].add_testcase(case)
    for one in suites.values():
        whole.add_testsuite(one)
    whole.update_statistics()  # type: ignore[no-untyped-call]  # junitparser gives it no types
    # Written anew, since junitparser writes otherwise where lxml happens to be installed.
    written: str = tostring(fromstring(whole.tostring()), encoding="unicode")  # type: ignore[no-untyped-call]  # the same
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + written.replace("><testcase", ">\n<testcase").replace("##", "&#35;#")
        + "\n"
    )


def unread_cases(unread: Iterable[Unread], stopped: str) -> Iterator[PlacedCase]:
    """What was not read, and why a run ended early: errors, each by itself."""
    for file in unread:
        case = named_case(str(file), "cbm")
        case.result = [Error(say("not read, so nothing is said of it"), "not-read")]
        yield case
    if stopped:
        case = named_case(say("stopped before the end"), "cbm")
        case.result = [Error(inert(stopped), "stopped")]
        yield case


def named_case(name: str, group: str) -> PlacedCase:
    return PlacedCase(inert(name), group)


def inert(text: str) -> str:
    """One line that XML can hold."""
    return visible(text).encode("utf-8", "backslashreplace").decode().translate(_NO_CHARACTERS)
