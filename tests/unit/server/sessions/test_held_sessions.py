from typing import Any

from server.sessions.held_sessions import KEPT, HeldSession, HeldSessions


def line(state: str = "closed", entries: int = 3, session: str = "s") -> dict[str, Any]:
    return {"id": session, "state": state, "entries": entries}


class Folding:
    def __init__(self) -> None:
        self.n = 0

    def __call__(self) -> HeldSession:
        self.n += 1
        return _nth(self.n)


def _nth(number: int) -> HeldSession:
    return HeldSession({"fold": number})


def test_a_closed_session_is_folded_once() -> None:
    held, fold = HeldSessions(), Folding()
    assert [held.fold(line(), fold) for _ in range(3)] == [_nth(1)] * 3


def test_one_more_entry_is_another_fold() -> None:
    held, fold = HeldSessions(), Folding()
    held.fold(line(entries=3), fold)
    assert held.fold(line(entries=4), fold) == _nth(2)


def test_a_session_that_runs_is_never_kept() -> None:
    held, fold = HeldSessions(), Folding()
    assert [held.fold(line("running"), fold) for _ in range(2)] == [_nth(1), _nth(2)]


def test_no_more_are_kept_than_a_course_needs() -> None:
    held, fold = HeldSessions(), Folding()
    for number in range(KEPT + 1):
        held.fold(line(session=str(number)), fold)
    held.fold(line(session="1"), fold)
    assert fold.n == KEPT + 1
    held.fold(line(session="0"), fold)
    assert fold.n == KEPT + 2
