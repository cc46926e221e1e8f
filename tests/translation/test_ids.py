"""What a finding is called does not depend on who reads it."""

from __future__ import annotations

import re

from cbm import run
from cbm.render.identity import identities
from cbm.translation.speech import LANGUAGES, speaking
from tests.catalogues import ROOT

# Two clashes of the same clauses, which nothing but their conditions tells apart.
ALIKE = ROOT / "tests" / "checks" / "examples" / "each_role.cbm"


def test_findings_that_only_their_conditions_tell_apart_have_the_same_ids() -> None:
    names: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        with speaking(language):
            names[language] = identities(run([ALIKE], select={"conflict"}).findings)
    assert any(re.search(r"-[0-9a-f]{6}$", name) for name in names["en"]), "none of them needs its conditions"
    assert names["zh"] == names["en"] == names["ja"]
