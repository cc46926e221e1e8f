"""How a draft stands to its models to the page a negotiator reads: a table by article, then clause by clause."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.model_comparison import AddedProvision, ModelComparison, ModelProvision, ModelReport, ProvisionStance
from cbm.render.columns import ahead, page, visible, width, wrap
from cbm.render.differences.noted_texts import noted, noted_below
from cbm.render.remarks import Remark, conditions_words, named
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_as, say_count

# How provisions are counted, the best first. What is kept in part is told so, unless it is worse than left out.
_TOLD = {
    "kept": mark("kept"),
    "only-advised": mark("only advised"),
    "weaker": mark("weaker"),
    "missing": mark("missing"),
    "permits-breach": mark("breach permitted"),
    "contradicted": mark("contradicted"),
    "not-granted": mark("not granted"),
    "by package": mark("by package"),
    "no-verdict": mark("no verdict"),
    "undecided": mark("undecided"),
    "nothing-to-compare": mark("nothing to compare"),
}
_IN_PART = "in part"
_COLUMNS = ("kept", _IN_PART, *(column for column in _TOLD if column != "kept"))
_WORSE = ("contradicted", "permits-breach", "undecided")
# A heading longer than this is cut short in the table.
_HEAD = 48


def render(report: ModelReport) -> str:
    """The page: each model with its table and its clauses, what none of them has, and what the texts leave open."""
    lines: list[str] = []
    for model in report.models:
        lines += [*_model(report.draft, model), ""]
    lines += _added(report)
    left_open = dict.fromkeys(line for model in report.models for line in model.left_open)
    lines += ["", *noted_below(say("left open in these texts"), left_open)] if left_open else []
    return page(lines).rstrip("\n") + "\n"


def _model(draft: str, model: ModelComparison) -> Iterator[str]:
    head = say("{draft} against {model}", draft=draft, model=model.model)
    yield from wrap(named(head, model.title) if model.title else head, rest="  ")
    yield ""
    for words in model.parties:
        yield from noted(words)
    yield from ("",) if model.parties else ()
    yield from noted_below(say("known to one of them only"), model.only_one)
    yield from _table(model)
    yield ""
    for article in model.articles:
        if article.heading:
            yield from wrap(article.heading)
        for provision in article.provisions:
            yield from _provision(provision)
        yield ""
    yield from noted_below(say("not compared"), model.not_compared)
    yield from wrap(_verdict(draft, model))


# ---- the table


def _table(model: ModelComparison) -> Iterator[str]:
    """For each article, how many of its clauses there are of each kind, each by the gravest of its stances."""
    columns = [column for column in _COLUMNS if any(_column(one) == column for one in model.provisions)]
    rows = [(article.heading or model.model, article.provisions) for article in model.articles]
    rows += [(say("in all"), tuple(model.provisions))] if len(rows) > 1 else []
    first = max((min(width(visible(head)), _HEAD) for head, _ in rows), default=0)
    heads = [_heading(column) for column in columns]
    yield "  " + " " * first + "".join(f"  {head}" for head in heads)
    for head, provisions in rows:
        counts = [sum(_column(one) == column for one in provisions) for column in columns]
        cells = ("  " + ahead(str(count or "·"), width(name)) for count, name in zip(counts, heads, strict=True))
        yield f"  {_cut(head, first)}{''.join(cells)}"


def _heading(column: str) -> str:
    """The words of a column; `in part` is said of types of encounter elsewhere, and otherwise in other languages."""
    return say_as("kept", "in part") if column == _IN_PART else say(_TOLD[column])


def _column(provision: ModelProvision) -> str:
    if provision.depends:
        return "by package"
    if provision.is_kept_in_part and provision.kind not in _WORSE:
        return _IN_PART
    return provision.kind


def _cut(head: str, columns: int) -> str:
    """The heading in so many columns."""
    shown = visible(head)
    if width(shown) > columns:
        while width(shown) > columns - 1:
            shown = shown[:-1]
        shown += "…"
    return shown + " " * (columns - width(shown))


# ---- clause by clause


def _provision(provision: ModelProvision) -> Iterator[str]:
    head = _head(provision.label, provision.title, provision.force)
    elsewhere = _rest(provision)
    roles = len({stance.bearer for stance in provision.stances}) > 1
    told = [(_line(stance, stance is elsewhere, roles), stance) for stance in provision.stances]
    lines = [*told, *((say("undecided: {why}", why=why), None) for why in provision.undecided)]
    in_full = _in_full(provision)
    if not lines:
        nothing = say("nothing to compare, since it binds nobody in what both are about")
        yield from wrap(named(head, nothing), "  ", "      ")
    elif len(lines) == 1:
        yield from wrap(named(head, lines[0][0]), "  ", "      ")
        yield from _details(lines[0][1], elsewhere)
    else:
        yield from wrap(say("{heading}:", heading=head), "  ", "      ")
        yield from noted(in_full, "    ") if in_full else ()
        for line, stance in lines:
            yield from wrap(line, "    - ", "      ")
            yield from _details(stance, elsewhere)


def _in_full(provision: ModelProvision) -> str:
    """On which packages it is kept wherever it can bind, where its stances do not say that already."""
    kept = [stance for stance in provision.stances if stance.kind == "kept"]
    if not kept or not provision.standings:
        return ""
    full = provision.kept_in_full
    if full is None:
        return say("kept in full on no package")
    if len(kept) == 1 and kept[0].reach == full:
        return ""
    return say("kept in full if {words}", words=full.words)


def _rest(provision: ModelProvision) -> ProvisionStance | None:
    """The stance that is told without its conditions, as what is so elsewhere: what is kept, or has the most."""
    several = len(provision.stances) > 1
    if any(stance.reach is not None and not stance.reach.every for stance in provision.stances):
        return None
    kept = next((stance for stance in provision.stances if stance.kind == "kept" and not stance.everywhere), None)
    apart = any(stance.acts or stance.everywhere for stance in provision.stances)
    apart = apart or len({stance.bearer for stance in provision.stances}) > 1
    if kept is not None or not several or apart:
        return kept if several else None
    return max(provision.stances, key=lambda stance: (not stance.complete, len(stance.extent)))


def _line(stance: ProvisionStance, elsewhere: bool, roles: bool) -> str:
    """What is said of it; where it differs from role to role, of whom."""
    told = say("elsewhere {stance}", stance=stance.message) if elsewhere else stance.message
    told += stance.reach.ending if stance.reach else ""
    if stance.acts:
        told = named(listed(stance.acts, ","), told)
    return named(stance.bearer, told) if roles else told


def _details(stance: ProvisionStance | None, elsewhere: ProvisionStance | None) -> Iterator[str]:
    """Where it is so, and an example; what is kept has one line."""
    if stance is None or (stance.kind == "kept" and stance.reach is None):
        return
    if not stance.everywhere and stance is not elsewhere:
        whenever = conditions_words(stance.whenever, stance.extent, complete=stance.complete)
        yield from noted(named(Remark.WHENEVER.words, whenever), "      ")
    if stance.kind == "kept":
        return
    yield from noted(named(Remark.EXAMPLE.words, stance.witness.words), "      ")


# ---- what the draft adds


def _added(report: ModelReport) -> Iterator[str]:
    if not report.added:
        return
    if len(report.models) > 1:
        heading = say("what {draft} has and no model has", draft=report.draft)
    else:
        heading = say("what {draft} has and {model} has not", draft=report.draft, model=report.models[0].model)
    yield from wrap(say("{heading}:", heading=heading), rest="  ")
    for one in report.added:
        yield from wrap(_addition(one), first="  ", rest="      ")


def _addition(one: AddedProvision) -> str:
    head = _head(one.label, one.title, one.force)
    told = named(head, listed(one.acts, ",")) if one.acts else head
    return told + (one.reach.ending if one.reach else "")


def _head(label: str, title: str, force: str) -> str:
    if title:
        return say('{clause} "{title}" ({force})', clause=label, title=title, force=force)
    return say("{clause} ({force})", clause=label, force=force)


# ---- at the end


def _verdict(draft: str, model: ModelComparison) -> str:
    provisions = list(model.provisions)
    counts = [(column, sum(_column(one) == column for one in provisions)) for column in _COLUMNS]
    told = [say("{count} {kind}", count=count, kind=_heading(column)) for column, count in counts if count]
    stands = listed(told, ",") or say("nothing to compare")
    clauses = {one.sentence_of or one.label for one in provisions}
    if len(clauses) < len(provisions):
        return say_count(
            "{draft} against the {count} provision of {model}, in {sentences} sentences: {counts}.",
            "{draft} against the {count} provisions of {model}, in {sentences} sentences: {counts}.",
            len(clauses),
            draft=draft,
            model=model.model,
            sentences=len(provisions),
            counts=stands,
        )
    return say_count(
        "{draft} against the {count} provision of {model}: {counts}.",
        "{draft} against the {count} provisions of {model}: {counts}.",
        len(provisions),
        draft=draft,
        model=model.model,
        counts=stands,
    )
