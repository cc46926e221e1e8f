"""Conditions under which duties leave no way, in words, and whether they leave none under others."""

from __future__ import annotations

from cbm.compliance.unavailable_options import OptionQuestion, Shut, is_shut_elsewhere
from cbm.core.expressions import NormId
from cbm.search.open_readings import ReadingCubes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.wording.condition_words import among_others, condition_words
from cbm.wording.told_zones import told_by


def shut_conditions(
    way: OptionQuestion, shut: Shut, norms: tuple[NormId, ...], on: ReadingCubes | Unknown | None
) -> str:
    """The conditions of a finding about these norms; where the way is shut under others too, it is said that these are
    not all.

    `on`: on which readings it is so. Of what is so on some readings or packages alone, no others are asked about.
    """
    about = way.about
    words = condition_words(told_by(about.system, norms), shut.cube)
    with asking(
        system=about.system,
        bearer=about.bearer,
        norms=norms,
        question="do the same clauses leave no way under other conditions than those told",
        found="it is said that these are not all",
        none="these are all",
    ):
        more = on is None and is_shut_elsewhere(way, shut)
    return among_others(words) if more else words
