"""A draft and its models, as files or by name, to how it stands to each of their provisions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cbm.arguments import day_of, one_path, progress_of, several, several_words, words_by_word, words_of
from cbm.checking.reporting import unreadable
from cbm.comparison.common_stretches import common_stretches
from cbm.comparison.stances.model_stances import NotKnown
from cbm.comparison.stances.party_places import in_places
from cbm.comparison.stances.unmatched_demands import Unmatched, unmatched
from cbm.comparison.two_texts import Incomparable, ReadText, read_text, two_texts
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.files import Library, read_all
from cbm.finding import Misuse
from cbm.outcomes.model_comparison import ANY_PACKAGE, KINDS, ModelComparison, ModelReport
from cbm.process.budget import Budget, Cancel
from cbm.questions.compared_provisions import Lacking, added, articles, provisions
from cbm.questions.compared_text import (
    LookedAt,
    chosen_text,
    impossible_in_both,
    incomparable_words,
    known_to_one,
    only_known,
    speaks_of,
    understood,
    with_names,
)
from cbm.questions.named_texts import first_fault, path_of
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.report import Report
from cbm.resolve.faults import suggestion
from cbm.resolve.left_open.open_choices import with_settled
from cbm.search.parallel import Watch
from cbm.smt.solve import sharing
from cbm.syntax import ast
from cbm.syntax.renamed import renamed
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.findings.stays_open.left_open import left_open
from cbm.wording.phrases import member_words

NOTHING = mark("nothing was compared")  # of a run that is stopped too early


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """A draft and its models by their files, or by their names in the standard library.

    A model may be one text of a file, as in `sister_agreements.cbm:russia_turkey`; without that it is each of them that
    is about the same as the draft. `names` are those that things of the models have in the draft; of parties they say
    in whose place each stands. `text` is the name of the draft where its file holds several texts.
    """

    draft: str
    models: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    as_of: date | None = None
    settled: SettledChoices = NOTHING_SETTLED
    fail_on: tuple[str, ...] | None = None


def compare(
    draft: str | os.PathLike[str],
    models: Iterable[str | os.PathLike[str]],
    *,
    as_: Mapping[str, str] | None = None,
    text: str | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    as_of: date | None = None,
    fail_on: Iterable[str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> ModelReport:
    """How the draft stands to each provision of its models.

    Draft and models are files or names of standard texts; a model may be one text of a file
    (`sister_agreements.cbm:russia_turkey`). `text` is the name of the draft where its file holds several, `take` and
    `text_of` say which of its packages are meant, as in `cbm.options`; `as_of` is the date asked about.

    `fail_on` are the kinds of stances for which the `exit` is 1, as `cbm compare` takes them; None: all but `kept`.
    `as_` says what things of the models are called in the draft, and whose places their parties take ({"US": "JP"}).
    `progress`, `cancel`, `budget` and `cache` are as for `check`; what is not known when a run is stopped is undecided.
    Misuse where a file cannot be read or understood, the texts have no vocabulary in common, or nothing is known by
    then.
    """
    named = several("models", models, "['cues', 'incsea']")
    request = CompareRequest(
        str(one_path("draft", draft)),
        tuple(str(one_path("models", model)) for model in named),
        words_by_word("as_", as_),
        words_of("text", text) or None,
        day_of("as_of", as_of),
        settled_choices(take, text_of),
        None if fail_on is None else several_words("fail_on", fail_on, "['weaker']"),
    )
    watch = progress_of("progress", progress)
    with question_run(NOTHING, budget, cancel, cache):
        outcome = answer(request, watch)
    if isinstance(outcome, Report):
        raise Misuse(say("a text cannot be understood: {fault}", fault=first_fault(outcome)))
    return outcome


def answer(request: CompareRequest, watch: Watch | None = None) -> ModelReport | Report:
    """The comparison, or what is wrong with the texts; Misuse where there is nothing to compare."""
    unknown = next((kind for kind in request.fail_on or () if kind not in (*KINDS[:-1], ANY_PACKAGE)), None)
    if unknown is not None:
        known = say("known are {names}", names=say(", ").join(KINDS[:-1]))
        near = suggestion(unknown, KINDS[:-1]) or (known,)
        raise Misuse(say("a draft cannot stand `{kind}` to its model; {advice}", kind=unknown, advice=near[0]))
    if not request.models:
        raise Misuse(say("name a model behind the draft: a file, or a text of the standard library such as `cues`"))
    draft = _draft(request)
    if isinstance(draft, Report):
        return draft
    written = [read_all([path_of(_file_and_text(named)[0])]) for named in request.models]
    _require_known(request.names, written)
    libraries = [_with_names_of_things(library, request.names) for library in written]
    found: list[ModelComparison] = []
    lacking: list[Lacking] = []
    with sharing():
        own = read_text(draft.system)
    for named, library in zip(request.models, libraries, strict=True):
        models = _models(named, library, draft.system, request)
        if isinstance(models, Report):
            return models
        for number, model in enumerate(models.texts):
            compared, alone = _against(LookedAt(model, library, request.as_of), own, draft, request, watch)
            left = () if number else models.left
            found.append(replace(compared, not_compared=(*compared.not_compared, *left)))
            lacking.append(alone)
    return ModelReport(draft.system.subject, tuple(found), tuple(added(own, lacking)), request.fail_on)


# ---- the texts


def _draft(request: CompareRequest) -> LookedAt | Report:
    path = path_of(request.draft)
    library = read_all([path])
    name = chosen_text(library, path, request.text)
    only_words = name is not None and isinstance(library.documents[name].header, ast.VocabularyHeader)
    if name is None or (only_words and library.faulty):  # what it was to be about may be what could not be read
        return unreadable(library, [])
    if only_words:
        raise Misuse(say("`{name}` is a vocabulary: it asks for nothing that could be compared", name=name))
    system = understood(library, name, request.as_of)
    if isinstance(system, Report):
        return system
    if request.settled != NOTHING_SETTLED:
        system = with_settled(system, request.settled)
    return LookedAt(system, library, request.as_of, request.settled)


def _with_names_of_things(library: Library, names: Mapping[str, str]) -> Library:
    """The library in the words of the draft, but for parties: these stand in the places of others.

    Where its vocabularies have a thing of the new name already, its texts speak of that one instead.
    """
    parties = _declared_parties(library)
    things = {old: new for old, new in names.items() if old not in parties}
    texts = {n: d for n, d in library.documents.items() if isinstance(d.header, ast.TextHeader)}
    vocabularies = [d for n, d in library.documents.items() if n not in texts]
    known = {old: new for old, new in things.items() if any(speaks_of(d, new) for d in vocabularies)}
    anew = with_names(library, {old: new for old, new in things.items() if old not in known})
    if not known:
        return anew
    return replace(anew, documents={n: renamed(d, known) if n in texts else d for n, d in anew.documents.items()})


def _declared_parties(library: Library) -> frozenset[str]:
    statements = (statement for document in library.documents.values() for statement in document.statements)
    return frozenset(one.name.text for one in statements if isinstance(one, ast.PartyDeclaration))


def _require_known(names: Mapping[str, str], libraries: Sequence[Library]) -> None:
    """Misuse where nothing in any of the models has a name that is to be another one."""
    for old in names:
        parties = any(old in _declared_parties(library) for library in libraries)
        documents = (document for library in libraries for document in library.documents.values())
        if not parties and not any(speaks_of(document, old) for document in documents):
            words = mark("nothing in the models is called `{old}`, so it cannot stand for `{new}`")
            raise Misuse(say(words, old=old, new=names[old]))


def _file_and_text(named: str) -> tuple[str, str | None]:
    """`FILE:TEXT` taken apart; a file whose name has a colon is one."""
    file, sign, text = named.rpartition(":")
    return (file, text) if sign and file and text and not os.path.exists(named) else (named, None)


@dataclass(frozen=True, slots=True)
class _Models:
    """The texts of a file that are compared, and what is said of those that are not."""

    texts: tuple[NormSystem, ...]
    left: tuple[str, ...]


def _models(named: str, library: Library, draft: NormSystem, request: CompareRequest) -> _Models | Report:
    """The text of this name, or every text of the file that is about the same kind of situation as the draft."""
    texts = [name for name in library.asked if isinstance(library.documents[name].header, ast.TextHeader)]
    if not texts:
        if library.faulty:
            return unreadable(library, [])
        raise Misuse(say("{named} holds no text that could be a model", named=named))
    found: list[NormSystem] = []
    left: list[str] = []
    file, chosen = _file_and_text(named)
    if chosen is not None and chosen not in texts:
        near = suggestion(chosen, texts) or (say("it holds {names}", names=listed([f"`{text}`" for text in texts])),)
        raise Misuse(
            say("{named} holds no text called `{chosen}`; {advice}", named=file, chosen=chosen, advice=near[0])
        )
    chosen = named if named in texts else chosen
    for name in texts if chosen is None else [chosen]:
        system = understood(library, name, request.as_of)
        if isinstance(system, Report):
            return system
        if Negotiation(system).terms:
            raise Misuse(say("`{name}` is under negotiation itself: a model is a text that is agreed", name=name))
        if len(texts) > 1 and chosen is None and system.situation.name != draft.situation.name:
            why = incomparable_words(system, draft, "")
            left.append(say("{name}, which is in the same file: {reason}", name=name, reason=why))
        else:
            found.append(system)
    if not found:
        words = mark("{named} holds no model of `{draft}`: {reasons}")
        raise Misuse(say(words, named=named, draft=draft.subject, reasons=say("; ").join(left)))
    return _Models(tuple(found), tuple(left))


# ---- whose places the parties take


def _places(model: NormSystem, draft: NormSystem, names: Mapping[str, str]) -> dict[str, str]:
    """For parties of the model, in whose place they stand; Misuse where one has no place and a place is empty.

    Who is party to both stays where it is.
    """
    theirs, ours = model.texts[model.subject].parties, draft.texts[draft.subject].parties
    if theirs is None:
        return {}
    own = frozenset(draft.situation.parties) if ours is None else ours
    staying = theirs.intersection(own) - names.keys()
    said = {old: new for old, new in names.items() if old in theirs and new not in staying}
    for old, new in said.items():
        if new not in own:
            raise Misuse(
                say(
                    "`{new}` is no party to {draft}, so {old} cannot take its place; its parties are {parties}",
                    new=new,
                    draft=draft.subject,
                    old=old,
                    parties=listed(sorted(own)),
                )
            )
    taken = [new for new in own if sum(place == new for place in said.values()) > 1]
    if taken:
        both = [old for old, new in said.items() if new == taken[0]]
        words = mark("{parties} cannot both stand in the place of `{party}`: give it to one of them")
        raise Misuse(say(words, parties=listed(both), party=taken[0]))
    homeless = sorted(theirs - said.keys() - staying)
    empty = sorted(own - set(said.values()) - staying)
    if homeless and empty and ours is not None:
        raise Misuse(
            say(
                "`{party}` is party to {model} and has no place in {draft}: say whose place it takes "
                "(on the command line: `--as {party}={empty}`)",
                party=homeless[0],
                model=model.subject,
                draft=draft.subject,
                empty=empty[0],
            )
        )
    return said


def _places_words(model: NormSystem, draft: NormSystem, places: Mapping[str, str]) -> Iterator[str]:
    """Who stands in whose place, and who has none, in sentences."""

    def name(system: NormSystem, party: str) -> str:
        return member_words(system, party)

    theirs, ours = model.texts[model.subject].parties, draft.texts[draft.subject].parties
    for old, new in places.items():
        yield say("{party} stands in the place of {other}", party=name(model, old), other=name(draft, new))
    if theirs is None or ours is None:
        return
    rest = sorted(theirs - places.keys() - ours)
    others, texts = listed([name(model, party) for party in rest]), {"model": model.subject, "draft": draft.subject}
    if len(rest) > 3:
        yield say("{count} further parties of {model} have no place in {draft}", count=len(rest), **texts)
    elif len(rest) > 1:
        yield say("{parties} of {model} have no place in {draft}", parties=others, **texts)
    elif rest:
        yield say("{parties} of {model} has no place in {draft}", parties=others, **texts)
    alone = sorted(ours - set(places.values()) - theirs)
    if alone:
        parties = listed([name(draft, party) for party in alone])
        yield say("nobody in {model} stands in the place of {parties}", model=model.subject, parties=parties)


# ---- a draft against one model


def _against(
    one: LookedAt,
    own: ReadText,
    other: LookedAt,
    request: CompareRequest,
    watch: Watch | None,
) -> tuple[ModelComparison, Lacking]:
    """What is told of it, and the demands of the draft on matters that the model says nothing of beside them."""
    common = common_stretches(one.system, other.system)
    model, draft = one.at_times(common.old), other.at_times(common.new)
    places = _places(model, draft, request.names)
    with sharing():
        theirs = read_text(in_places(model, places), common.unequal)
        own = read_text(draft, common.unequal) if common.new or common.unequal else own
    try:
        both = two_texts(theirs, own)
    except Incomparable as why:
        raise Misuse(incomparable_words(model, draft, why.what)) from None
    with sharing():
        told = list(provisions(both, watch))
        found = list(unmatched(both))
        impossible = list(impossible_in_both(both))
    alone = {both.new.demand(one.demand): one.packages for one in found if isinstance(one, Unmatched)}
    impossible += [
        say(
            "whether {model} has what clause {clause} of {draft} says: {reason}",
            model=model.subject,
            clause=both.clause(one.demand).label,
            draft=draft.subject,
            reason=say(one.reason),
        )
        for one in found
        if isinstance(one, NotKnown)
    ]
    compared = ModelComparison(
        model=model.subject,
        title=model.texts[model.subject].title,
        parties=tuple(_places_words(model, draft, places)),
        articles=tuple(articles(one.library.documents[model.subject], told)),
        only_one=tuple(_only_one(model, draft)),
        not_compared=tuple(impossible),
        left_open=tuple(dict.fromkeys((*left_open(model, of_rules=False), *left_open(draft, of_rules=False)))),
    )
    return compared, alone


def _only_one(model: NormSystem, draft: NormSystem) -> Iterator[str]:
    """Situations and conduct that one of them alone knows, a line for each kind; parties have their places."""
    found: dict[tuple[str, str], list[str]] = {}
    for text, what, name in known_to_one(model, draft):
        if what != _party_sort(model):
            found.setdefault((text, what), []).append(f"`{name}`")
    for (text, what), names in found.items():
        if len(names) == 1:
            yield only_known(text, what, names[0])
        else:
            words = mark("only {text} knows these of the kind {kind}: {names}")
            yield say(words, text=text, kind=say(what), names=say(", ").join(names))


def _party_sort(system: NormSystem) -> str:
    party = system.situation.party
    return "" if party is None else str(getattr(party.sort, "name", ""))
