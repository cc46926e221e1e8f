"""What two solvers answer to an SMT-LIB text, read from it alone."""

from __future__ import annotations

import cvc5
import z3


def answer(text: str) -> str:
    """What cvc5 answers: `sat`, `unsat` or `unknown`.

    ValueError where it cannot read the text, or answers otherwise than the status in the text says.
    """
    solver = cvc5.Solver(cvc5.TermManager())
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question")
    printed: list[str] = []
    while not (command := parser.nextCommand()).isNull():
        printed.append(command.invoke(solver, parser.getSymbolManager()))
    return _checked("".join(printed))


def plain_answer(text: str) -> str:
    """The same of Z3, as its command line would read the text."""
    context = z3.Context()  # must live as long as the call
    try:
        return _checked(z3.Z3_eval_smtlib2_string(context.ref(), text))
    except z3.Z3Exception as problem:
        raise ValueError(str(problem)) from problem


def _checked(printed: str) -> str:
    if (result := printed.strip()) not in ("sat", "unsat", "unknown"):
        raise ValueError(result)
    return result
