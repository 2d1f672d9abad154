"""Straps and people are joined late: a swap is repaired by moving intervals (D3)."""

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import fold_session
from server.sessions.domain.wearing import find_wearers
from tests.ledger_entries import Tablet, minute, wearing

IDS = [f"01999999-0000-7000-8000-0000000000a{n}" for n in range(5)]
FRIDAY = "2026-12-04T09:00:00.000Z"


def _values(*events: LedgerEvent) -> list[dict[str, object]]:
    """Wearing values as the join would read them from the fold."""
    people = fold_session(events, FRIDAY)["people"]
    return [
        {"participant": code, **{key: one[key] for key in ("strap", "from", "until")}}
        for code, person in people.items()
        for one in person["wearing"]
    ]


def test_a_strap_belongs_to_whom_wore_it_then() -> None:
    intervals = [
        wearing("P01", "8AA87D20", minute(0), minute(20)),
        wearing("P02", "8AA87D20", minute(20)),
    ]
    at = [minute(-1), minute(0), minute(19.9), minute(20), minute(500)]
    assert [find_wearers(intervals, "8AA87D20", one) for one in at] == [
        [], ["P01"], ["P01"], ["P02"], ["P02"],
    ]  # fmt: skip
    assert find_wearers(intervals, "8AA87D21", minute(1)) == []


def test_a_swap_repaired_afterwards_changes_whose_bytes_they_are() -> None:
    tablet = Tablet()
    a = tablet.write("wearing", IDS[0], wearing("P01", "8AA87D20", minute(0)), minute(0))
    b = tablet.write("wearing", IDS[1], wearing("P02", "8AA87D21", minute(0)), minute(0))
    assert find_wearers(_values(a, b), "8AA87D20", minute(9)) == ["P01"]
    repaired = [
        tablet.correct(a, wearing("P02", "8AA87D20", minute(0)), FRIDAY),
        tablet.correct(b, wearing("P01", "8AA87D21", minute(0)), FRIDAY),
    ]
    assert find_wearers(_values(a, b, *repaired), "8AA87D20", minute(9)) == ["P02"]
    assert find_wearers(_values(a, b, *repaired), "8AA87D21", minute(9)) == ["P01"]


def test_a_strap_changed_in_mid_session_is_two_intervals() -> None:
    tablet = Tablet()
    on = tablet.write("wearing", IDS[0], wearing("P01", "8AA87D20", minute(0)), minute(0))
    off = tablet.correct(on, wearing("P01", "8AA87D20", minute(0), minute(30)), minute(30))
    new = tablet.write("wearing", IDS[1], wearing("P01", "8AA87D29", minute(31)), minute(31))
    values = _values(on, off, new)
    assert [(one["strap"], one["until"]) for one in values] == [
        ("8AA87D20", minute(30)), ("8AA87D29", None),
    ]  # fmt: skip


def _overlaps(*values: dict[str, object]) -> list[list[str]]:
    tablet = Tablet()
    events = [tablet.write("wearing", IDS[n], value) for n, value in enumerate(values)]
    return [one["events"] for one in fold_session(events, FRIDAY)["overlaps"]]


def test_a_strap_on_two_people_at_once_is_seen() -> None:
    both = wearing("P01", "8AA87D20", minute(0), minute(10)), wearing("P02", "8AA87D20", minute(9))
    assert _overlaps(*both) == [[IDS[0], IDS[1]]]
    handed_over = wearing("P02", "8AA87D20", minute(10))
    assert _overlaps(both[0], handed_over) == []
    assert _overlaps(both[0], wearing("P01", "8AA87D20", minute(5))) == []
    assert _overlaps(both[0], wearing("P02", "8AA87D21", minute(5))) == []
