"""Files as they were in a reference of git, written out with all that a check reads of their project."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from cbm.finding import Misuse
from cbm.project.configuration.settings import OWN, SHARED
from cbm.project.spec_files import IN_GIT, is_spec
from cbm.records import Record
from cbm.translation.saying import mark, say

_FILES = ("100644", "100755")  # how git says what an entry of a tree is
_LINK = "120000"
_SUBMODULE = "160000"
_NO_REFERENCE = mark("there is no git reference `{reference}`")
_NOTHING_SHARED = mark("the two sides of `{reference}` go back to no commit in common")
_CUT_OFF = mark(
    "there is no git reference `{reference}` here, and this copy of the repository holds the newest commits only: "
    "fetch the others first, in GitHub Actions with `fetch-depth: 0`"
)


class WrittenOut(Record):
    """The paths as they were, one for each, None for one that was not there; and submodules that cannot be read.

    A path that was called otherwise stands by the name that it had.

    `here` stands for the working folder, or for the top of the repository if that is elsewhere.
    """

    paths: tuple[Path | None, ...]
    missing: tuple[str, ...]
    here: Path


class _Entry(Record):
    """What a tree holds at a path, and by which name git keeps it."""

    mode: str
    name: str
    path: Path


def reference_of(against: str) -> str:
    """The reference that `git:REF` names; Misuse where it names none."""
    reference = against.removeprefix(IN_GIT)
    if not against.startswith(IN_GIT) or not reference:
        raise Misuse(say("`{given}` is no git reference: write `git:HEAD` or `git:v1`, for example", given=against))
    return reference


def written_out(paths: Iterable[Path], reference: str, folder: Path) -> WrittenOut:
    """The paths as they were, below the folder; one below which no text was counts as not there.

    Misuse where a path lies in no repository, or not all lie in the same one, or there is no such reference.
    """
    inside: list[Path] = []
    roots: dict[Path, None] = {}
    for path in paths:
        place = path.resolve()
        root = _repository(path, place if os.path.isdir(place) else place.parent)
        roots.setdefault(root)
        inside.append(place.relative_to(root))
    if len(roots) != 1:
        raise Misuse(
            say(
                "these paths lie in several git repositories, of which none knows `{reference}` for all",
                reference=reference,
            )
        )
    (root,) = roots
    commit = _commit(root, reference)
    missing = tuple(_write(root, commit, folder))
    (folder / ".git").mkdir(exist_ok=True)  # the project ends here, as it does there
    working = Path.cwd().resolve()
    here = folder / working.relative_to(root) if working.is_relative_to(root) else folder
    there = {path for path in inside if _holds_a_text(folder / path)}
    renamed = list(_renamed(root, commit)) if len(there) < len(set(inside)) else []
    earlier = (path if path in there else _earlier_name(path, renamed) for path in inside)
    return WrittenOut(tuple(None if path is None else folder / path for path in earlier), missing, here)


def _commit(root: Path, reference: str) -> str:
    """The commit that is meant; of `main...`, as in `git diff`, the newest one that HEAD and main both go back to."""
    known = _named(root, reference)
    one, parted, other = reference.partition("...")
    if known or not parted:
        return known or _refuse(root, _NO_REFERENCE, reference)
    ends = [_named(root, end) or _refuse(root, _NO_REFERENCE, end) for end in (one or "HEAD", other or "HEAD")]
    shared = _git(root, "merge-base", *ends)
    return shared.stdout.decode().strip() or _refuse(root, _NOTHING_SHARED, reference)


def _renamed(root: Path, commit: str) -> Iterator[tuple[Path, Path]]:
    """The names that texts had, each with the one it has now, as far as git knows of it (`git add`)."""
    words = "--find-renames", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv", "-z"
    told = _told(root, "diff", *words, "--end-of-options", commit, "--").split(b"\0")[:-1]
    for was, now in zip(told[1::3], told[2::3], strict=True):
        if is_spec(os.fsdecode(was).rpartition("/")[2]):
            yield Path(os.fsdecode(was)), Path(os.fsdecode(now))


def _earlier_name(path: Path, renamed: Iterable[tuple[Path, Path]]) -> Path | None:
    """What a file or a folder was called; None where it was not there, or its texts come from several places."""
    homes = set[Path]()
    for was, now in renamed:
        if now.is_relative_to(path):
            below = len(now.parts) - len(path.parts)
            homes.add(was.parents[below - 1] if 0 < below <= len(was.parts) else was)
    return homes.pop() if len(homes) == 1 else None


def _named(root: Path, reference: str) -> str:
    """The commit of this name; empty where there is none."""
    words = "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"
    asked = _git(root, *words)
    return "" if asked.returncode else asked.stdout.decode().strip()


def _refuse(root: Path, words: str, reference: str) -> NoReturn:
    raise Misuse(say(_CUT_OFF if _is_cut_off(root) else words, reference=reference))


def _is_cut_off(root: Path) -> bool:
    """Whether the repository has the newest commits only, as servers fetch it."""
    return _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _repository(path: Path, within: Path) -> Path:
    asked = _git(within, "rev-parse", "--show-toplevel")
    if not asked.returncode:
        return Path(os.fsdecode(asked.stdout.rstrip(b"\n"))).resolve()
    if any(os.path.exists(above / ".git") for above in (within, *within.parents)):
        raise _refused(path, asked.stderr)
    raise Misuse(say("{path} lies in no git repository", path=path))


def _refused(path: Path, words: bytes) -> Misuse:
    """The first line of what git says of it."""
    why = words.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
    return Misuse(say("git does not read the repository of {path}: {reason}", path=path, reason=why))


def _holds_a_text(path: Path) -> bool:
    return path.is_file() or any(is_spec(name) for _, _, names in os.walk(path) for name in names)


def _write(root: Path, commit: str, folder: Path) -> Iterator[str]:
    """Writes what a check reads of a commit; and says which submodules it cannot read, as their commits are not here.

    All that is there, whatever `.gitattributes` leaves out of archives. Links come last: nothing is written over them.
    """
    entries = list(_entries(root, commit))
    read = [one for one in entries if one.mode in _FILES and _is_read(one.path)]
    for one, content in zip(read, _contents(root, [one.name for one in read]), strict=True):
        place = folder / one.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    for one in entries:
        if one.mode == _SUBMODULE and _git(root / one.path, "cat-file", "-e", f"{one.name}^{{commit}}").returncode:
            yield one.path.as_posix()
        elif one.mode == _SUBMODULE:
            yield from _write(root / one.path, one.name, folder / one.path)
    links = [one for one in entries if one.mode == _LINK]
    for one, target in zip(links, _contents(root, [one.name for one in links]), strict=True):
        place = folder / one.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # not every system makes links
            place.symlink_to(os.fsdecode(target))


def _entries(root: Path, commit: str) -> Iterator[_Entry]:
    for line in _told(root, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, kept = about.decode().split()
        path = Path(os.fsdecode(name))
        if not path.anchor and ".." not in path.parts:
            yield _Entry(mode, kept, path)


def _is_read(path: Path) -> bool:
    return is_spec(path.name) or path.name in (OWN, SHARED)


def _contents(root: Path, names: list[str]) -> Iterator[bytes]:
    """What git keeps by each of these names, in their order; Misuse where it does not keep all of it."""
    told = _told(root, "cat-file", "--batch", said="".join(f"{name}\n" for name in names))
    start = 0
    for _ in names:
        head = told.index(b"\n", start)
        if told[start:head].endswith(b" missing"):
            raise _refused(root, told[start:head])
        size = int(told[start:head].split()[-1])
        yield told[head + 1 : head + 1 + size]
        start = head + size + 2


def _told(root: Path, *words: str, said: str = "") -> bytes:
    """What git says; Misuse where it cannot."""
    asked = _git(root, *words, said=said)
    if asked.returncode:
        raise _refused(root, asked.stderr)
    return asked.stdout


def _git(folder: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[bytes]:
    """A hook of git is told its repository, and not where its files lie: so the folder says which one is meant."""
    surroundings = dict(os.environ)
    if "GIT_WORK_TREE" not in surroundings:
        surroundings.pop("GIT_DIR", None)
    command = ["git", "-C", str(folder), *words]
    try:
        return subprocess.run(command, capture_output=True, check=False, input=said.encode(), env=surroundings)
    except OSError:
        raise Misuse(say("git is not installed, so there is no reference to compare with")) from None
