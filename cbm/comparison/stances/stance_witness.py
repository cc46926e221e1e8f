"""How a draft stands to a demand of its model, to an encounter that shows it, as the evaluator sees it with both."""

from __future__ import annotations

from cbm.comparison.change_witness import read_by_both
from cbm.comparison.stances.model_stances import DemandStance
from cbm.comparison.stances.shortfalls import Shortfall
from cbm.comparison.stances.stance_regions import Stance
from cbm.comparison.two_texts import TwoTexts
from cbm.core.expressions import NormId
from cbm.core.norms import Modality, Norm, Strength
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled, repaired
from cbm.evaluate.what_binds import binding
from cbm.search.replay import Episode, episode
from cbm.smt.solve import apart


def stance_episode(both: TwoTexts, told: DemandStance, *, further: bool = False) -> Episode:
    """An encounter in which it is seen; WitnessRefused is a bug of cbm.

    `further`: one in which the demand is kept and a duty of the draft is breached, which there must be.
    """
    shows = (told.beyond,) if further else told.shows

    def confirmed(seen: CompleteEpisode) -> bool:
        before, after = read_by_both(both, told.about, seen, shows)
        view = _View(both, told, before, after)
        return view.goes_further() if further else view.is_so()

    with apart():  # which example is shown depends on no other question
        return episode(told.about, shows, confirmed)


class _View:
    """What the evaluator sees in one encounter, with the model and with the draft."""

    def __init__(self, both: TwoTexts, told: DemandStance, before: CompleteEpisode, after: CompleteEpisode) -> None:
        self.both, self.told, self.before, self.after = both, told, before, after
        self.system, self.bearer = both.system, told.about.bearer
        self.demand = self.system.norms[told.demand]
        self.binds = binding(told.demand, self.bearer, before, self.system)
        self.kept = fulfilled(self.demand, self.bearer, before, self.system)
        self.used = self.binds and self.kept != (self.demand.modality is Modality.EXEMPTION)

    def is_so(self) -> bool:
        told = self.told
        match told.stance:
            case Stance.KEPT:
                return not self.binds or self.kept or not self.demand.demands
            case Stance.NO_VERDICT:
                return self.binds
            case Stance.PERMITS_BREACH:
                return self.binds and not self.kept and any(map(self.is_used, told.by))
            case Stance.CONTRADICTED if not self.demand.demands:
                return self.used and any(map(self.is_breached, told.by))
            case Stance.NOT_GRANTED:
                return self.used
            case Stance.WEAKER if Shortfall.REPARATION in told.in_what:
                return (
                    self.binds and not self.kept and not repaired(self.demand, 0, self.bearer, self.before, self.system)
                )
            case _:
                breached = self.binds and not self.kept
                return self.binds if told.outside else breached and self.complies()

    def goes_further(self) -> bool:
        return self.binds and self.kept and any(map(self.is_breached, self.told.further))

    def complies(self) -> bool:
        """Whether no duty of the draft is breached that hangs together with it, and neither clashes nor yields."""
        text = self.both.new
        named = text.rewriting.norm
        yielding = {named(n) for edge in text.system.precedences for n in edge.yielding}
        unsteady = yielding.union(*(map(named, clash.takes_part) for clash in text.clashes))
        counted = (Strength.MUST, self.demand.strength)
        owed = [n for n in self.own() if n.demands and n.strength in counted and n.id not in unsteady]
        return not any(self.is_breached(n.id) for n in owed if n.id in self.told.among)

    def own(self) -> list[Norm]:
        return [n for n in self.system.norms.values() if n.id.document == self.both.new.name]

    def is_breached(self, clause: NormId) -> bool:
        norm = self.system.norms[clause]
        kept = fulfilled(norm, self.bearer, self.after, self.system)
        return not kept and binding(clause, self.bearer, self.after, self.system)

    def is_used(self, clause: NormId) -> bool:
        norm = self.system.norms[clause]
        done = fulfilled(norm, self.bearer, self.after, self.system) != (norm.modality is Modality.EXEMPTION)
        return done and binding(clause, self.bearer, self.after, self.system)
