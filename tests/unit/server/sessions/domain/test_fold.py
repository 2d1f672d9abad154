"""The fold is a function of the set of events; and nothing that anybody wrote is lost in it."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.ledger.canonical import encode_canonical
from protocol.ledger.event import LedgerEvent
from protocol.ledger.kinds import KINDS, Sort
from server.sessions.domain.chains import find_things
from server.sessions.domain.fold import fold_session
from server.sessions.domain.placing import place_events
from tests.ledger_entries import Tablet, attending, logged, minute
from tests.ledger_stories import EDGES, contested, evenings, lost_clocks

NOW = minute(35)


@given(evenings() | evenings(written=contested()), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_any_order_and_any_repetition_give_the_same_state(
    events: list[LedgerEvent], chance: random.Random
) -> None:
    arrived = events + chance.choices(events, k=len(events)) if events else []
    chance.shuffle(arrived)
    assert fold_session(arrived, NOW) == fold_session(events, NOW)


@given(lost_clocks(), st.sampled_from(EDGES), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_no_clock_and_no_offset_makes_a_session_unreadable(
    events: list[LedgerEvent], at: str, chance: random.Random
) -> None:
    arrived = events * 2
    chance.shuffle(arrived)
    assert fold_session(arrived, at) == fold_session(events, at)


def _holds(shown: dict[str, Any], said: dict[str, Any]) -> bool:
    """Versions may differ in since when a no counts: the earliest does (decision 0024)."""
    if "locked_from" in said:
        if said["locked_from"] is not None and shown["locked_from"] > said["locked_from"]:
            return False
        said = said | {"locked_from": shown["locked_from"]}
    return encode_canonical(shown) == encode_canonical(said)


@given(evenings() | evenings(written=contested()))
@settings(deadline=None)
def test_every_version_that_nobody_replaced_holds_or_is_in_a_conflict(
    events: list[LedgerEvent],
) -> None:
    """E3: three tablets editing the same things lose nothing that isn't shown as disputed."""
    placed = place_events(events)
    things = find_things(placed)
    disputed = {one for thing in things for one in thing.versions}
    replaced = {event.supersedes for event in events}
    shown = {(thing.kind, thing.about): thing.shown for thing in things}
    for one in placed:
        event = one.event
        if event.id in replaced or one.value is None or KINDS[event.kind].sort is Sort.ACT:
            continue
        holding = shown[event.kind, event.about]
        assert holding is not None
        assert holding.value is not None
        assert _holds(holding.value, one.value) or {event.id, holding.event.id} <= disputed


@given(evenings() | evenings(written=contested()), st.data())
@settings(deadline=None)
def test_a_person_resolves_every_conflict_by_superseding_the_other_versions(
    events: list[LedgerEvent], data: st.DataObject
) -> None:
    """Every other version is superseded with the value (or null) of the one that is kept."""
    by_id = {event.id: event for event in events}
    person = Tablet("dddddddddddddddd")
    for conflict in fold_session(events, NOW)["conflicts"]:
        kept, value = data.draw(
            st.sampled_from(list(zip(conflict["versions"], conflict["values"], strict=True)))
        )
        for version in conflict["versions"]:
            if version != kept:
                events.append(person.correct(by_id[version], value, NOW))
    assert fold_session(events, NOW)["conflicts"] == []


@given(evenings())
@settings(deadline=None)
def test_counts_add_up(events: list[LedgerEvent]) -> None:
    counts = fold_session(events, NOW)["counts"]
    done = sum(counts[key] for key in ("observed", "sensor", "self_report", "assumed"))
    assert done + counts["missed"] + counts["open"] == counts["sets_prescribed"] + counts["extra"]


@given(evenings())
@settings(deadline=None)
def test_folding_changes_no_event(events: list[LedgerEvent]) -> None:
    before = [encode_canonical(event.value) for event in events]
    fold_session(events, NOW)
    assert [encode_canonical(event.value) for event in events] == before


def test_the_last_of_closing_and_reopening_counts() -> None:
    tablet = Tablet()
    events = [tablet.write("session_closed", "session", {"summary": {"sets": 3}}, minute(60))]
    closed = fold_session(events, minute(90))
    assert (closed["closed"], closed["closed_at"]) == (True, minute(60))
    assert closed["summary"] == {"sets": 3}
    events.append(tablet.write("session_reopened", "session", {"why": "one more"}, minute(61)))
    reopened = fold_session(events, minute(90))
    assert (reopened["closed"], reopened["summary"]) == (False, None)
    events.append(tablet.write("session_closed", "session", {"summary": {}}, minute(62)))
    assert fold_session(events, minute(90))["closed_at"] == minute(62)


def test_a_voided_mistake_leaves_no_ghost_participant() -> None:
    tablet = Tablet()
    wrong = tablet.write("attendance", "P17", attending())
    right = tablet.write("attendance", "P07", attending())
    assert list(fold_session([wrong, right], NOW)["people"]) == ["P07", "P17"]
    assert list(fold_session([wrong, right, tablet.correct(wrong, None)], NOW)["people"]) == ["P07"]


def test_an_entry_that_arrives_after_closing_still_counts() -> None:
    """A tablet that was offline drains its queue after the other one has closed."""
    tablet, other = Tablet(), Tablet("bbbbbbbbbbbbbbbb")
    late = other.write("set", "P01/sit-to-stand/1", logged("sit-to-stand"), minute(21))
    closed = tablet.write("session_closed", "session", {"summary": {}}, minute(60))
    assert fold_session([closed, late], minute(70))["counts"]["observed"] == 1
