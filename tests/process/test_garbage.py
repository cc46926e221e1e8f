"""The search for garbage is put off, and taken up again however the work ends."""

from __future__ import annotations

import gc

import pytest

from cbm.process.garbage import without_collection


def test_it_is_off_inside_and_as_before_afterwards() -> None:
    assert gc.isenabled()
    with without_collection():
        assert not gc.isenabled()
        with without_collection():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_taken_up_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), without_collection():
        _ = 1 // 0
    assert gc.isenabled()
