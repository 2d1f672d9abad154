"""The link machine by hand: no clock, no radio."""

from dataclasses import replace

from gateway.straps.phases import Phase, open_link
from gateway.straps.signals import (
    Command,
    Connect,
    Connected,
    Disconnect,
    FeaturesRead,
    Heard,
    Identified,
    ReadAbout,
    ReadFeatures,
    ReadSerial,
    Release,
    Released,
    Seen,
    Stop,
    Subscribe,
    Subscribed,
    Sync,
    Tick,
    Unsubscribe,
)
from gateway.straps.whereabouts import FirstUse
from protocol.ble import uuids
from tests.unit.gateway.straps.link_script import (
    ACC,
    CP,
    H10,
    HR,
    PLAN,
    answered,
    play,
    streaming,
)


def test_the_way_to_streaming_asks_in_the_order_that_works() -> None:
    link, actions = play(open_link(PLAN), Seen("AA"), Connected(H10), Identified(PLAN.serial))
    assert actions == [
        Connect(), ReadSerial(), Sync(), Subscribe(HR), Subscribe(CP), Subscribe(ACC),
        Subscribe(uuids.BATTERY_LEVEL, optional=True), ReadAbout(),
    ]  # fmt: skip
    armed = [Subscribed(name) for name in (HR, CP, ACC, uuids.BATTERY_LEVEL)]
    link, actions = play(link, *armed, FeaturesRead(frozenset({0, 2})), answered(1), answered(2))
    assert actions == [
        ReadFeatures(),
        Command(bytes.fromhex("0102")),
        Command(bytes.fromhex("02020001c8000101100002010800")),  # ble-wire: H10 ACC [D]
    ]
    assert link.phase is Phase.STREAMING


def test_d3_silent_heart_rate_is_stale_after_5_s_and_the_link_dead_after_8() -> None:
    link, actions = play(streaming(), Heard(ACC), Tick(), at_s=15)
    assert link.pulse.stale
    assert actions == [Unsubscribe(HR), Subscribe(HR)]
    link, actions = play(link, Heard(ACC), Tick(), at_s=18)
    assert actions == [Disconnect(), Connect()]


def test_d6_another_serial_is_refused_and_only_another_address_wakes_it() -> None:
    link, _ = play(open_link(PLAN), Seen("EE"), Connected(H10))
    link, actions = play(link, Identified("51ADAFFF"))
    assert (link.phase, actions) == (Phase.REFUSED, [Disconnect()])
    assert play(link, Seen("EE"))[1] == []
    assert play(link, Seen("AA"))[1] == [Connect()]


def test_d6_a_model_that_always_tells_its_serial_is_refused_without_one() -> None:
    link, actions = play(open_link(PLAN), Seen("EE"), Connected(H10), Identified(None))
    assert (link.phase, actions[-1]) == (Phase.REFUSED, Disconnect())
    assert "conflict" in (link.detail or "")
    assert play(link, Seen("AA"))[1] == [Connect()]


def test_d6_where_no_serial_is_told_the_first_address_is_held() -> None:
    plan = replace(PLAN, tells_serial=False)
    link, _ = play(open_link(plan), Seen("AA"), Connected(H10), Identified(None))
    assert (link.phase, link.held) == (Phase.SUBSCRIBING, FirstUse("AA", told_serial=False))
    again = open_link(plan, link.held)
    assert play(again, Seen("EE"))[1] == []
    assert play(again, Seen("AA"))[1] == [Connect()]


def test_a_strap_that_sends_nothing_agreed_to_is_refused() -> None:
    movement_only = replace(PLAN, heart_rate=False)
    bare = frozenset({HR, uuids.SERIAL_NUMBER})
    link, _ = play(open_link(movement_only), Seen("AA"), Connected(bare), Identified(PLAN.serial))
    assert link.phase is Phase.REFUSED


def test_leaving_waits_for_the_stop_to_be_answered_but_not_for_ever() -> None:
    link, actions = play(streaming(), Stop())
    assert actions == [Command(bytes.fromhex("0302"))]
    tidy, actions = play(link, answered(3))
    assert actions[-1] == Release()
    assert set(actions[:-1]) == {Unsubscribe(name) for name in (HR, CP, ACC, uuids.BATTERY_LEVEL)}
    assert play(tidy, Released())[0].phase is Phase.CLOSED
    impatient, actions = play(link, Tick(), at_s=12)
    assert actions[-1] == Release()
    closed, actions = play(impatient, Tick(), at_s=16)
    assert (closed.phase, actions) == (Phase.CLOSED, [Disconnect()])


def test_leaving_in_the_middle_of_a_search_for_what_runs_disarms_its_control_point_too() -> None:
    heart_rate_only = replace(PLAN, movement=False)
    link, _ = play(open_link(heart_rate_only), Seen("AA"), Connected(H10), Identified(PLAN.serial))
    link, actions = play(link, Subscribed(HR), Subscribed(uuids.BATTERY_LEVEL))
    assert actions == [Subscribe(CP, optional=True), Command(b"\x05", optional=True)]
    _, actions = play(link, Stop())
    assert actions == [*map(Unsubscribe, sorted((HR, uuids.BATTERY_LEVEL, CP))), Release()]
