"""The last word on a woman's readiness to jump, wherever and whenever it was said."""

from typing import Any

import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.chains import find_things
from server.sessions.domain.fold import list_conflicts
from server.sessions.domain.placing import place_events
from server.sessions.domain.signing_off import SignOff, is_signed_off, list_signoffs
from tests.ledger_entries import Tablet, minute, signed_off

KIND = "plyometric_signoff"
NEXT_EVENING = 2 * 24 * 60.0  # in minutes


def _say(*, ready: bool, at: float, tablet: Tablet | None = None) -> LedgerEvent:
    value = signed_off(ready=ready, locked_from=None if ready else minute(at))
    return (tablet or Tablet()).write(KIND, "P01", value, minute(at))


def _is_ready(*sessions: list[LedgerEvent], who: str = "P01") -> bool:
    return is_signed_off([one for events in sessions for one in list_signoffs(events)], who)


def test_the_last_word_on_her_readiness_counts() -> None:
    yes, no = _say(ready=True, at=5), _say(ready=False, at=NEXT_EVENING)
    assert _is_ready([yes], [])
    assert not _is_ready([yes], [no])
    assert not _is_ready([no], [yes])  # in time, in whichever order the sessions are read
    assert _is_ready([no], [_say(ready=True, at=NEXT_EVENING + 1)])
    assert not _is_ready([])
    assert not _is_ready([yes], who="P02")


def test_of_two_words_of_one_moment_the_no_counts() -> None:
    yes, no = _say(ready=True, at=5), _say(ready=False, at=5)
    assert not _is_ready([yes], [no])
    assert not _is_ready([no], [yes])


def test_a_no_in_place_of_an_earlier_yes_counts_from_when_it_was_said() -> None:
    """A session that was broken off is held on after a later one, where she was signed off."""
    first = Tablet()
    yes = _say(ready=True, at=5, tablet=first)
    later = signed_off(ready=False, locked_from=minute(2 * NEXT_EVENING))
    no = first.correct(yes, later, minute(2 * NEXT_EVENING))
    assert not _is_ready([yes, no], [_say(ready=True, at=NEXT_EVENING)])
    assert _is_ready([yes, no], [_say(ready=True, at=3 * NEXT_EVENING)])


def test_when_a_word_was_said_is_told_by_the_servers_clock() -> None:
    """The tablet had yet to meet the server, and learnt how far off it was with another entry."""
    off_ms = 2 * 24 * 3_600_000
    tablet = Tablet(offset_ms=None)
    yes = _say(ready=True, at=5, tablet=tablet)
    tablet.offset_ms = off_ms
    met = tablet.write("note", "session", {"text": "met"}, minute(NEXT_EVENING + 10))
    assert list_signoffs([yes, met]) == (
        SignOff("P01", parse_utc_ms(minute(5)) + off_ms, ready=True),
    )


@pytest.mark.parametrize("no_first", [True, False])
def test_a_yes_beside_a_no_is_a_no_until_somebody_decides(no_first: bool) -> None:
    """Whichever is shown; and a silent evening after it decides nothing."""
    one, other = Tablet("a" * 16), Tablet("b" * 16)
    yes_at, no_at = (5, 3) if no_first else (3, 5)
    yes = _say(ready=True, at=yes_at, tablet=one)
    no = _say(ready=False, at=no_at, tablet=other)
    assert len(_list_conflicts([yes, no])) == 1
    assert not _is_ready([yes, no])
    assert not _is_ready([yes, no], [])
    # Kept of the two, as a person decides: the other is superseded by the value of the kept one.
    kept = one.correct(no, yes.value, minute(70))
    assert _list_conflicts([yes, no, kept]) == []
    assert _is_ready([yes, no, kept])


def test_a_no_that_was_taken_back_is_no_word() -> None:
    tablet = Tablet()
    no = _say(ready=False, at=5, tablet=tablet)
    assert list_signoffs([no, tablet.correct(no, None, minute(6))]) == ()


def _list_conflicts(events: list[LedgerEvent]) -> list[dict[str, Any]]:
    return list_conflicts(find_things(place_events(events)))
