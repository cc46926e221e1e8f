"""What Z3 and cvc5 answer to an SMT-LIB text, read from it alone, and what ethos says to a proof of cvc5.

Z3 is asked here as anybody would ask it: by the text, with nothing of `smt/solve.py` between. cvc5 and ethos are used
where they are at hand.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from threading import get_ident

from cbm.process.budget import current_budget
from cbm.process.output import reason
from cbm.smt.journal import Verdict
from cbm.translation.saying import say

# Whoever reads the answer must not be told it.
_STATUS = re.compile(r"^\(set-info :status \w+\)\n", re.MULTILINE)
# Z3's procedure for alternating quantifiers (Bjørner and Janota 2015): its plain one gives many of them up.
_ALTERNATING = "(check-sat-using (then simplify qsat))"
_CHECK = "(check-sat)"
# What a solver may do for one question, as each of them counts it, so that every machine gets the same answer; some ten
# seconds on one that has nothing else to do. Z3 tries each way for a while before it tries one for long; first its
# plain one for a moment, which answers most questions about large texts sooner.
_Z3_STEPS, _Z3_FIRST, _Z3_MOMENT, _CVC5_STEPS = 100_000_000, 2_000_000, 200_000, 10_000_000

_FOR_EVER = 2**32 - 1  # milliseconds; solvers take no larger number


@dataclass(frozen=True, slots=True)
class Garbled:
    """A solver could not read the text, or printed what is no answer."""

    said: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """A solver is installed, and cannot be used."""

    said: str


Opinion = Verdict | Garbled | Unusable


def has_cvc5() -> bool:
    """Whether the second solver is installed."""
    return find_spec("cvc5") is not None


def z3_opinion(text: str, seconds: float | None = None) -> Opinion:
    """What Z3 answers; what its plain procedure does not answer at once, the one for quantifiers is asked, and in turn.

    `seconds`: it gives up after so long, whatever it has done; else after so many steps.
    """
    import z3

    asked = _STATUS.sub("", text)
    ways = [asked.replace(_CHECK, _ALTERNATING), asked] if "(exists " in asked else [asked]
    tries = [(_z3_limit(_Z3_MOMENT, None), asked)]
    tries += product((_z3_limit(_Z3_FIRST, None), _z3_limit(_Z3_STEPS, None)), ways)
    if seconds is not None:
        tries = [(_z3_limit(None, seconds), way) for way in ways]
    opinion: Opinion = Verdict.UNKNOWN
    budget = current_budget()
    for limit, way in tries:
        context = z3.Context()  # must live as long as the call
        budget.interrupts[get_ident()] = context.interrupt
        try:
            opinion = _read(z3.Z3_eval_smtlib2_string(context.ref(), limit + way))
        except z3.Z3Exception as problem:
            said = problem.value
            opinion = Garbled(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))
        finally:
            del budget.interrupts[get_ident()]
            z3.set_param(rlimit=0, timeout=_FOR_EVER)
        if budget.why():
            return opinion if isinstance(opinion, Verdict) else Verdict.UNKNOWN
        if opinion is not Verdict.UNKNOWN:
            return opinion
    return opinion


def _z3_limit(steps: int | None, seconds: float | None) -> str:
    """Both kinds of limit; Z3 keeps them for all that it is asked later in this process, until others are set."""
    wait = _FOR_EVER if seconds is None else _milliseconds(seconds)
    return f"(set-option :rlimit {steps or 0})\n(set-option :timeout {wait})\n"


def cvc5_opinion(text: str, seconds: float | None = None) -> Opinion:
    """What cvc5 answers; `seconds` as above."""
    opinion, _ = _cvc5(text, seconds, proof=False)
    return opinion


def cvc5_proof(text: str, seconds: float | None = None) -> str:
    """A proof in cvc5's calculus (CPC) that nothing meets the text; nothing where it finds none within its limit."""
    return _cvc5(text, seconds, proof=True)[1]


def _cvc5(text: str, seconds: float | None, proof: bool) -> tuple[Opinion, str]:
    try:
        import cvc5

        solver = cvc5.Solver(cvc5.TermManager())
        parser = cvc5.InputParser(solver)
    except Exception as problem:  # whatever is wrong with what is installed
        return Unusable(str(problem) or type(problem).__name__), ""
    if seconds is None:
        solver.setOption("rlimit-per", str(_CVC5_STEPS))
    if (longest := _longest(seconds)) is not None:
        solver.setOption("tlimit-per", str(max(1, _milliseconds(longest))))
    if proof:
        solver.setOption("produce-proofs", "true")
        solver.setOption("proof-granularity", "dsl-rewrite")
    printed: list[str] = []
    try:
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, _STATUS.sub("", text), "question")
        while not (command := parser.nextCommand()).isNull():
            printed.append(str(command.invoke(solver, parser.getSymbolManager())))
        opinion = _read("".join(printed))
        if not proof or opinion is not Verdict.UNSAT:
            return opinion, ""
        said = solver.proofToString(solver.getProof()[0], cvc5.ProofFormat.CPC)
        return opinion, said.decode("utf-8") if isinstance(said, bytes) else str(said)
    except MemoryError:
        return Verdict.UNKNOWN, ""
    except Exception as problem:  # cvc5 has no class of its own for what it cannot read
        return Garbled(str(problem)), ""


def _milliseconds(seconds: float) -> int:
    return round(min(seconds * 1000, _FOR_EVER))


def _longest(seconds: float | None) -> float | None:
    """So long may be waited, in seconds, for who is given so many; None: without end."""
    given = [some for some in (seconds, current_budget().left()) if some is not None]
    return max(0.0, min(given)) if given else None


def _read(printed: str) -> Opinion:
    """cvc5 says in brackets why it gave a question up."""
    said = printed.strip()
    if said == "timeout" or said.endswith("canceled") or said.startswith("unknown ("):
        return Verdict.UNKNOWN
    return Verdict(said) if said in set(Verdict) else Garbled(said)


@dataclass(frozen=True, slots=True)
class ProofChecker:
    """The program ethos, and the definition of the calculus that it checks by, which comes with the sources of cvc5."""

    program: Path
    signature: Path

    def refusal(self, proof: str, seconds: float | None = None) -> str:
        """Why it does not accept a proof; nothing where it does."""
        whole = f'(include "{self.signature.resolve()}")\n{proof}'
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "proof.eo")
            file.write_text(whole, encoding="utf-8")
            try:
                done = subprocess.run(
                    [str(self.program), str(file)],
                    capture_output=True,
                    encoding="utf-8",
                    errors="replace",
                    timeout=_longest(seconds),
                    check=False,
                )
            except OSError as problem:
                return say("ethos cannot be run: {reason}", reason=reason(problem))
            except subprocess.TimeoutExpired:
                return say("ethos gave no answer in time")
        said = (done.stdout + done.stderr).split()
        if done.returncode == 0 and said and said[-1] == "correct":
            return ""
        return " ".join(said)[-200:] or say("exit code {code}", code=done.returncode)


def proof_checker(signature: Path | None = None) -> ProofChecker | None:
    """The checker, where it is at hand: ethos on the path, and the signature named or where cvc5's script leaves it."""
    program = shutil.which("ethos")
    if program is None:
        return None
    beside = Path(program).resolve().parent / "../../proofs/eo/cpc/Cpc.eo"  # deps/bin in cvc5's sources
    found = signature or beside
    return ProofChecker(Path(program), found) if found.is_file() else None
