"""Why nothing can be written, in the language of the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Misuse
from cbm.process.output import reason, write
from cbm.translation.speech import Language, speaking


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "cannot write `missing/page`: no such file or directory"),
        ("zh", "无法写入`missing/page`：没有该文件或文件夹"),
        ("ja", "`missing/page`に書き込めない：そのファイル又はフォルダーは存在しない"),
    ],
)
def test_a_page_that_cannot_be_written_is_told_with_the_reason(
    language: Language, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with speaking(language), pytest.raises(Misuse) as refused:
        write([(Path("missing") / "page", "words")])
    assert str(refused.value).replace("\\", "/") == told


def test_a_reason_that_is_seldom_given_is_told_as_the_system_says_it() -> None:
    with speaking("ja"):
        assert reason(OSError(10_000, "Something Else")) == "something else"
