"""What a project settles for its checks in `cbm.toml` or `pyproject.toml`: which files, rules, dates and severities.

The nearest file above a text holds for it, and takes nothing over from files further up.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from cbm.finding import ALWAYS, Finding, Hidden, Misuse, Report, RuleId, Severity
from cbm.output import reason
from cbm.records import Record, replace
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import LANGUAGES, Language

OWN, SHARED = "cbm.toml", "pyproject.toml"
_TABLE = ("tool", "cbm")  # in the file that other tools share
_KNOWN = mark("known are {names}")  # where no name that is known comes near
_ONE_OF = mark("it is one of {names}")

Patterns = tuple[str, ...]
Rules = frozenset[RuleId]


class Suite(Record):
    """What is checked together under one name: paths as they are to be read, and what is asked as on a command line."""

    paths: tuple[str, ...]
    as_of: date | None = None
    select: Rules = frozenset()
    ignore: Rules = frozenset()
    fail_level: Severity | None = None


class Configuration(Record):
    """What one file says; patterns are relative to `folder`. `lines` says where each key that is given stands."""

    folder: str = ""
    name: str = ""  # of the file, as readers know it; empty where there is none
    include: Patterns = ()
    exclude: Patterns = ()
    as_of: date | None = None
    select: Rules = frozenset()
    ignore: Rules = frozenset()
    fail_level: Severity | None = None
    baseline: str | None = None  # a file, from the folder on
    lang: Language | None = None
    severity: tuple[tuple[RuleId, Severity], ...] = ()
    per_file_ignores: tuple[tuple[str, Rules], ...] = ()
    suites: tuple[tuple[str, Suite], ...] = ()
    lines: tuple[tuple[str, int], ...] = ()

    def leaves_out(self, path: Path, *, folder: bool = False) -> bool:
        """Whether a file, or a folder with all in it, is not to be read."""
        parts = self._parts(path)
        if any(_matches(pattern, parts) for pattern in self.exclude):
            return True
        return not folder and bool(self.include) and not any(_matches(pattern, parts) for pattern in self.include)

    def ignores(self, path: Path, rule: RuleId) -> bool:
        """Whether findings of a rule in this file are not to be told."""
        return any(rule in rules and _matches(pattern, self._parts(path)) for pattern, rules in self.per_file_ignores)

    def suite(self, name: str) -> Suite:
        """The suite of this name, its paths below the folder of the file. Misuse where there is none."""
        known = dict(self.suites)
        if name not in known:
            if not known:
                raise Misuse(
                    say(
                        "{where} names no suites: write [suites.{name}] with `paths = [...]` in {file}",
                        where=self.name or say("this folder, and above it,"),
                        name=_quoted(name),
                        file=OWN,
                    )
                )
            raise Misuse(
                say(
                    "{file} names no suite `{name}`; {advice}",
                    file=self.name,
                    name=name,
                    advice=_near(name, known, _KNOWN),
                )
            )
        return replace(known[name], paths=tuple(os.path.relpath(Path(self.folder, p)) for p in known[name].paths))

    def _parts(self, path: Path) -> tuple[str, ...]:
        whole = Path(os.path.abspath(path))
        return whole.relative_to(self.folder).parts if self.folder and whole.is_relative_to(self.folder) else ()


NOTHING_CONFIGURED = Configuration()


class Configurations:
    """The configuration of each path: the nearest one, or one for all; and those that came into play so far."""

    def __init__(self, everywhere: Configuration | None = None) -> None:
        self._everywhere = everywhere
        self._known: dict[str, Configuration] = {}
        self.used: dict[Configuration, None] = {}

    def of(self, path: Path) -> Configuration:
        """What holds for a file or a folder. Misuse where its configuration cannot be understood."""
        whole = os.path.abspath(path)
        return self._everywhere or self._nearest(whole if os.path.isdir(whole) else os.path.dirname(whole))

    def use(self, path: Path) -> Configuration:
        """The same, which is in play from now on."""
        found = self.of(path)
        self.used[found] = None
        return found

    def _nearest(self, folder: str) -> Configuration:
        if folder not in self._known:
            above = os.path.dirname(folder)
            own = next(_in_folder(Path(folder)), None)
            self._known[folder] = own or (NOTHING_CONFIGURED if above == folder else self._nearest(above))
        return self._known[folder]

    def agreed_date(self) -> date | None:
        """The date that the files in play ask about; Misuse where they differ."""
        day: date | None = self._agreed("as-of", lambda used: used.as_of)
        return day

    def agreed_level(self) -> Severity | None:
        """The severity from which on the files in play let a run fail; Misuse where they differ."""
        level: Severity | None = self._agreed("fail-level", lambda used: used.fail_level)
        return level

    def agreed_baseline(self) -> Path | None:
        """The file with findings that are known, as the files in play have it; Misuse where they differ."""
        file: Path | None = self._agreed("baseline", lambda used: used.baseline and Path(used.folder, used.baseline))
        return None if file is None else Path(os.path.relpath(file))

    def language_of(self, paths: Iterable[Path]) -> Language | None:
        """The language in which readers are told of these paths; None where the files say none, or several.

        A file that cannot be understood, or looked for, says none: that is told where it counts for more.
        """
        try:
            said = {self.of(path).lang for path in paths}
        except (Misuse, OSError):
            return None
        return said.pop() if len(said) == 1 else None

    def _agreed(self, key: str, value: Callable[[Configuration], Any]) -> Any:
        told = {value(used): used.name for used in self.used if value(used) is not None}
        if len(told) > 1:
            said = (say("{file} says {value}", file=name, value=answer) for answer, name in told.items())
            raise Misuse(
                say(
                    "`{key}` holds for a whole run, and {said}: check them one by one, or give --{key}",
                    key=key,
                    said=say(" and ").join(said),
                )
            )
        return next(iter(told), None)

    def rules(self, ignore: Rules) -> Rules:
        """All rules that are told of some file; `ignore` are left out everywhere."""
        return frozenset[RuleId]().union(*(_told(used, ignore) for used in self.used or (NOTHING_CONFIGURED,)))

    def applied(self, report: Report, excluded: tuple[str, ...], *, selected: bool, ignore: Rules) -> Report:
        """The report as the files want it, and what they hide. `selected`: somebody said which rules to tell."""
        kept, hidden, lowered = list[Finding](), Counter[RuleId](), Counter[tuple[RuleId, Severity]]()
        for finding in report.findings:
            name = finding.primary.span.source.name
            here = NOTHING_CONFIGURED if name.startswith("standard:") else self.of(Path(name))
            told = selected or finding.rule in _told(here, ignore) or finding.rule in ALWAYS
            if not told or here.ignores(Path(name), finding.rule):
                self.used[here] = None
                hidden[finding.rule] += 1
                continue
            wanted = dict(here.severity).get(finding.rule, finding.severity)
            if wanted.weight < finding.severity.weight:
                self.used[here] = None
                lowered[finding.rule, wanted] += 1
            kept.append(finding if wanted is finding.severity else replace(finding, severity=wanted))
        by = tuple(used.name for used in self.used if used.name)
        told_of = Hidden(
            by,
            excluded,
            tuple((rule, hidden[rule]) for rule in RuleId if hidden[rule]),
            tuple((rule, level, count) for (rule, level), count in sorted(lowered.items())),
        )
        return replace(report, findings=tuple(kept), hidden=told_of)


def nearest() -> Configurations:
    """For each text the nearest file above it."""
    return Configurations()


def isolated() -> Configurations:
    """No file counts."""
    return Configurations(NOTHING_CONFIGURED)


def from_file(file: Path) -> Configurations:
    """One file for all texts; its patterns are relative to the working folder. Misuse where it cannot be understood."""
    text = _text(file)
    found = _read(file, text, file.name == SHARED)
    if found is None:
        raise Misuse(say("{file} has no table {table}", file=file, table=f"[{'.'.join(_TABLE)}]"))
    return Configurations(replace(found, folder=str(Path.cwd())))


def described(configuration: Configuration, width: Callable[[str], int] = len) -> str:
    """All keys with what holds, as a file would say it, and where each is from; `width` says what a line takes."""
    lines = dict(configuration.lines)

    def origin(key: str) -> str:
        return f"{configuration.name}:{lines[key]}" if key in lines else say("by default")

    given = {key: getattr(configuration, _field(key)) for key in _KEYS}
    given["fail-level"] = given["fail-level"] or Severity.ERROR
    rows = [(f"{key} = {_written(value)}", origin(key)) for key, value in given.items() if value is not None]
    rows += [] if configuration.as_of else [(say("# as-of = the day on which a text was proposed"), origin("as-of"))]
    rows += [] if configuration.lang else [(say("# lang = that of the texts, or English"), origin("lang"))]
    for table in (table for table in _TABLES if table != _SUITES):
        entries: Iterable[tuple[str, object]] = getattr(configuration, _field(table))
        rows += [(f"[{table}]", origin(table) if table in lines else say("by default, nothing"))]
        rows += [(f"{_quoted(key)} = {_written(value)}", origin(f"{table}.{key}")) for key, value in entries]
    for name, suite in configuration.suites:
        rows.append((f"[suites.{_quoted(name)}]", origin(f"{_SUITES}.{name}")))
        said = ((key, getattr(suite, _field(key))) for key in _SUITE_KEYS)
        rows += [(f"{key} = {_written(value)}", origin(f"{_SUITES}.{name}")) for key, value in said if value]
    columns = max(width(row) for row, _ in rows)
    return "".join(f"{row}{' ' * (columns - width(row))}  # {where}\n" for row, where in rows)


def _told(used: Configuration, ignore: Rules) -> Rules:
    return (used.select or frozenset(RuleId)) - used.ignore - ignore


# Reading a file


class _Wrong(Exception):
    """Something that a key cannot be; `word` is what to look for in its lines."""

    def __init__(self, message: str, word: str = "") -> None:
        super().__init__(message)
        self.word = word


def _in_folder(folder: Path) -> Iterator[Configuration]:
    """The configuration that stands in a folder itself, if any: a file of its own counts first."""
    for name in (OWN, SHARED):
        file = folder / name
        if os.path.lexists(file) and (name == OWN or file.is_file()):
            text = _text(file)
            found = _read(file, text, name == SHARED) if name == OWN or "cbm" in text else None
            if found is not None:
                yield found


def _text(file: Path) -> str:
    shown = _shown(file)
    if not os.path.lexists(file):
        raise Misuse(say("{file} does not exist", file=shown))
    if not os.path.isfile(file):
        raise Misuse(say("{file} is no plain file", file=shown))
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as refusal:
        raise Misuse(say("{file} cannot be read: {reason}", file=shown, reason=reason(refusal))) from None
    except UnicodeDecodeError as refusal:
        words = say("{file} is not UTF-8 text (byte {number}): save it as UTF-8", file=shown, number=refusal.start)
        raise Misuse(words) from None


def _read(file: Path, text: str, shared: bool) -> Configuration | None:
    """What a file says; None where it says nothing to cbm. Misuse, with all that is wrong in it."""
    import tomllib

    shown, text = _shown(file), text.replace("\r\n", "\n")
    try:
        content: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Misuse(_no_toml(shown, str(problem))) from None
    root = _TABLE if shared else ()
    for number, part in enumerate(root):
        if part not in content:
            return None
        content = content[part]
        if not isinstance(content, dict):
            where = root[: number + 1]
            words = say("`{key}` is a table: write {table}", key=".".join(where), table=f"[{'.'.join(root)}]")
            raise Misuse(f"{shown}:{_line(text, where)}: {words}")
    values: dict[str, Any] = {}
    problems: list[tuple[int, str]] = []
    for key, value in content.items():
        try:
            values[_field(key)] = _reader(key)(value)
        except _Wrong as wrong:
            problems.append((_line(text, (*root, key), wrong.word), str(wrong)))
    if problems:
        raise Misuse("\n".join(f"{shown}:{line}: {words}" for line, words in sorted(problems)))
    places = [(key, _line(text, (*root, key))) for key in content]
    places += [(f"{t}.{key}", _line(text, (*root, t, key))) for t in _TABLES for key in content.get(t, ())]
    return Configuration(folder=os.path.abspath(file.parent), name=shown, **values, lines=tuple(places))


def _no_toml(shown: str, problem: str) -> str:
    words, _, place = problem.partition(" (at ")
    numbers = [part for part in place.rstrip(")").replace(",", " ").split() if part.isdigit()]
    why = say("this is no TOML: {problem}", problem=f"{words[:1].lower()}{words[1:]}")
    return f"{':'.join((shown, *numbers))}: {why}"


def _line(text: str, key: tuple[str, ...], word: str = "") -> int:
    """The line on which a key stands, or a word in what it is set to, counted from 1.

    A statement ends with the shortest beginning of the text that can be read and has the key.
    """
    import tomllib

    lines = text.split("\n")
    start = 1
    for end in range(1, len(lines) + 1):
        try:
            content: Any = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        for part in key:
            content = content.get(part) if isinstance(content, dict) else None
        if content is not None and not (word and not any(word in line for line in lines[start - 1 : end])):
            return next((n for n in range(start, end + 1) if word and word in lines[n - 1]), start)
        start = end + 1
    return 1


def _reader(key: str) -> Callable[[object], object]:
    if key in _READERS:
        return _READERS[key]
    advice = _near(key.lower().replace("_", "-"), _READERS, _KNOWN)
    raise _Wrong(say("unknown key `{key}`; {advice}", key=key, advice=advice))


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    """The advice to write the nearest name; where none is near, what else is said of those that are `known`."""
    from difflib import get_close_matches

    among = list(known)
    near = get_close_matches(name, among, n=1)
    if near:
        return say("did you mean `{near}`?", near=near[0])
    return say(otherwise, names=listed([f"`{one}`" for one in among], ","))


def _patterns(key: str) -> Callable[[object], Patterns]:
    return lambda value: tuple(_texts(key, value, '["drafts", "*.cbm.md"]'))


def _file(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        words = say('`baseline` is the name of a file, such as "known.json", and not {given}', given=_said(value))
        raise _Wrong(words, "baseline")
    return value


def _texts(key: str, value: object, such_as: str) -> list[str]:
    if isinstance(value, str):
        raise _Wrong(say("`{key}` is a list: write {list}", key=key, list=f"[{_quoted_text(value)}]"), key)
    if not isinstance(value, list):
        raise _Wrong(
            say("`{key}` is a list, such as {example}, and not {given}", key=key, example=such_as, given=_said(value)),
            key,
        )
    for one in value:
        if not isinstance(one, str) or not one.strip():
            words = mark("`{key}` is a list of texts, such as {example}, and has {given} in it")
            raise _Wrong(say(words, key=key, example=such_as, given=_said(one)), key)
    return value


def _rules_in(key: str) -> Callable[[object], Rules]:
    return lambda value: frozenset(_rule(name) for name in _texts(key, value, '["gap", "seam"]'))


def _hidden_rules(key: str) -> Callable[[object], Rules]:
    """Rules that are not told; some always are."""

    def read(value: object) -> Rules:
        rules = _rules_in(key)(value)
        for rule in sorted(rules & ALWAYS):
            words = mark("`{rule}` is always told: without it a text would look fine that was not checked")
            raise _Wrong(say(words, rule=rule), rule)
        return rules

    return read


def _rule(name: str) -> RuleId:
    try:
        return RuleId.named(name)
    except Misuse as unknown:
        raise _Wrong(str(unknown), name) from None


def _day(value: object) -> date:
    if isinstance(value, datetime):
        raise _Wrong(say("`as-of` is a day without a time of day: write {day}", day=value.date()))
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _Wrong(say("`as-of` is a date, such as 2019-10-01, and not {given}", given=_said(value)))


def _language(value: object) -> Language:
    for language in LANGUAGES:
        if value == language:
            return language
    names = listed([f"`{language}`" for language in LANGUAGES], ",")
    words = say(
        "`{name}` cannot be {given}; {advice}", name="lang", given=_said(value), advice=say(_ONE_OF, names=names)
    )
    raise _Wrong(words, "lang")


def _level(key: str) -> Callable[[object], Severity]:
    def read(value: object) -> Severity:
        if isinstance(value, str) and value in set(Severity):
            return Severity(value)
        advice = _near(value.lower() if isinstance(value, str) else "", list(Severity), _ONE_OF)
        words = say("`{name}` cannot be {given}; {advice}", name=key, given=_said(value), advice=advice)
        raise _Wrong(words, value if isinstance(value, str) else "")

    return read


def _severities(value: object) -> tuple[tuple[RuleId, Severity], ...]:
    table = _table("severity", value, 'gap = "note"')
    found = tuple((_rule(name), _level(name)(level)) for name, level in table.items())
    for rule, _ in found:
        if rule in ALWAYS:
            words = mark("`{rule}` keeps its severity: without it a text would look fine that was not checked")
            raise _Wrong(say(words, rule=rule), rule)
    return found


def _file_ignores(value: object) -> tuple[tuple[str, Rules], ...]:
    table = _table("per-file-ignores", value, '"drafts/old/**" = ["gap"]')
    return tuple((pattern, _hidden_rules(pattern)(rules)) for pattern, rules in table.items())


def _suites(value: object) -> tuple[tuple[str, Suite], ...]:
    named = _table(_SUITES, value, 'treaty = { paths = ["drafts/treaty"] }')
    return tuple((name, _suite(name, said)) for name, said in named.items())


def _suite(name: str, value: object) -> Suite:
    table = _table(f"suites.{_quoted(name)}", value, 'paths = ["drafts"]')
    if unknown := [key for key in table if key not in _SUITE_KEYS]:
        near = _near(unknown[0].lower().replace("_", "-"), _SUITE_KEYS, _KNOWN)
        words = say("unknown key `{key}` of the suite `{name}`; {advice}", key=unknown[0], name=name, advice=near)
        raise _Wrong(words, unknown[0])
    if not table.get("paths"):
        words = mark('the suite `{name}` has no `paths`: write `paths = ["drafts"]`, from the folder of this file')
        raise _Wrong(say(words, name=name), name)
    return Suite(**{_field(key): _SUITE_KEYS[key](said) for key, said in table.items()})


def _table(key: str, value: object, such_as: str) -> dict[str, object]:
    if not isinstance(value, dict):
        words = mark("`{key}` is a table: write [{key}], and below it lines such as {example}")
        raise _Wrong(say(words, key=key, example=such_as))
    return value


_KEYS: Mapping[str, Callable[[object], object]] = {
    "include": _patterns("include"),
    "exclude": _patterns("exclude"),
    "as-of": _day,
    "select": _rules_in("select"),
    "ignore": _hidden_rules("ignore"),
    "fail-level": _level("fail-level"),
    "baseline": _file,
    "lang": _language,
}
_SUITES = "suites"
_SUITE_KEYS: Mapping[str, Callable[[object], Any]] = {
    "paths": _patterns("paths"),
    **{key: _KEYS[key] for key in ("as-of", "select", "ignore", "fail-level")},
}
_TABLES: Mapping[str, Callable[[object], object]] = {
    "severity": _severities,
    "per-file-ignores": _file_ignores,
    _SUITES: _suites,
}
_READERS = {**_KEYS, **_TABLES}


def _field(key: str) -> str:
    return key.replace("-", "_")


def _shown(file: Path) -> str:
    whole, here = Path(os.path.abspath(file)), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()


def _said(value: object) -> str:
    """A value in words, as far as it is short."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return say("a table")
    if isinstance(value, list):
        return say("a list")
    written = " ".join(str(value).split())
    return f"`{written}`" if len(written) <= 40 else say("something else")


def _written(value: object) -> str:
    """A value as TOML has it."""
    if isinstance(value, frozenset):
        return f"[{', '.join(_quoted_text(rule) for rule in RuleId if rule in value)}]"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted_text, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return _quoted_text(str(value))


def _quoted(key: str) -> str:
    return key if key and all(c.isascii() and (c.isalnum() or c in "-_") for c in key) else _quoted_text(key)


def _quoted_text(text: str) -> str:
    from json import dumps  # the same escapes

    return dumps(text, ensure_ascii=False)


def _matches(pattern: str, path: tuple[str, ...]) -> bool:
    """Whether a pattern is for a path, or for a folder that it lies in; without a `/` it is for any name on the way."""
    parts = tuple(part for part in pattern.removeprefix("./").split("/") if part)
    return _meets(parts if "/" in pattern.rstrip("/") else ("**", *parts), path) if parts else False


def _meets(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_meets(pattern[1:], path[n:]) for n in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _meets(pattern[1:], path[1:])
