"""What was written of a certificate, and what became of it, in sentences for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cbm.certify.certificates import Certified
from cbm.certify.rows import CarriedBy
from cbm.certify.verification import BOTH, Verified
from cbm.report import Ending
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count

# So many files of a kind are told one by one.
_SHOWN = 10


def describe_certificate(written: Certified, index: str) -> str:
    """One line: `Wrote 161 questions for 580 verdicts (…): 161 with a file, …; see out/index.tsv`."""
    if not written.verdicts:
        return say("No question was asked, so there is nothing to certify; see {index}", index=index)
    questions = say_count("{count:,} question", "{count:,} questions", written.files)
    return say(
        "Wrote {questions} for {verdicts} ({endings}): {classes}; see {index}",
        questions=questions,
        verdicts=say_count("{count:,} verdict", "{count:,} verdicts", written.verdicts.total()),
        endings=_endings(written.verdicts),
        classes=_classes(written.classes),
        index=index,
    )


def describe_verification(verified: Verified) -> Iterator[str]:
    """What goes against the report first, then what is not known, then what holds."""
    yield from _listed(mark("error: {what}"), verified.contradicted)
    yield from _listed(mark("refused proof: {what}"), [f"`{file}`: {why}" for file, why in verified.unproved])
    doubtful = [say("{solver}: `{file}`", solver=who, file=file) for file, who in verified.doubtful]
    yield from _listed(mark("decided by {what}"), doubtful)
    yield from _answered(verified)
    yield from _beside_answers(verified)


def _answered(verified: Verified) -> Iterator[str]:
    """What the solvers answer, and whether their proofs were checked."""
    solvers = listed(verified.solvers)
    if len(verified.solvers) == len(BOTH):
        yield say_count(
            "Asked {solvers}: both answer {count:,} question as the report says.",
            "Asked {solvers}: both answer {count:,} questions as the report says.",
            verified.answered,
            solvers=solvers,
        )
    else:
        yield say_count(
            "Asked {solvers}: it answers {count:,} question as the report says.",
            "Asked {solvers}: it answers {count:,} questions as the report says.",
            verified.answered,
            solvers=solvers,
        )
        if verified.unusable:
            yield say("Checked by one solver only: cvc5 cannot be used: {reason}", reason=verified.unusable)
        else:
            yield say("Checked by one solver only: cvc5 is not installed (`pip install 'cbm-checker[certify]'`).")
    if verified.proofs is not None:
        yield say_count(
            "ethos accepts {count:,} proof of cvc5.", "ethos accepts {count:,} proofs of cvc5.", verified.proofs
        )
    elif len(verified.solvers) == len(BOTH):
        yield say("Proofs were not checked: ethos, or the signature Cpc.eo for it, is not at hand.")


def _beside_answers(verified: Verified) -> Iterator[str]:
    """The verdicts that no solver was asked about, and why."""
    if verified.resting:
        yield say_count(
            "{count:,} more verdict rest on these, or are so by definition.",
            "{count:,} more verdicts rest on these, or are so by definition.",
            verified.resting,
        )
    if verified.of_words:
        yield say_count(
            "No question for a solver: {count:,} verdict that compares what the texts say, in words and figures.",
            "No question for a solver: {count:,} verdicts that compare what the texts say, in words and figures.",
            verified.of_words,
        )
    if verified.uncertified:
        yield say_count(
            "Not certified: {count:,} clear verdict that the search of cbm alone stands behind; the index says which, "
            "and why.",
            "Not certified: {count:,} clear verdicts that the search of cbm alone stands behind; the index says which, "
            "and why.",
            verified.uncertified,
        )
    others = Counter({ending: n for ending, n in verified.without_file.items() if ending != Ending.CLEAR})
    if others.total():
        yield say_count(
            "No file carries {count:,} other verdict ({endings}); the index says why.",
            "No file carries {count:,} other verdicts ({endings}); the index says why.",
            others.total(),
            endings=_endings(others),
        )


def _listed(words: str, sentences: tuple[str, ...] | list[str]) -> Iterator[str]:
    for sentence in sentences[:_SHOWN]:
        yield say(words, what=sentence)
    if len(sentences) > _SHOWN:
        yield say(words, what=say("… and {count:,} more", count=len(sentences) - _SHOWN))


_CARRIED_BY = {
    CarriedBy.FILE: mark("{count:,} with a file"),
    CarriedBy.OTHERS: mark("{count:,} resting on files of others"),
    CarriedBy.DEFINITION: mark("{count:,} by definition"),
    CarriedBy.TEXT: mark("{count:,} of what texts say"),
    CarriedBy.SEARCH: mark("{count:,} not certified"),
    CarriedBy.NOTHING: mark("{count:,} undecided"),
}


def _classes(counted: Counter[CarriedBy]) -> str:
    return say(", ").join(say(_CARRIED_BY[one], count=counted[one]) for one in CarriedBy if counted[one])


def _endings(counted: Counter[Ending] | Counter[str]) -> str:
    told = {Ending.FOUND: mark("{count:,} found"), Ending.CLEAR: mark("{count:,} clear")}
    told[Ending.UNDECIDED] = mark("{count:,} undecided")
    return say(", ").join(say(told[ending], count=counted[ending]) for ending in Ending if counted[ending])
