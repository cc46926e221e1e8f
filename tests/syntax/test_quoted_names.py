"""Names in quotes: what readers call something means it wherever its name may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from cbm.cli import main
from cbm.files import read_library
from cbm.finding import Finding, RuleId
from cbm.records import replace
from cbm.render.identity import identities
from cbm.syntax import ast
from cbm.syntax.renamed import with_each_name

VOCABULARY = """\
vocabulary strait
party CN "China" ja "中国"
party JP "Japan" ja "日本"
kind craft = warship "warship" ja "軍艦" | patrol_plane "patrol aircraft" | tug
situation encounter
roles own, other
each
  party : party
  craft : craft
  hurt "own unit is in distress" : flag
shared
  calls_unanswered "calls stay unanswered" : flag
topic manoeuvre "manoeuvre"
act keep_clear "keeps out of the way" ja "避ける" topic manoeuvre
act call "calls the other unit" ja "呼び出す" topic manoeuvre
act hail "calls" topic manoeuvre
act shout "calls" topic manoeuvre
"""
PLAIN = """\
draft code
  uses strait
  between CN, JP
clause 1 a warship or tug meeting a patrol_plane when calls_unanswered and not own.hurt must keep_clear, call
clause 2 a warship when own.craft in (warship, tug) must not call unless other is a tug
covers acts keep_clear in every type of encounter
reserve 3 "tugs" for manoeuvre when own.craft is tug
cases "what comes of it" for code
case "a tug"
given own is a tug and calls_unanswered
expect own must keep_clear by 1
"""
QUOTED = """\
draft code
  uses strait
  between CN, JP
clause 1 a "Warship" or "tug" meeting a "patrol aircraft"
  when "calls stay unanswered" and not own."own unit is in distress"
  must "keep out of the way", "calls the  other unit"
clause 2 a "軍艦" when own.craft in ("warship", "tug") must not "呼び出す" unless other is a "tug"
covers acts "keep clear" in every type of encounter
reserve 3 "tugs" for "manoeuvre" when own.craft is "tug"
cases "what comes of it" for code
case "a tug"
given own is a "tug" and "calls unanswered"
expect own must "keep out of the way" by 1
"""


def written(folder: Path, text: str, vocabulary: str = VOCABULARY) -> Path:
    (folder / "strait.cbm").write_text(vocabulary.replace(", wave topic", " topic"), encoding="utf-8")
    path = folder / "code.cbm"
    path.write_text(text, encoding="utf-8")
    return path


def documents(path: Path) -> list[ast.Document]:
    """As they are read, whatever stood in quotes."""
    library = read_library([path])
    assert not library.findings
    return [with_each_name(library.documents[name], lambda name: replace(name, quoted=False)) for name in library.asked]


def test_a_phrase_is_the_name_of_what_it_means(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert documents(written(tmp_path, QUOTED)) == documents(written(tmp_path / "plain", PLAIN))


def _numbered(path: Path) -> list[tuple[Finding, str]]:
    findings = cbm.run([path]).findings
    return list(zip(findings, identities(findings), strict=True))


def test_what_is_found_does_not_depend_on_how_things_are_named(tmp_path: Path) -> None:
    clauses = 'clause 4 a warship must not "keep clear"\nclause 5 a tug must not "call", "keep clear"\n'
    plain = clauses.replace('"keep clear"', "keep_clear").replace('"call"', "call")
    found = []
    for place, text, added in (("quoted", QUOTED, clauses), ("plain", PLAIN, plain)):
        (tmp_path / place).mkdir()
        path = written(tmp_path / place, f"{text[: text.index('cases')]}{added}")
        found.append([(f.message, id_) for f, id_ in _numbered(path)])
    assert found[0] == found[1]
    assert "clauses 1 (`keep_clear`) and 4 cannot both be complied with" in dict(found[0])


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ('every unit must "keep clar"', ("no act is called `keep clar`", "did you mean `keep_clear`?")),
        (
            'every unit must "calls"',
            ("several words are called “calls”: say which one is meant", "write `hail` or `shout`"),
        ),
        ('a "wship" must call', ("no kind of unit and no term is called `wship`", "did you mean `warship`?")),
    ],
)
def test_what_means_nothing_or_several_things_is_told_at_its_place(
    tmp_path: Path, clause: str, told: tuple[str, str]
) -> None:
    text = f"draft code\n  uses strait\n  between CN, JP\nclause 1 {clause}\n"
    (finding,) = cbm.run([written(tmp_path, text)]).findings
    assert (finding.rule, finding.message, *finding.remedies) == (RuleId.UNDEFINED, *told)
    assert finding.primary.span.text == clause[clause.index('"') : clause.rindex('"') + 1]


def test_a_text_in_front_of_a_quoted_bearer_is_a_title_still(tmp_path: Path) -> None:
    clauses = 'clause 1 "Near" an "warship" must call\nclause 2 "Far" any "tug" must call\n'
    (document,) = documents(written(tmp_path, f"draft code\n  uses strait\n  between CN, JP\n{clauses}"))
    titles = [title.text for part in document.statements if isinstance(part, ast.NormClause) for title in part.titles]
    assert titles == ["Near", "Far"]


def test_a_condition_that_is_asked_about_may_be_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, PLAIN))
    pages = []
    for given in (
        'other is a "patrol aircraft" and "calls stay unanswered"',
        "other is a patrol_plane and calls_unanswered",
    ):
        assert main(["ask", path, "--given", given]) == 0
        pages.append(capsys.readouterr().out.replace(given, "…"))
    assert pages[0] == pages[1]


def test_a_topic_that_is_called_like_something_else_is_meant_where_topics_stand(tmp_path: Path) -> None:
    """`a "潜水艦"` meant nothing, since what is said of submarines is called so as well."""
    vocabulary = VOCABULARY.replace("| tug", '| submarine "submarine" ja "潜水艦" | tug')
    vocabulary += 'topic submarines "submarines" ja "潜水艦"\nact dive topic submarines\n'
    text = """\
draft code
  uses strait
  between CN, JP
clause 1 a {submarine} meeting a tug when other.craft is not {submarine} must dive
covers {submarines} in every type of encounter when own is a {submarine}
reserve 2 "tugs" for {submarines} when own.craft is tug
"""
    plain, quoted = (
        documents(written(tmp_path, text.format(submarine=one, submarines=topic), vocabulary))
        for one, topic in (("submarine", "submarines"), ('"潜水艦"', '"潜水艦"'))
    )
    assert plain == quoted
