"""A file that is no TOML, to what is wrong in it, at its line, with what to write in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from cbm.translation.saying import say

_UNJOINED = "<<<<<<< "  # what git writes in front of two versions of a passage
_LONGEST = 100  # so many lines at most are looked at for the beginning of a statement that ends with a mistake
_TRIED = 150  # so many ways to write a line at most are tried
_SLIPS = 3  # so many slips at most are mended on one line
_LARGE = 100_000  # in so many characters, which nobody writes by hand, no statement is looked for
_LONG = 200  # for a longer line no other way to write it is looked for
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*"|\'[^\']*\')')
# What a line does not end in, what opens or closes a list, and the end of a line.
_TOKEN = re.compile(
    r"""
    \"{3}(?:\\.|[^\\])*?\"{3,} | '{3}.*?'{3,}
    | \"(?:\\.|[^\"\\\n])*\" | '[^'\n]*'
    | \#[^\n]* | [\[\]{}\n]
    """,
    re.DOTALL | re.VERBOSE,
)
_WORD = re.compile(r"[^\s,\[\]{}()\"'#=]+")
_PLAIN = re.compile(r"true|false|none|null|nil|[+-]?\d[\d_.:TZ-]*", re.IGNORECASE)
_LISTED = re.compile(r"(\s*[^\s,\[\]{}()=#]+\s*(,|$))+\s*")
_KEY = r"[\w.-]+|\"[^\"]*\""


def told(shown: str, text: str, problem: Exception, refused: Callable[[Any], str] = lambda _: "") -> str:
    """What is wrong in the text of a file, which cannot be read for this problem; it begins with its place.

    A line is advised only where the file can be read with it that far, and what it says is not `refused` with words.
    """
    numbers, text = _numbers(problem), text.replace("\r\n", "\n")
    lines = text.split("\n")[: numbers[0]] if numbers else text.rstrip().split("\n")
    if numbers and lines[-1].startswith(_UNJOINED):
        message = say("two versions of this passage stand here, which git could not join")
        advice = say("write what is meant, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
        return f"{shown}:{numbers[0]}: {say('{message}; {advice}', message=message, advice=advice)}"
    if len(text) > _LARGE:
        return f"{':'.join((shown, *map(str, numbers)))}: {_in_general()}"
    if key := _set_before(lines):
        line = line_of("\n".join(lines[:-1]), key)
        twice = say("`{key}` is set on line {line} already: say all of it there", key=".".join(key), line=line)
        return f"{shown}:{len(lines)}: {twice}"
    number, words = _advice(text.split("\n"), len(lines), refused)
    place = (shown, str(number)) if number else (shown, *map(str, numbers))
    return f"{':'.join(place)}: {words or _in_general()}"


def line_of(text: str, key: tuple[str, ...], word: str = "") -> int:
    """The line on which a key stands, or a word in what it is set to, counted from 1.

    It is that of the first statement that sets the key; where the word is not in it, of the next one that has the word.
    """
    lines = text.split("\n")
    header, reached = "", False
    for start, end in _statements(text):
        told = lines[start:end]
        if told[0].lstrip().startswith("["):
            header = told[0]
            reached = reached or _sets(_loaded(told), key)
        else:
            reached = reached or _sets(_loaded([header, *told]), key)
        if reached and (not word or any(word in line for line in told)):
            return next((n + 1 for n in range(start, end) if word and word in lines[n]), start + 1)
    return 1


def _sets(content: Any, key: tuple[str, ...]) -> bool:
    """Whether what was read has a key."""
    for part in key:
        content = content.get(part) if isinstance(content, dict) else None
    return content is not None


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """The lines of each statement, from the first one (counted from 0) on and before the last one.

    A line without a statement is one by itself. What is not closed goes on to the end.
    """
    start = line = depth = 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        depth += (token in "[{") - (token in "]}")
        line += token.count("\n")
        if token == "\n" and depth <= 0:
            yield start, line
            start, depth = line, 0
    yield start, line + 1


def _in_general() -> str:
    lines = {"one": 'key = "text"', "several": 'key = ["one", "two"]', "table": "[table]"}
    return say("this is no TOML: its lines are such as `{one}`, `{several}` and `{table}`", **lines)


def _advice(lines: list[str], last: int, refused: Callable[[Any], str]) -> tuple[int, str]:
    """The line, and what to write there; 0 and nothing where no way to write it was found."""
    start = _start(lines, last)
    # Where a statement goes on to the line of the mistake, it was made there, or where the statement begins.
    for at in sorted({last - 1, max(start, last - 2), start}, reverse=True):
        refusal = partly = ""
        for mended in _mended(lines[at]):
            whole, end = [*lines[:at], *mended.split("\n"), *lines[at + 1 :]], last + mended.count("\n")
            complete = _loaded(whole[:end]) is not None
            if not complete and (partly or not _goes_on(whole, end)):
                continue
            begun = mended.lstrip().startswith("[")  # what a table holds comes below it
            if words := "" if begun else refused(_statement(whole, start, last)):
                refusal = refusal or words
            elif complete:
                return at + 1, _written(mended)
            else:
                partly = mended
        if partly or refusal:
            return at + 1, _written(partly) if partly else refusal
    return 0, ""


def _written(mended: str) -> str:
    first, _, second = mended.partition("\n")
    if second:
        return say("this is no TOML: write `{first}` and `{second}`, each on a line", first=first, second=second)
    return say("this is no TOML: write `{line}`", line=mended.strip())


def _mended(line: str) -> Iterator[str]:
    """Ways to write the line, those with the fewest changes first."""
    seen, ways = {line}, [line] if len(line) <= _LONG else []
    for _ in range(_SLIPS):
        further = list[str]()
        for way in ways:
            for change in _CHANGES:
                mended = change(way)
                if mended not in seen and len(seen) < _TRIED:
                    seen.add(mended)
                    further.append(mended)
                    yield mended
        ways = further


def _statement(lines: list[str], start: int, last: int) -> Any:
    """What the statement says that begins at one line, and ends at another one or behind it; None: nobody knows."""
    header = next((line for line in reversed(lines[:start]) if line.startswith("[")), "")
    for end in range(last, min(len(lines), last + _LONGEST) + 1):
        own = _loaded(lines[start:end] if lines[start].startswith("[") else [header, *lines[start:end]])
        if own is not None:
            return own
    return None


def _start(lines: list[str], last: int) -> int:
    """How many lines stand before the statement that ends with a mistake on the last one."""
    ends = range(last - 1, max(-1, last - 1 - _LONGEST), -1)
    start = next((end for end in ends if _loaded(lines[:end]) is not None), last - 1)
    while start < last - 1 and not lines[start].strip():
        start += 1
    return start


def _goes_on(lines: list[str], last: int) -> bool:
    """Whether a list goes on behind this line, and nothing is wrong up to there."""
    problem = _problem(lines)
    numbers = _numbers(problem) if problem else ()
    return not problem or bool(numbers and numbers[0] > last)


def _numbers(problem: Exception) -> tuple[int, ...]:
    """The line and the column of a mistake, as Python tells them; none at the end of a file."""
    place = str(problem).partition(" (at ")[2].rstrip(")").replace(",", " ")
    return tuple(int(part) for part in place.split() if part.isdigit())


def _set_before(lines: list[str]) -> tuple[str, ...]:
    """The key that the last statement sets, if those before it do as well; empty where something else is wrong."""
    for start in range(len(lines) - 1, max(-1, len(lines) - 1 - _LONGEST), -1):
        header = next((line for line in reversed(lines[:start]) if line.startswith("[")), "")
        own = _loaded(lines[start:] if lines[start].startswith("[") else [header, *lines[start:]])
        if own is None:
            continue
        key = list[str]()
        before: Any = _loaded(lines[:start])
        while isinstance(own, dict) and len(own) == 1:
            ((part, own),) = own.items()
            if not isinstance(before, dict) or part not in before:
                return ()
            key.append(part)
            before = before[part]
        return tuple(key)
    return ()


def _loaded(lines: list[str]) -> Any:
    """What these lines say; None where they cannot be read by themselves."""
    import tomllib

    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None


def _problem(lines: list[str]) -> Exception | None:
    import tomllib

    try:
        tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError) as problem:
        return problem
    return None


def _signs(line: str) -> str:
    """With the signs of other languages and of word processors as TOML has them."""
    return line.translate(_OTHER_SIGNS)


_OTHER_SIGNS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』＂", '"'),
        **dict.fromkeys("‘’‚＇`", "'"),
        **dict.fromkeys("\u00a0\u3000\u2003\u2009", " "),
        "＝": "=",
        "［": "[",
        "］": "]",
        "，": ",",
        "、": ",",
        "＃": "#",
    }
)


def _slashes(line: str) -> str:
    """With the slashes of paths that hold everywhere."""
    return line.replace("\\", "/")


def _equals(line: str) -> str:
    """With the one sign that sets a key."""
    return re.sub(rf"^(\s*(?:{_KEY}))\s*(?:==|:=|=>|:(?=\s|$)|(?=\s+[\"'\[]))\s*", r"\1 = ", line, count=1)


def _header(line: str) -> str:
    """With both brackets of a table."""
    found = re.fullmatch(r"\s*\[+([^\[\]=]+)\]*\s*", line)
    return line if found is None else f"[{found[1].strip()}]"


def _header_quoted(line: str) -> str:
    """With a name of a table in quotation marks that needs them."""
    found = re.fullmatch(r"\s*\[([^\[\]\"']+)\]\s*", line)
    if found is None:
        return line
    parts = (part.strip() for part in found[1].split("."))
    return f"[{'.'.join(part if re.fullmatch(r'[A-Za-z0-9_-]+', part) else _quoted(part) for part in parts)}]"


def _key_quoted(line: str) -> str:
    """With a key in quotation marks that needs them."""
    found = re.match(r"\s*([^\s=\"'\[#]+)(\s*=)", line)
    if found is None or re.fullmatch(r"[A-Za-z0-9_.-]+", found[1]):
        return line
    return f"{_quoted(found[1])}{line[found.end(1) :]}"


def _comment(line: str) -> str:
    """With the sign that begins a comment."""
    return re.sub(r"(^|\s)(?://|;|--|/\*)(?=\s)", r"\1#", line, count=1)


def _day(line: str) -> str:
    """With days as they are written."""
    line = re.sub(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", lambda f: f"{f[1]}-{f[2]:0>2}-{f[3]:0>2}", line)
    return re.sub(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", lambda f: f"{f[3]}-{f[2]:0>2}-{f[1]:0>2}", line)


def _lower(line: str) -> str:
    """With `true` and `false` in small letters."""
    return re.sub(r"=\s*(True|False|TRUE|FALSE)\b", lambda found: f"= {found[1].lower()}", line)


def _words_quoted(line: str) -> str:
    """With the words of what a key is set to in quotation marks."""
    key, sign, value, remark = _parted(line)
    if not sign and not _LISTED.fullmatch(value):
        return line
    parts = _TEXT.split(value)
    parts[::2] = [_WORD.sub(lambda f: f[0] if _PLAIN.fullmatch(f[0]) else _quoted(f[0]), part) for part in parts[::2]]
    return f"{key}{sign}{''.join(parts)}{remark}"


def _value_quoted(line: str) -> str:
    """With all that a key is set to as one text."""
    key, sign, value, remark = _parted(line)
    meant = value.strip().strip("\"'")
    if not meant or any(sign in meant for sign in "\"'[]{}#=") or (_PLAIN.fullmatch(meant) and meant.isalpha()):
        return line
    return f"{key}{sign} {_quoted(meant)}{remark}"


def _listed(line: str) -> str:
    """With what a key is set to as a list."""
    key, sign, value, remark = _parted(line)
    meant = value.strip()
    if meant[:1] in "([{" and meant:
        meant = meant[1:]
    return f"{key}{sign} [{meant.rstrip(')]},; ')}]{remark}" if sign and meant else line


def _commas(line: str) -> str:
    """With one comma between what a list holds."""
    line = re.sub(r",(\s*,)+", ",", line)
    return re.sub(r"([\"'])\s+(?=[\"'])", r"\1, ", line)


def _comma_behind(line: str) -> str:
    """With a comma at the end, within a list."""
    return f"{line.rstrip()}," if not _parted(line)[1] and re.search(r"[\"'\]\w]\s*$", line) else line


def _end(line: str) -> str:
    """Without a sign at the end."""
    return re.sub(r"(?<=[\"'\]\w])\s*[;,\]]\s*$", "", line)


def _two(line: str) -> str:
    """With a second statement on a line of its own."""
    found = re.fullmatch(r"(.*?[\"'\]\w])\s*[;,]?\s+((?:[\w.-]+)\s*=.*)", line)
    return line if found is None else f"{found[1].rstrip(';, ')}\n{found[2]}"


def _parted(line: str) -> tuple[str, str, str, str]:
    """The key, the sign behind it, what it is set to and the comment; of the line of a list that goes on, no key."""
    found = re.match(rf"\s*(?:{_KEY})\s*=(?!=)", line)
    rest = line[found.end() :] if found else line
    remark = re.search(r"\s+#[^\"']*$", rest)
    value = rest[: remark.start()] if remark else rest
    return found[0][:-1] if found else "", "=" if found else "", value, remark[0] if remark else ""


def _quoted(text: str) -> str:
    return f'"{text}"'


_CHANGES: tuple[Callable[[str], str], ...] = (
    _signs,
    _equals,
    _header,
    _header_quoted,
    _key_quoted,
    _comment,
    _day,
    _lower,
    _slashes,
    _words_quoted,
    _value_quoted,
    _commas,
    _listed,
    _comma_behind,
    _end,
    _two,
)
