"""How a draft stands to its models to the page a negotiator reads: a table by article, then clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.outcomes.model_comparison import AddedProvision, ModelComparison, ModelProvision, ModelReport, ProvisionStance
from cbm.render.columns import page, visible, width, wrap

# The columns of the table, the best one first. What is kept in part is told so, unless it is worse than left out.
_COLUMNS = (
    "kept",
    "in part",
    "only advised",
    "weaker",
    "missing",
    "breach permitted",
    "contradicted",
    "not granted",
    "no verdict",
    "undecided",
    "nothing to compare",
)
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
    lines += ["", *_listed("left open in these texts:", left_open)] if left_open else []
    return page(lines).rstrip("\n") + "\n"


def _model(draft: str, model: ModelComparison) -> Iterator[str]:
    title = f": {model.title}" if model.title else ""
    yield from wrap(f"{draft} against {model.model}{title}", rest="  ")
    yield ""
    for words in model.parties:
        yield from _noted(words)
    yield from ("",) if model.parties else ()
    yield from _listed("known to one of them only:", model.only_one)
    yield from _table(model)
    yield ""
    for article in model.articles:
        if article.heading:
            yield from wrap(article.heading)
        for provision in article.provisions:
            yield from _provision(provision)
        yield ""
    yield from _listed("not compared:", model.not_compared)
    yield from wrap(_verdict(draft, model))


# ---- the table


def _table(model: ModelComparison) -> Iterator[str]:
    """For each article, how many of its clauses there are of each kind, each by the gravest of its stances."""
    columns = [column for column in _COLUMNS if any(_column(one) == column for one in model.provisions)]
    rows = [(article.heading or model.model, article.provisions) for article in model.articles]
    rows += [("in all", tuple(model.provisions))] if len(rows) > 1 else []
    first = max((min(width(visible(head)), _HEAD) for head, _ in rows), default=0)
    yield "  " + " " * first + "".join(f"  {column}" for column in columns)
    for head, provisions in rows:
        counts = [sum(_column(one) == column for one in provisions) for column in columns]
        cells = (f"  {count or '·':>{len(column)}}" for count, column in zip(counts, columns, strict=True))
        yield f"  {_cut(head, first)}{''.join(cells)}"


def _column(provision: ModelProvision) -> str:
    if provision.is_kept_in_part and provision.kind not in _WORSE:
        return "in part"
    return "breach permitted" if provision.kind == "permits-breach" else provision.kind.replace("-", " ")


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
    title = f' "{provision.title}"' if provision.title else ""
    head = f"{provision.label}{title} ({provision.force})"
    elsewhere = _rest(provision)
    roles = len({stance.bearer for stance in provision.stances}) > 1
    told = [(_line(stance, stance is elsewhere, roles), stance) for stance in provision.stances]
    lines = [*told, *((f"undecided: {why}", None) for why in provision.undecided)]
    if not lines:
        yield from wrap(f"{head}: nothing to compare, since it binds nobody in what both are about", "  ", "      ")
    elif len(lines) == 1:
        yield from wrap(f"{head}: {lines[0][0]}", "  ", "      ")
        yield from _details(lines[0][1], elsewhere)
    else:
        yield from wrap(f"{head}:", "  ", "      ")
        for line, stance in lines:
            yield from wrap(line, "    - ", "      ")
            yield from _details(stance, elsewhere)


def _rest(provision: ModelProvision) -> ProvisionStance | None:
    """The stance that is told without its conditions, as what is so elsewhere: what is kept, or has the most."""
    several = len(provision.stances) > 1
    kept = next((stance for stance in provision.stances if stance.kind == "kept" and not stance.everywhere), None)
    apart = any(stance.acts or stance.everywhere for stance in provision.stances)
    apart = apart or len({stance.bearer for stance in provision.stances}) > 1
    if kept is not None or not several or apart:
        return kept if several else None
    return max(provision.stances, key=lambda stance: (not stance.complete, len(stance.extent)))


def _line(stance: ProvisionStance, elsewhere: bool, roles: bool) -> str:
    """What is said of it; where it differs from role to role, of whom."""
    subjects = [*([stance.bearer] if roles else []), *([", ".join(stance.acts)] if stance.acts else [])]
    head = "".join(f"{subject}: " for subject in subjects)
    return f"{head}{'elsewhere ' if elsewhere else ''}{stance.message}"


def _details(stance: ProvisionStance | None, elsewhere: ProvisionStance | None) -> Iterator[str]:
    """Where it is so, and an example; what is kept has one line."""
    if stance is None or stance.kind == "kept":
        return
    if not stance.everywhere and stance is not elsewhere:
        more = len(stance.extent) - 1
        aside = f" (and under {more} further set{'s' if more > 1 else ''} of conditions)" if more > 0 else ""
        told = "" if stance.complete else "; there are more than are listed"
        yield from _noted(f"whenever: {stance.whenever}{aside}{told}", "      ")
    yield from _noted(f"for example: {stance.witness.words}", "      ")


# ---- what the draft adds


def _added(report: ModelReport) -> Iterator[str]:
    if not report.added:
        return
    models = "no model has" if len(report.models) > 1 else f"{report.models[0].model} has not"
    yield from wrap(f"what {report.draft} has and {models}:", rest="  ")
    for one in report.added:
        yield from wrap(_addition(one), first="  ", rest="      ")


def _addition(one: AddedProvision) -> str:
    title = f' "{one.title}"' if one.title else ""
    acts = f": {', '.join(one.acts)}" if one.acts else ""
    return f"{one.label}{title} ({one.force}){acts}"


# ---- at the end


def _verdict(draft: str, model: ModelComparison) -> str:
    provisions = list(model.provisions)
    counts = [(column, sum(_column(one) == column for one in provisions)) for column in _COLUMNS]
    told = [f"{count} {column}" for column, count in counts if count]
    of = f"{len(provisions)} provision{'s' if len(provisions) != 1 else ''} of {model.model}"
    return f"{draft} against the {of}: {', '.join(told) or 'nothing to compare'}."


def _listed(heading: str, texts: Iterable[str]) -> Iterator[str]:
    told = list(texts)
    if told:
        yield heading
        for text in told:
            yield from _noted(text)
        yield ""


def _noted(text: str, before: str = "  ") -> Iterator[str]:
    yield from wrap(text, first=f"{before}= ", rest=f"{before}  ")
