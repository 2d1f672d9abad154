"""How a strap is reached: backoff, haste, pairing, and what clears a stuck connect."""

from dataclasses import replace

from gateway.straps.link import step
from gateway.straps.phases import Phase, open_link
from gateway.straps.signals import (
    Connect,
    Connected,
    Disconnect,
    Dropped,
    Failed,
    Fault,
    Forget,
    Heard,
    Identified,
    Pair,
    Release,
    Seen,
    Tick,
)
from tests.unit.gateway.straps.link_script import (
    H10,
    HR,
    PLAN,
    S,
    after_subscribing,
    play,
    streaming,
)


def test_h2_data_not_a_handshake_proves_a_link() -> None:
    shaky = replace(streaming(), failures=1)
    waiting, actions = play(shaky, Dropped())
    assert (waiting.phase, waiting.failures, actions) == (Phase.WAITING, 2, [Disconnect()])
    proven, _ = play(shaky, Heard(HR))
    again, actions = play(proven, Dropped())
    assert (again.phase, again.failures) == (Phase.CONNECTING, 1)
    assert actions == [Disconnect(), Connect()]


def test_an_advertisement_beats_the_backoff_but_does_not_hammer() -> None:
    link = replace(open_link(PLAN), phase=Phase.CONNECTING, failures=6, address="AA")
    link, _ = step(link, Failed(Fault.UNREACHABLE, "no"), 10 * S, 1.0)
    assert link.deadline_ns == 40 * S
    assert play(link, Seen("AA"), at_s=14.9)[1] == []
    assert play(link, Seen("AA"), at_s=15)[1] == [Connect()]


def test_a_strap_not_heard_for_long_is_not_given_the_radio() -> None:
    link, actions = play(open_link(PLAN), Tick())
    assert (link.phase, actions) == (Phase.WAITING, [])
    seen_long_ago = replace(open_link(PLAN), address="AA", seen_ns=0, not_before_ns=100 * S)
    assert play(replace(seen_long_ago, due_ns=150 * S), Tick(), at_s=150)[1] == []
    assert play(replace(seen_long_ago, due_ns=400 * S), Tick(), at_s=400)[1] == [Connect()]


def test_pairing_is_tried_once_and_then_a_person_is_told() -> None:
    link, actions = play(after_subscribing(), Failed(Fault.UNPAIRED, "no key"))
    assert actions == [Pair(), Release(), Connect()]
    link, _ = play(link, Connected(H10), Identified(PLAN.serial))
    link, actions = play(link, Failed(Fault.UNPAIRED, "no key"))
    assert (link.phase, actions) == (Phase.REFUSED, [Disconnect()])


def test_d5_what_the_system_holds_on_to_is_cleared_at_the_second_failure() -> None:
    link, actions = play(open_link(PLAN), Seen("AA"), Failed(Fault.BUSY, "InProgress"))
    assert Forget() not in actions
    link, actions = play(link, Seen("AA"), Failed(Fault.BUSY, "InProgress"), at_s=20)
    assert actions == [Connect(), Disconnect(), Forget()]
