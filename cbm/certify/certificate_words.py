"""What was written of a certificate, and what became of it, in sentences for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cbm.certify.certificates import Certified
from cbm.certify.verification import BOTH, Verified
from cbm.finding import Ending

# So many files of a kind are told one by one.
_SHOWN = 10


def describe_certificate(written: Certified, index: str) -> str:
    """One line: `Wrote 161 questions for 580 verdicts (…); see out/index.tsv`."""
    verdicts = _count(written.verdicts.total(), "verdict")
    return f"Wrote {_count(written.files, 'question')} for {verdicts} ({_endings(written.verdicts)}); see {index}"


def describe_verification(verified: Verified) -> Iterator[str]:
    """What goes against the report first, then what is not known, then what holds."""
    yield from _listed("error: ", verified.contradicted)
    yield from _listed("refused proof: ", [f"`{file}`: {why}" for file, why in verified.unproved])
    yield from _listed("decided by ", [f"{who}: `{file}`" for file, who in verified.doubtful])
    solvers = " and ".join(verified.solvers)
    how = "both answer" if len(verified.solvers) == len(BOTH) else "it answers"
    yield f"Asked {solvers}: {how} {_count(verified.answered, 'question')} as the report says."
    if len(verified.solvers) < len(BOTH):
        yield "Checked by one solver only: cvc5 is not installed (`pip install 'cbm-checker[certify]'`)."
    if verified.proofs is not None:
        yield f"ethos accepts {_count(verified.proofs, 'proof')} of cvc5."
    elif len(verified.solvers) == len(BOTH):
        yield "Proofs were not checked: ethos, or the signature Cpc.eo for it, is not at hand."
    if verified.resting:
        yield f"{_count(verified.resting, 'more verdict')} rest on these, or are so by definition."
    if verified.uncertified:
        verdicts = _count(verified.uncertified, "clear verdict")
        yield f"Not certified: {verdicts} that the search of cbm alone stands behind; the index says which, and why."
    others = Counter({ending: n for ending, n in verified.without_file.items() if ending != Ending.CLEAR})
    if others.total():
        yield f"No file carries {_count(others.total(), 'other verdict')} ({_endings(others)}); the index says why."


def _listed(head: str, sentences: tuple[str, ...] | list[str]) -> Iterator[str]:
    for sentence in sentences[:_SHOWN]:
        yield f"{head}{sentence}"
    if len(sentences) > _SHOWN:
        yield f"{head}… and {len(sentences) - _SHOWN:,} more"


def _endings(counted: Counter[Ending] | Counter[str]) -> str:
    return ", ".join(f"{counted[ending]:,} {ending}" for ending in Ending if counted[ending])


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
