"""What is told of slips in the examples, word for word: the page `messages.txt` is the test."""

from __future__ import annotations

from tests.resolve.messages import PAGE, page


def test_messages_are_as_accepted() -> None:
    assert page() == PAGE.read_text(encoding="utf-8")
