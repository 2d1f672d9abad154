from collections.abc import Sequence

from protocol.ledger.event import LedgerEvent
from server.sessions.appending import Addition, Posting, Result, mark_conflicts, plan_addition
from server.sessions.chain import EMPTY, Head
from server.sessions.stored import StoredEvent
from tests.ledger_entries import SESSION, Tablet, attending, minute

OTHER_SESSION = "01999999-0000-7000-8000-00000000000f"


def _plan(
    events: Sequence[LedgerEvent],
    known: Sequence[StoredEvent] = (),
    *,
    session: str = SESSION,
    head: Head = EMPTY,
) -> Addition:
    posting = Posting(session, events, minute(1), "sara")
    return plan_addition(posting, {one.event.id: one for one in known}, head, bytes)


def _entries(n: int) -> list[LedgerEvent]:
    tablet = Tablet()
    return [tablet.write("attendance", "P01", attending()) for _ in range(n)]


def test_new_events_follow_the_head_without_a_hole() -> None:
    addition = _plan(_entries(3), head=Head(7, bytes(32)))
    assert [row[0] for row in addition.events] == [row[0] for row in addition.values] == [8, 9, 10]
    assert addition.head == Head(10, addition.events[-1][-1])


def test_a_known_event_adds_nothing() -> None:
    events = _entries(1)
    stored = _plan(events).stored
    again = _plan([*events, *events], stored, head=Head(1, bytes(32)))
    assert (again.events, again.asides) == ([], [])
    assert [(o.result, o.n) for o in again.outcomes] == [(Result.KNOWN, 1)] * 2


def test_another_event_under_a_known_id_is_set_aside() -> None:
    first = _plan(_entries(1)).stored
    other = Tablet().write("attendance", "P01", attending("absent"))
    assert _plan([other], first).asides == [other]
    assert _plan([first[0].event], first, session=OTHER_SESSION).asides == [first[0].event]


def test_what_was_erased_does_not_come_back() -> None:
    (stored,) = _plan(_entries(1)).stored
    erased = StoredEvent(1, SESSION, stored.event, minute(1), "sara", is_erased=True)
    changed = Tablet().write("attendance", "P01", attending("absent"))
    assert _plan([changed], [erased]).outcomes[0].result is Result.KNOWN


def test_only_new_events_become_conflicts() -> None:
    outcomes = _plan(events := _entries(2)).outcomes
    marked = mark_conflicts(outcomes, {events[1].id, "other"})
    assert [one.result for one in marked] == [Result.NEW, Result.CONFLICT]
    known = _plan(events, _plan(events).stored).outcomes
    assert mark_conflicts(known, {events[0].id}) == known
