"""Laws: what texts are known to mean is what they mean when they are resolved, whatever was known of other versions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.cache.byte_store import ByteStore
from cbm.cache.fingerprints import fingerprint
from cbm.cache.meanings_kept import KnownMeaning, TextsRead
from cbm.cache.title_places import TitlePlaces
from cbm.files import read_library
from cbm.resolve.system import resolve
from cbm.syntax import ast
from cbm.translation.speech import Language, speaking
from cbm.wording.findings.quoted_differences import quoted_differences

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

TEXTS = {
    "bay.cbm": """\
vocabulary bay "A bay"
party CN "China" zh "中国"
party JP "Japan" ja "日本"
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
shared
  fog "it is foggy" : flag
topic talk
act call "calls the other unit" ja "呼びかける" topic talk
act wave "waves to the other unit" topic talk
result separation "closest distance" : length from 0 m to 20 nmi topic talk
""",
    "older.cbm": """\
instrument older "An older text"
  uses bay
  between CN, JP
  in force 2010-01-01
clause 7 a frigate must keep separation >= 500 m
  text en "A frigate keeps 500 metres away."
""",
    "code.cbm": """\
draft code "A code"
  uses bay
  between CN, JP
  beside older
clause 1 a frigate must keep separation >= 300 m
  text en "A frigate shall keep 300 metres away." ja "300メートル以上を保つ。"
clause 2 a frigate when fog must call
  text en "In fog, a frigate calls the other unit."
clause 3 a tanker must not wave
  text zh "油轮不得挥手。"
clause 4 a tanker must call; must not wave
  text en "A tanker shall call the other unit of China."
clause 5 exception to 2 when own.craft is tanker
  text en "This does not apply to tankers."
clause 7 a frigate must call
  text en "A frigate shall call the other unit."
clause 8 a frigate must not call
  text en "A frigate shall call the other unit at once."
clause 9 a tanker may call
  text en "A tanker may " "call."
clause 6 [CN: a frigate | JP: a tanker] may wave
  text en [CN: "A frigate may wave." | JP: "A tanker may wave."] ja [CN: "" | JP: "油"] "手を振る。"
draft other_code "Another code"
  uses bay
  between CN, JP
clause 1 a tanker must wave
  text en "A tanker shall wave."
""",
}
# Words of quotes, and what they may be instead: some say the same as far as that is looked at, some do not.
QUOTED = (
    ("A frigate shall keep", "Each frigate shall stay"),
    ("keep 300 metres", "keep 400 metres"),
    ("shall keep", "should keep"),
    ("300メートル以上", "300メートルを超えて"),
    ("300メートル", "四百メートル"),
    ("In fog, a frigate calls the other unit.", ""),
    ("calls the other unit.", "shall not call the other unit."),
    ("calls the other unit.", "calls [the other] unit # of them; 'own' — \\\\ 3 nmi off."),
    ("不得", "应当"),
    ("of China", "of Japan"),
    ("of China", "of it"),
    ("not apply", "not at all apply"),
    ("A frigate may wave", "Each frigate may wave"),
    ("tanker shall wave", "tanker waves"),
    ("keeps 500", "keeps 600"),
    ("frigate shall call the other unit.", "frigate shall not call the other unit."),
    ("call the other unit at once", "signal at once"),
    ("A tanker may ", "A frigate may "),
    ("手を振る。", "3メートル手を振る。"),
    ('may " "call."', 'may call."'),
    ("A tanker shall call", "A frigate shall keep 300 metres away. A tanker shall call"),
    ("In fog, a frigate calls the other unit.", "A tanker shall call the other unit of China."),
)
OTHERS = (
    ("300 m\n", "400 m\n"),
    ("when fog must call", "when fog should call"),
    ("must not wave\n  text zh", "must wave\n  text zh"),
    ("clause 3", "clause 10"),
    ("clause 3", "# a remark\nclause 3"),
    ("clause 2", "\n\nclause 2"),
    ('  text zh "油轮不得挥手。"\n', ""),
    ("text zh", "text ja"),
    ('"A code"', '"A new code"'),
    ('"China"', '"the other unit"'),
    ('"calls the other unit"', '"shall"'),
    ('ja "日本"', 'ja "メートル"'),
    (">= 500 m", ">= 600 m"),
    ("2010-01-01", "2030-01-01"),
    ("waves to", "signals to"),
    ("; must not wave", "; must not call"),
    ("own.craft is tanker\n", "own.craft is frigate\n"),
)
Terms = tuple[str, date | None, tuple[str, ...], Language]
TERMS: st.SearchStrategy[Terms] = st.tuples(
    st.sampled_from(["code", "other_code"]),
    st.sampled_from([None, date(2009, 1, 1), date(2031, 1, 1)]),
    st.sampled_from([("all",), ("conflict",)]),
    st.sampled_from(["en", "ja"]),
)


# Whatever stands in a quote, the rest of the text is read the same.
ODD = st.text(st.sampled_from("ab A3m .,;:#[]|'`()\\{}“”「」【】—–…３％°日不得shallmay"), max_size=20)


@st.composite
def versions(draw: st.DrawFn) -> list[tuple[dict[str, str], Terms]]:
    """Some versions of the texts, one after the other, each perhaps again with other quotes or under other terms."""
    kinds = [draw(st.lists(st.sampled_from(OTHERS), max_size=2)) for _ in range(2)]
    found = []
    for _ in range(draw(st.integers(2, 5))):
        quoted = draw(st.lists(st.sampled_from(QUOTED), max_size=2))
        odd = [(" the other unit of", draw(ODD))] if draw(st.booleans()) else []
        found.append((edited(*draw(st.sampled_from(kinds)), *quoted, *odd), draw(TERMS)))
    return found


def edited(*edits: tuple[str, str]) -> dict[str, str]:
    """The texts with these edits, each made wherever its words still stand."""
    texts = dict(TEXTS)
    for old, new in edits:
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    return texts


def documents_in(folder: Path, texts: Mapping[str, str]) -> Mapping[str, ast.Document]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = read_library([folder])
    assert not library.faulty, library.findings
    return library.documents


def checked(store: ByteStore, documents: Mapping[str, ast.Document], terms: Terms) -> KnownMeaning | None:
    """What is known of the texts, which is what they mean; that is kept then."""
    subject, day, asked, language = terms
    with speaking(language):
        texts = TextsRead.of(store, documents, subject, day, (language, *asked))
        assert texts is not None
        known = texts.meaning()
        system, faults = resolve(documents, subject, day)
        assert system is not None, faults
        places = TitlePlaces.of(system)
        wording = tuple(finding for _, found in quoted_differences(places.system) for finding in found)
        meant = fingerprint(places.system, (language, *asked), wording)
        assert known in (None, KnownMeaning(meant, places.titles))
        texts.keep(meant, places)
        assert texts.meaning() == KnownMeaning(meant, places.titles)
        return known


@settings(max_examples=100 if NIGHTLY else 10)
@given(versions())
def test_what_is_known_is_what_is_meant(several: list[tuple[dict[str, str], Terms]]) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as cache:
        store = ByteStore(Path(cache))
        for texts, terms in several:
            checked(store, documents_in(Path(folder), texts), terms)


PLAIN: Terms = ("code", None, ("all",), "en")


@pytest.mark.parametrize("edit", [*QUOTED, *OTHERS], ids=str)
def test_of_one_edit_what_is_known_is_what_is_meant(edit: tuple[str, str], tmp_path: Path) -> None:
    assert edited(edit) != TEXTS
    store = ByteStore(tmp_path / "cache")
    assert checked(store, documents_in(tmp_path, TEXTS), PLAIN) is None
    checked(store, documents_in(tmp_path, edited(edit)), PLAIN)


@pytest.mark.parametrize(
    ("edit", "is_known"),
    [
        (("A frigate shall keep", "Each frigate shall stay at"), True),
        (("not apply", "not at all apply"), True),
        (("of China", "of it"), False),
        (("keep 300 metres", "keep 400 metres"), False),
        (("A frigate may wave", "Each frigate may wave"), False),
        (("keeps 500 metres away", "stays 500 metres away"), False),
    ],
    ids=str,
)
def test_words_of_which_nothing_is_asked_may_be_others(edit: tuple[str, str], is_known: bool, tmp_path: Path) -> None:
    store = ByteStore(tmp_path / "cache")
    checked(store, documents_in(tmp_path, TEXTS), PLAIN)
    assert (checked(store, documents_in(tmp_path, edited(edit)), PLAIN) is not None) is is_known
