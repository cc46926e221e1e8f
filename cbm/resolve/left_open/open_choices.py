"""What is open in a text under negotiation, to variables: one for each choice, whatever places share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from cbm.core.dependence.dependence_findings import without_meaning
from cbm.core.expressions import Formula, IsIn, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.packages.choices import CHAIR, LEFT_OUT, ChoiceTie, NegotiatedChoice, ProposedOption
from cbm.core.packages.package_boxes import Box, PackageSpace, TooManyBoxes, bits
from cbm.core.packages.settled_choices import SettledChoices
from cbm.core.sorts import KindSort
from cbm.core.variables import Reading
from cbm.finding import Finding, Misuse, RuleId
from cbm.process.budget import require_going_on
from cbm.records import replace
from cbm.resolve.faults import fault, suggestion, undefined
from cbm.resolve.labels import LabelIndex, full_label, index_labels
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import choice_key, title_of
from cbm.syntax import ast
from cbm.syntax.comments import without_comments
from cbm.translation.listing import listed, row
from cbm.translation.saying import in_english, mark, say, say_count

# Where a choice stands that stands in no clause.
_A_PROMISE = mark("a promise")
_NOT_RENDERED = mark("a provision that is not rendered")


def open_choices(document: ast.Document, index: LabelIndex, scope: Scope) -> tuple[OpenTerm, ...]:
    """The choices of a text in order; Fault where somebody proposes who is no party."""
    places = [_place(document, index, number) for number in range(len(document.choices))]
    shared = Counter(place for place, choice in zip(places, document.choices, strict=True) if choice.name is None)
    before: Counter[str] = Counter()
    delegations = (*_parties(document), CHAIR)
    found: list[OpenTerm] = []
    for at, (place, choice) in enumerate(zip(places, document.choices, strict=True)):
        before[place] += choice.name is None
        if choice.name is not None:
            name = choice.name.text
            title: Callable[[], str] = partial(title_of, choice.titles, name.replace("_", " "))
        else:
            number = None if shared[place] == 1 else before[place]
            title = partial(_bracket, place, number)
            name = in_english(title)
        options = tuple(_options(choice, at, document, index, scope, delegations))
        spoken_of = choice.name is not None or shared[place] == 1
        negotiated = NegotiatedChoice(
            name, options, choice.name is not None, spoken_of, choice.whole, place, span=choice.span
        )
        sort = KindSort(f"option of {name} in {index.document}", tuple(option.member for option in options))
        variable = Reading(name, index.document, None, sort)
        scope.entitle(choice_key(variable), title)
        found.append(OpenTerm(name, index.document, title(), variable, span=choice.span, choice=negotiated))
    return tuple(_where_it_stands(document, found))


def _where_it_stands(document: ast.Document, choices: Sequence[OpenTerm]) -> Iterator[OpenTerm]:
    """The choices, each with the options of others that it stands inside of."""
    for choice, term in zip(document.choices, choices, strict=True):
        assert term.choice is not None
        require_going_on()  # each is held against all others
        stands = disjunction(*(conjunction(*_around(place, document, choices)) for place in choice.places))
        yield replace(term, choice=replace(term.choice, stands=stands))


def _around(place: ast.OpenPlace, document: ast.Document, choices: Sequence[OpenTerm]) -> Iterator[Formula]:
    """That those options are taken between whose first and last word a place of another choice is."""
    for choice, term in zip(document.choices, choices, strict=True):
        for outer in choice.places:
            if outer is not place:
                inside = (o for o, a, b in outer.contents if a <= place.span.start and place.span.end <= b)
                yield from (_is(term, option) for option in inside)


def _bracket(place: str, number: int | None) -> str:
    """What a choice without a name is called: by its place, where that has several with its number."""
    told = place if place != _A_PROMISE else say(_A_PROMISE)
    return told if number is None else say("bracket {number} of {place}", number=number, place=told)


def condition_of(taken: ast.Taken, choices: Sequence[OpenTerm]) -> Formula:
    """That these options are taken."""
    return conjunction(*(_is(choices[number], option) for number, option in taken))


def ties(document: ast.Document, choices: Sequence[OpenTerm]) -> Iterator[ChoiceTie]:
    """The ties of a text; Fault where one speaks of what is not there."""
    for statement in document.statements:
        if isinstance(statement, ast.Tie):
            if "clause" in document.unread and not _all_known(statement, choices):
                continue  # what it speaks of may stand in a clause that could not be read
            taken = [_meant(node, choices) for node in statement.taken]
            only_if = [_meant(node, choices) for node in statement.only_if]
            without = conjunction(*map(negation, taken)) if not only_if else negation(conjunction(*taken))
            allowed = disjunction(without, *(only_if or [conjunction(*taken)]))
            yield ChoiceTie(allowed, " ".join(statement.span.text.split()), statement.span)


def apart_by_ties(document: ast.Document, scope: Scope) -> Callable[[ast.Taken, ast.Taken], bool]:
    """Which options no package takes together, by the ties of a text; Fault where one speaks of what is not there."""
    index, _ = index_labels(document, lambda *_: True)
    choices = open_choices(document, index, scope)
    sizes = tuple(len(term.choice.options) if term.choice else 0 for term in choices)
    written = (statement for statement in document.statements if isinstance(statement, ast.Tie))
    space = PackageSpace(sizes, tuple(box for tie in written for box in _excluded_by(tie, choices)))

    def are_apart(one: ast.Taken, other: ast.Taken) -> bool:
        without = [{number: space.whole(number) & ~_bit(choices[number], taken)} for number, taken in (*one, *other)]
        try:
            return space.is_everything(box for box in without if all(box.values()))
        except TooManyBoxes:
            return False

    return are_apart


def _excluded_by(tie: ast.Tie, choices: Sequence[OpenTerm]) -> Iterator[Box]:
    """The packages that a tie excludes: what it speaks of is taken, and nothing of what that asks for."""
    taken, only_if = ([_option_meant(node, choices) for node in nodes] for nodes in (tie.taken, tie.only_if))
    pairs = [(taken, only_if)] if only_if else [([one], [other]) for one in taken for other in taken]
    sizes = tuple(len(term.choice.options) if term.choice else 0 for term in choices)
    free = PackageSpace(sizes)
    for here, there in pairs:
        boxes = [{choices.index(term): _bit(term, option.number)} for term, option in here]
        missing = free.maximal_outside({choices.index(term): _bit(term, option.number)} for term, option in there)
        yield from free.in_all([*([box] for box in boxes), missing])


def _bit(term: OpenTerm, option: int) -> int:
    """An option of a choice, as packages name it."""
    assert term.choice is not None
    return bits(number for number, one in enumerate(term.choice.options) if one.number == option)


def require_a_package(system: NormSystem) -> None:
    """Fault at the first tie that leaves no package, together with those above it."""
    try:
        if not system.ties or not Negotiation(system).space.is_everything(()):
            return
    except TooManyBoxes:  # whoever asks for packages says that they are not known
        return
    above = next(
        n
        for n in range(len(system.ties))
        if Negotiation(replace(system, ties=system.ties[: n + 1])).space.is_everything(())
    )
    tie = system.ties[above]
    assert tie.span is not None, "it is written in the text"
    message = say("no package is left: whatever is taken, this tie or one above it excludes it")
    raise fault(RuleId.SYNTAX, tie.span, message, remedies=(say("take out a tie, or let it allow more"),))


def find_option(choice: NegotiatedChoice, called: str) -> ProposedOption | str:
    """The option that is called so, by who proposes it, its number or `delete`; else why there is none."""
    if called == "delete":
        found = [option for option in choice.options if option.out]
    elif called.isdigit():
        found = [option for option in choice.options if option.member == called]
    else:
        found = [option for option in choice.options if called in option.proposers]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = listed([f"`{option.member}`" for option in found], "or")
        return say(
            "`{called}` proposes several options of {name}: write {numbers}",
            called=called,
            name=choice.name,
            numbers=numbers,
        )
    known = listed(list(option_names(choice)), ",")
    return say("{name} has no option `{called}`: it has {known}", name=choice.name, called=called, known=known)


def option_names(choice: NegotiatedChoice) -> Iterator[str]:
    """How each option can be called: by who alone proposes it, or by its number."""
    several = Counter(who for option in choice.options for who in option.proposers)
    for option in choice.options:
        alone = next((who for who in option.proposers if several[who] == 1), None)
        yield "delete" if option.out else alone or option.member


def taken_as_written(choice: NegotiatedChoice, option: ProposedOption) -> str:
    """That an option is taken, as users write it: `3.2=JP`."""
    name = next(name for one, name in zip(choice.options, option_names(choice), strict=True) if one == option)
    return f"{choice.name}={name if find_option(choice, name) == option else option.member}"


def _place(document: ast.Document, index: LabelIndex, number: int) -> str:
    """The label of the clause in which the choice stands first, or of the provision that is left out there."""
    for entry in index.all:
        if any(choice == number for choice, _ in entry.taken):
            return entry.whole
    article = ""
    for place, statement in enumerate(document.statements):
        if isinstance(statement, ast.ArticleHeading):
            article = statement.label
        elif isinstance(statement, ast.LeftOut) and number in dict(document.stands_with(place)):
            return full_label(article, statement.label) if statement.label else _NOT_RENDERED
    return _A_PROMISE


def _parties(document: ast.Document) -> Iterator[str]:
    """Whom the header names as parties."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    yield from (party.name.text for party in header.between)
    yield from (party.text for party in header.binding)


def _options(
    choice: ast.Choice,
    number: int,
    document: ast.Document,
    index: LabelIndex,
    scope: Scope,
    delegations: Collection[str],
) -> Iterator[ProposedOption]:
    for option in choice.options:
        for name in option.proposers:
            if name.text not in (*scope.parties, CHAIR):
                raise undefined(say("party"), name.text, name.span, delegations, scope.readers_words("member"))
        proposers = tuple(name.text for name in option.proposers)
        said = list(_said(choice, option, number, index))
        words, *further = dict.fromkeys(said or (option.text,))
        one_by_one = () if len(said) == 1 and option.text else tuple(_one_by_one(choice, option, number, document))
        yield ProposedOption(
            option.number, proposers, option.remark, words, not said, option.span, tuple(further), one_by_one
        )
    if choice.optional:
        yield ProposedOption(LEFT_OUT, (), remark="", words="", out=True, span=choice.span)


def _said(choice: ast.Choice, option: ast.Option, number: int, index: LabelIndex) -> Iterator[str]:
    """What an option says, place by place; below a heading its remark, or its clauses by their labels."""
    for place in choice.places:
        for _, start, end in (one for one in place.contents if one[0] == option.number):
            if place.in_brackets:
                yield _words(place.span.source.text[start:end])
            elif option.remark and place is choice.places[0]:
                yield option.remark
            else:
                yield _clauses_within(index, (number, option.number), range(start, end))


def _words(text: str) -> str:
    return " ".join(without_comments(text).split())


def _clauses_within(index: LabelIndex, taken: tuple[int, int], within: range) -> str:
    """What stands below the heading of an option, which has no words: its clauses, by their labels."""
    own = (entry for entry in index.all if taken in entry.taken and entry.clause.span.start in within)
    labels = list(dict.fromkeys(entry.whole for entry in own))
    if not labels:
        return say("the clauses below")
    return say_count("clause {clauses}", "clauses {clauses}", len(labels), clauses=listed(labels))


def _one_by_one(choice: ast.Choice, option: ast.Option, number: int, document: ast.Document) -> Iterator[str]:
    """What it says in each bracket, and each provision below a heading of it; a heading of an article says nothing."""
    for place in choice.places:
        for _, start, end in (one for one in place.contents if one[0] == option.number):
            if place.in_brackets:
                yield _words(place.span.source.text[start:end])
                continue
            for at, statement in enumerate(document.statements):
                if statement.span.start in range(start, end) and (number, option.number) in document.stands_with(at):
                    yield from () if isinstance(statement, ast.ArticleHeading) else (_words(statement.span.text),)


def _is(choice: OpenTerm, option: int) -> Formula:
    return IsIn(choice.variable, (str(option),))


def _meant(node: ast.TakenNode, choices: Sequence[OpenTerm]) -> Formula:
    term, option = _option_meant(node, choices)
    return _is(term, option.number)


def _all_known(tie: ast.Tie, choices: Sequence[OpenTerm]) -> bool:
    known = {choice.name for choice in choices if choice.choice and choice.choice.spoken_of}
    return {node.choice for node in (*tie.taken, *tie.only_if)} <= known


def _option_meant(node: ast.TakenNode, choices: Sequence[OpenTerm]) -> tuple[OpenTerm, ProposedOption]:
    found = next((c for c in choices if c.choice and c.choice.spoken_of and c.name == node.choice), None)
    if found is None or found.choice is None:
        unnamed = [c for c in choices if c.choice and not c.choice.spoken_of and c.choice.clause == node.choice]
        if unnamed:
            message = say("clause {choice} has several brackets, and it is not said which is meant", choice=node.choice)
            remedy = say("give the one that is meant a name: `options NAME one of …`, and `[NAME …]` in the clause")
            raise fault(RuleId.UNDEFINED, node.span, message, remedies=(remedy,))
        known = [c.name for c in choices if c.choice and c.choice.spoken_of]
        message = say("there is no choice `{choice}`", choice=node.choice)
        titled = [c.name for c in choices if c.choice and c.choice.spoken_of and c.choice.clause == node.choice]
        called = mark("the bracket of clause {clause} is called `{name}`: write `{name}`")
        remedies = [say(called, clause=node.choice, name=name) for name in titled]
        raise fault(RuleId.UNDEFINED, node.span, message, remedies=remedies or suggestion(node.choice, known))
    option = find_option(found.choice, node.option)
    if isinstance(option, str):
        raise fault(RuleId.UNDEFINED, node.span, option)
    return found, option


class NoMeaning(Misuse):
    """Of the packages that are asked for each is without meaning: `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(say("the text cannot be understood: {fault}", fault=findings[0].message))
        self.findings = tuple(findings)


def with_settled(system: NormSystem, settled: SettledChoices) -> NormSystem:
    """The system with some choices settled; Misuse where a choice or an option is not there, or ties exclude it.

    NoMeaning where clauses depend on each other in a circle in each package that is left.
    """
    terms = [term for term in system.open_terms if term.choice is not None]
    taken = [_settled_by(said, terms, system) for said in settled.take]
    _require_one_of_each(taken)
    found = [tie for _, tie in taken]
    if settled.text_of is not None:
        found += _all_of(settled.text_of, terms)
    known = replace(system, ties=(*system.ties, *found)) if found else system
    if found and Negotiation(known).with_cycles.space.is_everything(()):
        wanted = say(" with ").join(dict.fromkeys(tie.words for tie in found))
        ties = row(_written(tie) for tie in _excluding(system, found))
        raise Misuse(
            say("ties exclude {taken}: {ties}", taken=wanted, ties=ties)
            if ties
            else say("no package has {taken}", taken=wanted)
        )
    without = without_meaning(known) if found else ()
    if without:
        raise NoMeaning(without)
    return known


def _excluding(system: NormSystem, settled: Sequence[ChoiceTie]) -> Sequence[ChoiceTie]:
    """As few ties of the texts as leave no package beside what is settled."""
    kept = list(system.ties)
    for tie in system.ties:
        rest = [other for other in kept if other is not tie]
        if Negotiation(replace(system, ties=(*rest, *settled))).with_cycles.space.is_everything(()):
            kept = rest
    return kept


def _written(tie: ChoiceTie) -> str:
    """A tie in the words of the text, with its place."""
    if tie.span is None:
        return tie.words
    return say("{message} ({place})", message=tie.words, place=f"{tie.span.source.name}:{tie.span.begin[0]}")


def _require_one_of_each(taken: Sequence[tuple[OpenTerm, ChoiceTie]]) -> None:
    """Misuse where two options of one choice are taken."""
    for at, (term, tie) in enumerate(taken):
        other = next((t for before, t in taken[:at] if before is term and t.condition != tie.condition), None)
        if other is not None:
            words = mark("{one} and {other} are two options of one choice, of which one at most can be taken")
            raise Misuse(say(words, one=other.words, other=tie.words))


def _settled_by(said: str, terms: Sequence[OpenTerm], system: NormSystem) -> tuple[OpenTerm, ChoiceTie]:
    """What is said of a choice of the text under check, by its name or by what readers are told that it is called."""
    called, sign, option = said.partition("=")
    if not sign or not called or not option:
        raise Misuse(say("`{said}` says nothing that can be taken: write `CHOICE=OPTION`, as in `3.2=JP`", said=said))
    own, called = [term for term in terms if term.document == system.subject], called.strip()
    named = [term for term in own if term.name == called]
    entitled = [term for term in own if called in (term.title, system.words.attributes.get(term.variable))]
    found = (named or entitled)[0] if named or len(entitled) == 1 else None
    if found is None or found.choice is None:
        raise Misuse(_no_such_choice(called, own, system.subject))
    meant = find_option(found.choice, option.strip())
    if isinstance(meant, str):
        raise Misuse(meant)
    return found, ChoiceTie(_is(found, meant.number), f"`{said.strip()}`", asked=True)


def _no_such_choice(called: str, own: Sequence[OpenTerm], subject: str) -> str:
    brackets = [term.name for term in own if term.choice and term.choice.clause == called]
    if len(brackets) > 1:
        words = mark("clause {clause} has several brackets: say which is meant, {names}")
        return say(words, clause=called, names=listed([f"`{name}`" for name in brackets], "or"))
    known = listed([term.name for term in own], ",")
    if not known:
        return say("there is no choice `{called}` in {subject}: nothing is open in it", called=called, subject=subject)
    return say(
        "there is no choice `{called}` in {subject}; it has {known}", called=called, subject=subject, known=known
    )


def _all_of(party: str, terms: Sequence[OpenTerm]) -> Iterator[ChoiceTie]:
    """Whatever a party proposes, wherever it proposes something; of several options any."""
    found = False
    for term in terms:
        own = [o for o in term.choice.options if party in o.proposers] if term.choice else []
        if own:
            found = True
            members = tuple(o.member for o in own)
            yield ChoiceTie(IsIn(term.variable, members), say("the text of {party}", party=party), asked=True)
    if not found:
        raise Misuse(say("`{party}` proposes nothing in this text", party=party))
