"""Which words stand beside which statements, in a Markdown file and in one of statements alone."""

from __future__ import annotations

from cbm.papers.literate_rows import woven
from cbm.source import Source
from cbm.translation.speech import speaking

MARKDOWN = """\
<!-- cbm docx: a.docx -->

# A code

Words before.

```cbm
draft code "A"
```

## Article 1

<!-- paragraph 3 0d8ff051 -->
**1.** Keep away.

```sh
# no heading
```

<!-- paragraph 4 0d8ff052 -->
**2.** Report.

~~~ cbm
clause 2 every unit must call
~~~

The end.
"""
STATEMENTS = """\
# What it is.

draft code "A code" ja "規範"
  uses encounters

article 1 "Distances" ja "距離"

# cbm: ignore[gap] because it is so
clause 1 "Apart" ja "離れる"
  every unit must call
  text en "Units call." ja "呼び出す。"  # both

options d one of CN, JP
covers separation in every type of encounter
[JP: clause 2 every unit must not lase]
"""


def rows(source: Source) -> list[tuple[str, str]]:
    return [(row.prose, row.source) for row in woven(source).rows]


def test_what_stands_above_a_block_stands_beside_it() -> None:
    assert rows(Source("a.cbm.md", MARKDOWN)) == [
        ("# A code\n\nWords before.", 'draft code "A"'),
        ("## Article 1", ""),
        ("**1.** Keep away.\n\n```sh\n# no heading\n```", ""),
        ("**2.** Report.", "clause 2 every unit must call"),
        ("The end.", ""),
    ]


def test_of_statements_it_is_what_they_quote() -> None:
    found = rows(Source("a.cbm", STATEMENTS))
    assert [words for words, _ in found] == [
        "# A code",
        "## 1 Distances",
        "**1.1 Apart**\n\n*en:* Units call.\n\n*ja:* 呼び出す。",
        "",
        "**1.2**",
    ]
    assert "".join(f"{statements}\n" for _, statements in found).split() == STATEMENTS.split()
    assert found[2][1].startswith("# cbm: ignore[gap]")
    assert found[4][1] == "[JP: clause 2 every unit must not lase]"


def test_a_comment_behind_a_clause_stays_with_it() -> None:
    first = "clause 1 every unit must not lase  # cbm: ignore[gap] because it is agreed"
    second = "clause 2 every unit must not jam  # the other side reserves\n  unless own.distress # both"
    third = "# on three\nclause 3 every unit must call"
    found = rows(Source("a.cbm", f"draft code # ours\n{first}\n\n{second}\n\n{third}\n"))
    assert [statements for _, statements in found] == ["draft code # ours", first, second, third]


def test_titles_are_those_of_the_language_that_is_spoken() -> None:
    with speaking("ja"):
        told = woven(Source("a.cbm", STATEMENTS))
    assert (told.title, told.language, told.rows[1].prose) == ("規範", "ja", "## 1 距離")


def test_statements_are_told_apart_by_what_they_are() -> None:
    row = woven(Source("a.cbm", 'clause 3(a) "must" every unit must call # may')).rows[0]
    assert [(one.kind, one.text) for one in row.statements if one.kind] == [
        *(("word", "clause"), ("label", "3(a)"), ("quoted", '"must"'), ("word", "every unit"), ("modal", "must")),
        ("comment", "# may"),
    ]
