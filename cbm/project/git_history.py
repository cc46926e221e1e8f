"""Files as they were in a reference of git, written out with all that a check reads of their project."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from cbm.finding import Misuse
from cbm.project.configuration.settings import OWN, SHARED
from cbm.project.spec_files import IN_GIT, SUFFIXES
from cbm.translation.saying import say


def reference_of(against: str) -> str:
    """The reference that `git:REF` names; Misuse where it names none."""
    reference = against.removeprefix(IN_GIT)
    if not against.startswith(IN_GIT) or not reference:
        raise Misuse(say("`{given}` is no git reference: write `git:HEAD` or `git:v1`, for example", given=against))
    return reference


def written_out(paths: Iterable[Path], reference: str, folder: Path) -> list[Path | None]:
    """The paths as they were, below the folder, one for each; None for one that was not there.

    Misuse where a path lies in no repository, or not all lie in the same one, or there is no such reference.
    """
    inside: list[Path] = []
    roots: dict[Path, None] = {}
    for path in paths:
        place = path.resolve()
        within = place if place.is_dir() else place.parent
        outside = say("{path} lies in no git repository", path=path)
        top = _git(within, "rev-parse", "--show-toplevel", asked=outside)
        root = Path(top.decode().strip()).resolve()
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
    missing = say("there is no git reference `{reference}`", reference=reference)
    _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}", asked=missing)
    archive = _git(root, "archive", "--format=tar", f"{reference}^{{commit}}", asked=missing)
    with tarfile.open(fileobj=BytesIO(archive)) as packed:
        packed.extractall(folder, members=[m for m in packed.getmembers() if _is_read(m)], filter="data")
    (folder / ".git").mkdir(exist_ok=True)  # the project ends here, as it does there
    return [folder / path if (folder / path).exists() else None for path in inside]


def _is_read(member: tarfile.TarInfo) -> bool:
    return member.isfile() and (member.name.endswith(SUFFIXES) or Path(member.name).name in (OWN, SHARED))


def _git(folder: Path, *words: str, asked: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError:
        raise Misuse(say("git is not installed, so there is no reference to compare with")) from None
    if done.returncode:
        raise Misuse(asked)
    return done.stdout
