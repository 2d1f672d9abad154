"""Built at the first call, by one thread, and once."""

import threading

import pytest

from server.first_use import FirstUse


def test_nothing_is_built_before_the_first_call_and_one_thing_after_it() -> None:
    built: list[int] = []

    def build() -> list[int]:
        built.append(1)
        return built

    use = FirstUse(build)
    assert built == []
    assert use.peek() is None
    assert use() is use() is use.peek()
    assert built == [1]


def test_two_threads_at_the_first_call_get_the_same_thing() -> None:
    inside, go = threading.Event(), threading.Event()
    built: list[object] = []

    def build() -> object:
        inside.set()
        assert go.wait(5)
        built.append(object())
        return built[-1]

    use, got = FirstUse(build), []
    threads = [threading.Thread(target=lambda: got.append(use())) for _ in range(2)]
    threads[0].start()
    assert inside.wait(5)
    threads[1].start()
    go.set()
    for thread in threads:
        thread.join()
    assert got == [built[0], built[0]]
    assert len(built) == 1


def test_a_build_that_failed_is_tried_again() -> None:
    outcomes = iter([OSError("disk"), None])

    def build() -> str:
        if (outcome := next(outcomes)) is not None:
            raise outcome
        return "built"

    use = FirstUse(build)
    with pytest.raises(OSError, match="disk"):
        use()
    assert use() == "built"
