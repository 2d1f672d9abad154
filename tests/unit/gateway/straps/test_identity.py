"""Promise D6: the serial says whose strap it is; an address that two share says nothing."""

from dataclasses import replace

import pytest

from gateway.straps.identity import DOUBLED_NS, find_conflict, note_double
from gateway.straps.link import step
from gateway.straps.phases import DOUBLE_VALID_NS, Link, LinkPlan, Phase, open_link
from gateway.straps.reaching import REFUSED_NS
from gateway.straps.signals import Connected, Disconnect, Doubled, Event, Identified, Seen, Tick
from gateway.straps.whereabouts import FirstUse
from protocol.ble import uuids

NOW_NS = 1_000_000_000_000
PLAN = LinkPlan("51ADA001", heart_rate=True, movement=True)
PLAIN = replace(PLAN, tells_serial=False)
PRESENT = frozenset({uuids.HEART_RATE_MEASUREMENT})


def _linked(plan: LinkPlan = PLAN, *, doubled: bool = False) -> Link:
    link = open_link(plan)
    events: list[Event] = [Seen("AA"), Connected(PRESENT)]
    if doubled:
        events.insert(1, Doubled("AA"))
    for event in events:
        link, _ = step(link, event, NOW_NS, 0.5)
    return link


@pytest.mark.parametrize(
    ("plan", "doubled", "serial", "told"),
    [
        (PLAN, False, "51ADA001", None),
        (PLAN, True, "51ada001", None),
        (PLAN, False, "51ADAC00", "conflict: the strap there says it is 51ADAC00"),
        (
            PLAN, False, None,
            "conflict: the strap there tells no serial, and every strap of its model does",
        ),
        (PLAIN, False, None, None),
        (PLAIN, True, None, "conflict: it tells no serial, and another strap has the same address"),
        (PLAIN, True, "51ADA001", None),
    ],
)  # fmt: skip
def test_d6_who_it_is(plan: LinkPlan, doubled: bool, serial: str | None, told: str | None) -> None:
    assert find_conflict(_linked(plan, doubled=doubled), serial, NOW_NS) == told


@pytest.mark.parametrize(
    ("serial", "first", "told"),
    [
        (None, "AA", None),
        (None, "BB", "conflict: the strap there tells no serial, and its first use was elsewhere"),
        ("51ADA001", "BB", None),
    ],
)
def test_d6_without_a_serial_only_the_place_of_the_first_use_vouches(
    serial: str | None, first: str, told: str | None
) -> None:
    link = replace(_linked(PLAIN), held=FirstUse(first, told_serial=True))
    assert find_conflict(link, serial, NOW_NS) == told


def test_d6_a_double_is_remembered_for_a_minute_and_for_its_address() -> None:
    link = note_double(_linked(), Doubled("AA"), NOW_NS)
    assert link.is_doubled(NOW_NS + DOUBLE_VALID_NS)
    assert not link.is_doubled(NOW_NS + DOUBLE_VALID_NS + 1)
    assert note_double(_linked(), Doubled("BB"), NOW_NS) == _linked()
    waiting = replace(link, phase=Phase.WAITING)
    moved, _ = step(waiting, Seen("BB"), NOW_NS, 0.5)
    assert (moved.address, moved.is_doubled(NOW_NS)) == ("BB", False)
    same, _ = step(waiting, Seen("AA"), NOW_NS, 0.5)
    assert same.is_doubled(NOW_NS)


def test_d6_a_double_changes_nothing_for_a_link_that_is_up() -> None:
    link = _linked()
    doubled, actions = step(link, Doubled("AA"), NOW_NS, 0.5)
    assert (replace(doubled, doubled_ns=None), actions) == (link, [])


@pytest.mark.parametrize(("doubled", "wait_ns"), [(False, REFUSED_NS), (True, DOUBLED_NS)])
def test_d6_where_two_share_an_address_the_other_is_tried_for_soon(
    doubled: bool, wait_ns: int
) -> None:
    link = _linked(doubled=doubled)
    refused, actions = step(link, Identified("51ADAC00"), NOW_NS, 0.5)
    assert (refused.phase, actions) == (Phase.REFUSED, [Disconnect()])
    early, _ = step(refused, Tick(), NOW_NS + wait_ns - 1, 0.5)
    due, _ = step(refused, Tick(), NOW_NS + wait_ns, 0.5)
    assert (early.phase, due.phase) == (Phase.REFUSED, Phase.CONNECTING)


def test_d6_a_double_heard_after_the_refusal_brings_the_next_try_forward_once() -> None:
    refused, _ = step(_linked(), Identified("51ADAC00"), NOW_NS, 0.5)
    heard, _ = step(refused, Doubled("AA"), NOW_NS + 5, 0.5)
    again, _ = step(heard, Doubled("AA"), NOW_NS + 9, 0.5)
    assert heard.due_ns == again.due_ns == NOW_NS + 5 + DOUBLED_NS
    other, _ = step(refused, Doubled("BB"), NOW_NS + 5, 0.5)
    assert other == refused


def test_a_refusal_for_another_reason_stays_as_long() -> None:
    """It sends nothing that its wearer agreed to: a double changes nothing about that."""
    link, _ = step(_linked(PLAN), Connected(frozenset()), NOW_NS, 0.5)
    bare = replace(link, present=frozenset())
    refused, _ = step(bare, Identified("51ADA001"), NOW_NS, 0.5)
    assert refused.phase is Phase.REFUSED
    doubled, _ = step(refused, Doubled("AA"), NOW_NS, 0.5)
    assert doubled.due_ns == NOW_NS + REFUSED_NS
