"""What a situation is called in sentences of each language."""

from __future__ import annotations

from cbm.core.episodes import Words
from cbm.records import replace
from cbm.translation.speech import speaking
from cbm.wording.situation_words import situation_words
from tests.laws.tiny import system


def test_it_is_called_by_its_name_in_english_and_by_its_title_elsewhere() -> None:
    plain = system()
    titled = replace(plain, words=Words(translations={("situation", "encounter"): {"zh": "会遇"}}))
    assert [situation_words(one) for one in (plain, titled)] == ["encounter", "encounter"]
    with speaking("zh"):
        assert [situation_words(one) for one in (plain, titled)] == ["相遇", "会遇"]
    with speaking("ja"):
        assert situation_words(replace(titled, situation=replace(titled.situation, name="passage"))) == "passage"
