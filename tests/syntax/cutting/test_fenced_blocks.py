"""Markdown files: only the blocks fenced as `cbm` are read, and places are those of the Markdown file."""

from __future__ import annotations

from cbm.source import Source
from cbm.syntax.parse import parse
from tests.syntax.reading import documents, said

PAGE = """\
# Code of conduct

Article 1 says "nothing yet (see below).

```cbm
draft coc
article 1
```

clause 9 is prose, and so is this:

```python
clause 8 is code
```

  ~~~~ CBM of the second article
  clause 1 every unit must report
  ~~~
  clause 2 JP must report
  ~~~~~

````markdown
```cbm
clause 7 is an example of an example
```
````

Inline ```cbm``` stays inline.
"""


def test_only_blocks_are_read_and_keep_their_places() -> None:
    (document,) = documents(PAGE.replace("  ~~~\n", ""), "coc.cbm.md")
    assert document.header.span.begin == (6, 1)
    assert [statement.span.begin for statement in document.statements] == [(7, 1), (17, 3), (18, 3)]
    assert document.statements[1].span.text == "clause 1 every unit must report"


def test_a_shorter_fence_does_not_end_a_block() -> None:
    (message,) = said(PAGE, "coc.cbm.md")
    assert message.startswith("18:3 `~` does not fit here")


def test_a_fence_with_words_behind_it_ends_no_block() -> None:
    (message,) = said("```cbm\nvocabulary v\nparty CN\n``` cbm\nparty JP\n```\n", "v.cbm.md")
    assert message.startswith("4:1 ``` does not fit here")


def test_the_same_file_without_the_suffix_is_no_markdown() -> None:
    assert said(PAGE, "coc.cbm")


def test_lines_of_windows_and_a_byte_order_mark() -> None:
    (document,) = documents("\ufeff```cbm\r\ndraft d\r\n```\r\nprose\r\n```cbm\r\narticle 1\r\n```\r\n", "d.CBM.MD")
    assert [statement.span.begin for statement in document.statements] == [(6, 1)]


def test_a_statement_ends_with_its_block() -> None:
    text = "```cbm\ndraft d\nclause 1 every unit\n```\nmust\n```cbm\nmust report\nclause 2 JP must report\n```\n"
    assert [line.split(" ")[0] for line in said(text, "d.cbm.md")] == ["3:16", "7:1"]


def test_marks_in_the_prose_are_none_of_our_business() -> None:
    assert said("\u200fعربي\x0c\n\n```cbm\nvocabulary v\n```\n" + "x" * 20_000, "v.cbm.md") == []


def test_a_block_without_end_is_not_read_to_the_end_of_the_page() -> None:
    assert said("a\n\n```cbm\nvocabulary v\n\nMuch prose.\n", "v.cbm.md") == [
        "3:1 the block that begins here has no end → write the same marks on a line of their own below it"
    ]


def test_blocks_out_of_reach_are_told() -> None:
    message = "this block is not read: begin it on a line of its own, outside quotations"
    text = "> ```cbm\n> vocabulary v\n> ```\n\n- ```cbm\n  vocabulary v\n  ```\n"
    assert said(text, "v.cbm.md")[:2] == [f"1:1 {message}", f"5:1 {message}"]


def test_blocks_of_a_list_are_read() -> None:
    (document,) = documents("1. first\n\n    ```cbm\n    vocabulary v\n    ```\n", "v.cbm.md")
    assert document.header.span.begin == (4, 5)


def test_a_page_without_blocks_holds_no_documents() -> None:
    file, findings = parse(Source("d.cbm.md", "draft d\nclause 1\n"))
    assert (file.documents, findings) == ((), ())


def test_a_choice_declared_in_one_block_is_known_in_the_others() -> None:
    text = (
        "```cbm\ndraft d\n  between CN, JP\noptions far one of CN, JP\n```\n\n"
        "```cbm\nclause 1 every unit must keep x >= [far CN: 1 km | JP: 2 km]\n```\n"
    )
    assert said(text, "d.cbm.md") == []
