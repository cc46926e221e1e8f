"""The search for garbage is put off, and taken up again however the work ends."""

from __future__ import annotations

import gc
from threading import Thread

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


def test_it_is_taken_up_again_when_the_last_of_several_threads_ends() -> None:
    """They need not end in the order in which they began."""
    first, second = without_collection(), without_collection()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_many_threads_leave_it_as_it_was() -> None:
    def work() -> None:
        for _ in range(2_000):
            with without_collection():
                pass

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()
