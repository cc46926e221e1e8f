"""How a draft stands to its models, in pieces of a page: a table by article, then clause by clause."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.model_comparison import AddedProvision, ModelComparison, ModelProvision, ModelReport, ProvisionStance
from cbm.records import replace
from cbm.render.differences.page_blocks import Block, BlockEntry, BlockPage, BlockSection, Chapter, CountTable
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


def outline(report: ModelReport) -> BlockPage:
    """Each model with its table and its clauses, what none of them has, and what the texts leave open."""
    chapters = tuple(_chapter(report.draft, model) for model in report.models)
    left_open = dict.fromkeys(line for model in report.models for line in model.left_open)
    together = (*_added(report), BlockSection(say("left open in these texts"), notes=tuple(left_open)))
    told = tuple(section for section in together if section.entries or section.notes)
    title = say("{draft} against {model}", draft=report.draft, model=listed([m.model for m in report.models], ","))
    return BlockPage(title, chapters, told)


def _chapter(draft: str, model: ModelComparison) -> Chapter:
    head = say("{draft} against {model}", draft=draft, model=model.model)
    blocks: tuple[Block, ...] = (
        BlockSection(notes=model.parties),
        BlockSection(say("known to one of them only"), notes=model.only_one),
        _table(model),
        *(
            BlockSection(article.heading, entries=tuple(map(_provision, article.provisions)))
            for article in model.articles
        ),
        BlockSection(say("not compared"), notes=model.not_compared),
    )
    told = tuple(one for one in blocks if not isinstance(one, BlockSection) or one.entries or one.notes)
    return Chapter(named(head, model.title) if model.title else head, verdict(draft, model), told)


# ---- the table


def _table(model: ModelComparison) -> CountTable:
    """For each article, how many of its clauses there are of each kind, each by the gravest of its stances."""
    columns = [column for column in _COLUMNS if any(_column(one) == column for one in model.provisions)]
    rows = [(article.heading or model.model, article.provisions) for article in model.articles]
    rows += [(say("in all"), tuple(model.provisions))] if len(rows) > 1 else []
    counted = (
        (head, tuple(sum(_column(one) == column for one in provisions) for column in columns))
        for head, provisions in rows
    )
    return CountTable(tuple(map(_heading, columns)), tuple(counted))


def _heading(column: str) -> str:
    """The words of a column; `in part` is said of types of encounter elsewhere, and otherwise in other languages."""
    return say_as("kept", "in part") if column == _IN_PART else say(_TOLD[column])


def _column(provision: ModelProvision) -> str:
    if provision.depends:
        return "by package"
    if provision.is_kept_in_part and provision.kind not in _WORSE:
        return _IN_PART
    return provision.kind


# ---- clause by clause


def _provision(provision: ModelProvision) -> BlockEntry:
    head = provision_head(provision.label, provision.title, provision.force)
    elsewhere = elsewhere_of(provision)
    roles = len({stance.bearer for stance in provision.stances}) > 1
    lines = [
        *(
            BlockEntry(stance_line(one, one is elsewhere, roles), notes=stance_details(one, elsewhere))
            for one in sorted(provision.stances, key=lambda one: one is elsewhere)
        ),
        *(BlockEntry(say("undecided: {why}", why=why)) for why in provision.undecided),
    ]
    if not lines:
        return BlockEntry(named(head, say("nothing to compare, since it binds nobody in what both are about")))
    if len(lines) == 1:
        return replace(lines[0], text=named(head, lines[0].text))
    in_full = _in_full(provision)
    return BlockEntry(say("{heading}:", heading=head), notes=(in_full,) if in_full else (), below=tuple(lines))


def _in_full(provision: ModelProvision) -> str:
    """On which packages it is kept wherever it can bind, where its stances do not say that already."""
    kept = [stance for stance in provision.stances if stance.kind == "kept"]
    if not kept or not provision.standings:
        return ""
    full = provision.kept_in_full
    if full is None:
        return say("kept in full on no package")
    if full.every or (len(kept) == 1 and kept[0].reach == full):
        return ""
    return say("kept in full if {words}", words=full.words)


def elsewhere_of(provision: ModelProvision) -> ProvisionStance | None:
    """The stance that is told last and without conditions, as what is so elsewhere: what is kept, or has the most."""
    several = len(provision.stances) > 1
    if any(stance.reach is not None and not stance.reach.every for stance in provision.stances):
        return None
    kept = next((stance for stance in provision.stances if stance.kind == "kept" and not stance.everywhere), None)
    apart = any(stance.acts or stance.everywhere for stance in provision.stances)
    apart = apart or len({stance.bearer for stance in provision.stances}) > 1
    if kept is not None or not several or apart:
        return kept if several else None
    return max(provision.stances, key=_fits_elsewhere)


def _fits_elsewhere(stance: ProvisionStance) -> tuple[bool, bool, int]:
    """The more, the better; what the draft asks for in other situations speaks of an elsewhere of its own."""
    asked_for_elsewhere = stance.kind == "missing" and bool(stance.by)
    return not asked_for_elsewhere, not stance.complete, len(stance.extent)


def stance_line(stance: ProvisionStance, elsewhere: bool, roles: bool) -> str:
    """What is said of it; where it differs from role to role, of whom."""
    told = say("elsewhere {stance}", stance=stance.message) if elsewhere else stance.message
    told += stance.reach.ending if stance.reach else ""
    if stance.acts:
        told = named(listed(stance.acts, ","), told)
    return named(stance.bearer, told) if roles else told


def stance_details(stance: ProvisionStance, elsewhere: ProvisionStance | None) -> tuple[str, ...]:
    """Where it is so, and an example; what is kept has one line."""
    if stance.kind == "kept" and stance.reach is None:
        return ()
    told: list[str] = []
    if not stance.everywhere and stance is not elsewhere:
        whenever = conditions_words(stance.whenever, stance.extent, complete=stance.complete)
        told.append(named(Remark.WHENEVER.words, whenever))
    if stance.kind != "kept":
        told.append(named(Remark.EXAMPLE.words, stance.witness.words))
    return tuple(told)


# ---- what the draft adds


def _added(report: ModelReport) -> Iterator[BlockSection]:
    if len(report.models) > 1:
        heading = say("what {draft} has and no model has", draft=report.draft)
    else:
        heading = say("what {draft} has and {model} has not", draft=report.draft, model=report.models[0].model)
    yield BlockSection(heading, entries=tuple(BlockEntry(addition_words(one)) for one in report.added))


def addition_words(one: AddedProvision) -> str:
    """A provision that no model has."""
    head = provision_head(one.label, one.title, one.force)
    told = named(head, listed(one.acts, ",")) if one.acts else head
    return told + (one.reach.ending if one.reach else "")


def provision_head(label: str, title: str, force: str) -> str:
    """A provision by its label, and what kind of clause it is."""
    if title:
        return say('{clause} "{title}" ({force})', clause=label, title=title, force=force)
    return say("{clause} ({force})", clause=label, force=force)


# ---- at the end


def verdict(draft: str, model: ModelComparison) -> str:
    """How many provisions there are of each kind."""
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
