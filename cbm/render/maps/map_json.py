"""Map to one JSON object for programs, shaped as `schema-coverage-1.json` says."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cbm.finding import Scenario
from cbm.outcomes.coverage_map import Addition, Additions, Asymmetry, Cell, CoverageMap, Excepted, Gap, Layer
from cbm.outcomes.map_parts import Axis, Clash, Clause, End, Named, Value, Witness
from cbm.render.json import location_of, witness_of
from cbm.render.json_page import described_page
from cbm.render.maps import map_document


def render(drawn: CoverageMap) -> str:
    """The object, indented, with a line break at its end."""
    return described_page(_document(drawn), "coverage", map_document.VERSION)


def _document(drawn: CoverageMap) -> map_document.MapDocument:
    return map_document.MapDocument(
        version=map_document.VERSION,
        exit_code=drawn.exit.value,
        subject=_named(drawn.subject),
        situation=drawn.situation.name,
        beside=tuple(map(_named, drawn.beside)),
        as_of=drawn.as_of,
        axes=tuple(map(_axis, drawn.axes)),
        clauses=tuple(map(_clause, drawn.clauses.values())),
        layers=tuple(map(_layer, drawn.layers)),
        excepted=tuple(map(_excepted, drawn.excepted)),
        asymmetries=tuple(map(_asymmetry, drawn.asymmetries)),
        silent_topics=tuple(map(_named, drawn.silent_topics)),
        notes=drawn.notes,
    )


def _named(named: Named) -> map_document.NamedObject:
    return map_document.NamedObject(name=named.name, words=named.words, titles=dict(named.titles))


def _axis(axis: Axis) -> map_document.AxisObject:
    values = tuple(map(_value, axis.values))
    return map_document.AxisObject(
        named=_named(axis.named), scale=axis.scale, kind=axis.kind, role=axis.role, values=values
    )


def _value(value: Value) -> map_document.ValueObject:
    return map_document.ValueObject(named=_named(value.named), low=_end(value.low), high=_end(value.high))


def _end(end: End | None) -> map_document.EndObject | None:
    return None if end is None else map_document.EndObject(value=str(end.value), words=end.words, included=end.included)


def _clause(clause: Clause) -> map_document.ClauseObject:
    return map_document.ClauseObject(
        reference=clause.reference,
        name=clause.name,
        title=clause.title,
        modality=clause.modality,
        strength=clause.strength,
        wording=clause.wording,
        place=None if clause.place is None else location_of(clause.place),
    )


def _layer(layer: Layer) -> map_document.LayerObject:
    promise = layer.promise
    return map_document.LayerObject(
        matter=layer.matter,
        named=_named(layer.named),
        bearer=layer.bearer,
        promise=map_document.PromiseObject(
            words=promise.words,
            implied=promise.implied,
            place=None if promise.place is None else location_of(promise.place),
        ),
        promised=layer.promised,
        tally={state.value: count for state, count in layer.tally.items()},
        classes=tuple(
            tuple(map_document.ClassObject(values=c.values, words=c.words) for c in rows) for rows in layer.classes
        ),
        cells=tuple(map(_cell, layer.cells)),
        gaps=tuple(map(_gap, layer.gaps)),
        due=tuple(
            map_document.DueObject(
                clause=due.clause,
                times=due.times,
                when=due.when,
                where=due.where,
                types=due.types,
                packages=due.packages,
            )
            for due in layer.due
        ),
        additions=_additions(layer.additions),
        bounded=layer.bounded,
        undecided=layer.undecided,
    )


def _cell(cell: Cell) -> map_document.CellObject:
    return map_document.CellObject(
        place=cell.place,
        state=cell.state,
        types=cell.types,
        force=cell.force,
        origin=cell.origin,
        clauses=cell.clauses,
        clashes=tuple(map(_clash, cell.clashes)),
        reserves=cell.reserves,
        readings=cell.readings,
        witness=_example(cell.witness),
    )


def _clash(clash: Clash) -> map_document.ClashObject:
    return map_document.ClashObject(rule=clash.rule, clauses=clash.clauses, words=clash.words, reading=clash.reading)


def _gap(gap: Gap) -> map_document.GapObject:
    return map_document.GapObject(
        sides=gap.sides,
        words=gap.words,
        types=gap.types,
        conditions=gap.conditions,
        reading=gap.reading,
        share=_share(gap.share),
        along=_share(gap.along),
        witness=_example(gap.witness),
        seam=gap.seam,
    )


def _additions(additions: Additions | None) -> map_document.AdditionsObject | None:
    if additions is None:
        return None
    first, left = _boxes(additions.first), _boxes(additions.left)
    return map_document.AdditionsObject(first=first, left=left, already=additions.already)


def _boxes(boxes: Iterable[Addition]) -> tuple[map_document.AdditionObject, ...]:
    return tuple(map_document.AdditionObject(sides=box.sides, words=box.words, types=box.types) for box in boxes)


def _excepted(excepted: Excepted) -> map_document.ExceptedObject:
    return map_document.ExceptedObject(
        clause=excepted.clause,
        types=excepted.types,
        binding=excepted.binding,
        whole=excepted.whole,
        kept=_share(excepted.kept),
        words=excepted.words,
        packages=excepted.packages,
    )


def _asymmetry(asymmetry: Asymmetry) -> map_document.AsymmetryObject:
    return map_document.AsymmetryObject(
        clause=asymmetry.clause,
        bound=asymmetry.bound,
        free=asymmetry.free,
        words=asymmetry.words,
        because=asymmetry.because,
        witness=_example(asymmetry.witness),
    )


def _example(witness: Witness | None) -> map_document.ExampleObject | None:
    if witness is None:
        return None
    everything = witness_of(Scenario(witness.everything, ""))
    return map_document.ExampleObject(shown=witness_of(witness.shown), everything=everything.facts)


def _share(share: Fraction | None) -> str | None:
    return None if share is None else str(share)
