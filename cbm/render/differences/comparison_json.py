"""How a draft stands to its models to one JSON object for programs, shaped as `schema-compare-1.json` says."""

from __future__ import annotations

from typing import cast

from cbm.outcomes.model_comparison import (
    ModelArticle,
    ModelComparison,
    ModelProvision,
    ModelReport,
    PackageStanding,
    ProvisionStance,
)
from cbm.render.differences import comparison_document as document
from cbm.render.json import location_of, reach_object, witness_of
from cbm.render.json_page import described_page


def render(report: ModelReport) -> str:
    """The object, indented, with a line break at its end."""
    whole = document.ComparisonDocument(
        version=document.VERSION,
        exit_code=report.exit.value,
        draft=report.draft,
        models=tuple(map(_model, report.models)),
        added=tuple(
            document.AddedObject(
                label=one.label,
                title=one.title,
                force=one.force,
                acts=one.acts,
                location=location_of(one.place),
                reach=reach_object(one.reach),
            )
            for one in report.added
        ),
    )
    return described_page(whole, "compare", document.VERSION)


def _model(model: ModelComparison) -> document.ModelObject:
    return document.ModelObject(
        model=model.model,
        title=model.title,
        parties=model.parties,
        only_one=model.only_one,
        articles=tuple(map(_article, model.articles)),
        not_compared=model.not_compared,
        left_open=model.left_open,
    )


def _article(article: ModelArticle) -> document.ArticleObject:
    return document.ArticleObject(heading=article.heading, provisions=tuple(map(_provision, article.provisions)))


def _provision(provision: ModelProvision) -> document.ProvisionObject:
    return document.ProvisionObject(
        label=provision.label,
        title=provision.title,
        force=provision.force,
        kind=cast("document.KindOfProvision", provision.kind),
        kept_in_part=provision.is_kept_in_part,
        location=location_of(provision.place),
        stances=tuple(map(_stance, provision.stances)),
        undecided=provision.undecided,
        standings=tuple(map(_standing, provision.standings)),
    )


def _stance(stance: ProvisionStance) -> document.StanceObject:
    beyond = None if stance.further_witness is None else witness_of(stance.further_witness)
    return document.StanceObject(
        kind=cast("document.KindOfStance", stance.kind),
        acts=stance.acts,
        message=stance.message,
        bearer=stance.bearer,
        by=stance.by,
        in_what=cast("tuple[document.InWhat, ...]", stance.in_what),
        everywhere=stance.everywhere,
        whenever=stance.whenever,
        extent=stance.extent,
        complete=stance.complete,
        seen=stance.seen,
        witness=witness_of(stance.witness),
        as_duty=stance.as_duty,
        reach=reach_object(stance.reach),
        goes_further=document.FurtherObject(by=stance.further, witness=beyond) if stance.further else None,
    )


def _standing(standing: PackageStanding) -> document.StandingObject:
    reach = reach_object(standing.reach)
    assert reach is not None, "it is told of packages"
    return document.StandingObject(reach=reach, kinds=cast("tuple[document.KindOfStance, ...]", standing.kinds))
