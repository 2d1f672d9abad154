"""The link machine by hand and by chance: no clock, no radio."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gateway.straps.link import step
from gateway.straps.movement import MOST_STARTS
from gateway.straps.phases import UP, Link, LinkPlan, Phase, open_link
from gateway.straps.signals import (
    Action,
    Answered,
    Command,
    Connect,
    Connected,
    Disconnect,
    Dropped,
    Event,
    Failed,
    Fault,
    FeaturesRead,
    Forget,
    Heard,
    Identified,
    Pair,
    ReadAbout,
    ReadFeatures,
    ReadSerial,
    Release,
    Released,
    Seen,
    Stop,
    StoppedByStrap,
    Subscribe,
    Subscribed,
    Tick,
    Uninvited,
    Unsubscribe,
)
from gateway.straps.whereabouts import FirstUse
from protocol.ble import uuids
from protocol.ble.pmd import ControlAnswer, Setting

S = 1_000_000_000
HR, CP, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_CONTROL_POINT, uuids.PMD_DATA
PLAN = LinkPlan("51ADA001", heart_rate=True, movement=True)
H10 = frozenset({HR, CP, ACC, uuids.BATTERY_LEVEL, uuids.SERIAL_NUMBER})
OFFERED = {
    Setting.SAMPLE_RATE: (25, 50, 100, 200),
    Setting.RESOLUTION: (16,),
    Setting.RANGE: (2, 4, 8),
}


def answered(operation: int, status: int = 0, measurement: int = 2) -> Answered:
    answer = ControlAnswer(operation, measurement, status, more=False, params=b"")
    return Answered(answer, OFFERED if operation == 1 and status == 0 else {})


def play(link: Link, *events: Event, at_s: float = 10) -> tuple[Link, list[Action]]:
    """All events at one moment; the actions of all of them."""
    actions: list[Action] = []
    for event in events:
        link, more = step(link, event, round(at_s * S), 0.5)
        actions += more
    return link, actions


def after_subscribing(plan: LinkPlan = PLAN, at_s: float = 10) -> Link:
    armed = [Subscribed(name) for name in (HR, CP, ACC, uuids.BATTERY_LEVEL)]
    link, _ = play(
        open_link(plan), Seen("AA"), Connected(H10), Identified(plan.serial), *armed, at_s=at_s
    )
    return link


def streaming(plan: LinkPlan = PLAN) -> Link:
    found = FeaturesRead(frozenset({0, 2}))
    link, _ = play(after_subscribing(plan), found, answered(1), answered(2), Heard(HR), Heard(ACC))
    assert link.phase is Phase.STREAMING
    return link


def test_the_way_to_streaming_asks_in_the_order_that_works() -> None:
    link, actions = play(open_link(PLAN), Seen("AA"), Connected(H10), Identified(PLAN.serial))
    assert actions == [
        Connect(), ReadSerial(), Subscribe(HR), Subscribe(CP), Subscribe(ACC),
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


def test_already_in_state_stops_and_starts_again_with_our_settings() -> None:
    link, _ = play(after_subscribing(), FeaturesRead(frozenset({2})), answered(1))
    link, actions = play(link, answered(2, status=6))
    assert actions == [Command(bytes.fromhex("0302"))]
    link, actions = play(link, answered(3, status=0, measurement=0))  # the echo isn't reliable
    assert actions == [Command(bytes.fromhex("02020001c8000101100002010800"))]
    assert play(link, answered(2))[0].phase is Phase.STREAMING


def test_a_small_mtu_means_a_new_link_but_never_costs_heart_rate_more_than_twice() -> None:
    link = after_subscribing()
    for round_number in range(3):
        started, _ = play(link, FeaturesRead(frozenset({2})), Heard(HR))
        # Seen on hardware: F0 00 01 0A, which echoes neither operation nor type.
        link, actions = play(started, answered(0, status=10, measurement=1))
        if round_number < 2:
            assert actions == [Disconnect(), Connect()]
            link = replace(after_subscribing(), n_broken=link.n_broken)
    assert actions == []
    assert link.phase is Phase.STREAMING
    assert link.detail == "the link's ATT_MTU is too small for this stream"


@pytest.mark.parametrize("status", [5, 7, 8, 9, 11])
def test_refused_settings_are_read_again(status: int) -> None:
    link, _ = play(after_subscribing(), FeaturesRead(frozenset({2})), answered(1))
    for _ in range(MOST_STARTS - 1):
        link, actions = play(link, answered(2, status=status))
        assert actions == [Command(bytes.fromhex("0102"))]
        link, actions = play(link, answered(1))
    link, actions = play(link, answered(2, status=status))
    assert (link.phase, actions) == (Phase.STREAMING, [])  # rests; heart rate goes on
    assert play(link, Heard(HR), Tick(), at_s=71)[1] == [Command(bytes.fromhex("0102"))]


def test_invalid_state_stops_the_stream_then_sdk_mode_one_request_at_a_time() -> None:
    link, _ = play(after_subscribing(), FeaturesRead(frozenset({2})), answered(1))
    link, actions = play(link, answered(2, status=12))
    assert actions == [Command(bytes.fromhex("0302"))]
    link, actions = play(link, answered(3))
    assert actions == [Command(bytes.fromhex("0309"))]
    _, actions = play(link, answered(3, measurement=9))
    assert actions == [Command(bytes.fromhex("02020001c8000101100002010800"))]


@pytest.mark.parametrize("named", [frozenset({2}), frozenset[int]()])
def test_a_stream_that_the_strap_stopped_is_started_again(named: frozenset[int]) -> None:
    _, actions = play(streaming(), StoppedByStrap(named))
    assert actions == [Command(bytes.fromhex("0102"))]
    assert play(streaming(), StoppedByStrap(frozenset({0})))[1] == []


def test_silent_acceleration_is_armed_and_started_again_then_the_link_is_given_up() -> None:
    link, actions = play(streaming(), Heard(HR), Tick(), at_s=12.9)
    assert actions == []
    link, actions = play(link, Heard(HR), Tick(), at_s=13)
    assert actions == [
        Unsubscribe(ACC), Unsubscribe(CP), Subscribe(CP), Subscribe(ACC),
        Command(bytes.fromhex("0302")),
    ]  # fmt: skip
    link, _ = play(link, answered(3), answered(2), at_s=14)
    link, actions = play(link, Heard(HR), Tick(), at_s=43.9)
    assert actions == []
    assert play(link, Heard(HR), Tick(), at_s=44)[1] == [Disconnect(), Connect()]


def test_ecg_does_not_keep_a_silent_acceleration_stream_alive() -> None:
    link, actions = play(streaming(), Uninvited(0), Heard(HR), at_s=12)
    assert actions == [Command(bytes.fromhex("0300"))]
    _, actions = play(link, Uninvited(0), Heard(HR), Tick(), at_s=13)
    assert Command(bytes.fromhex("0302")) in actions


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


EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from(
        [Dropped(), Released(), Stop(), Tick(), Connected(H10), Connected(frozenset())]
    ),
    st.builds(Seen, st.sampled_from(["AA", "EE"])),
    st.builds(Identified, st.sampled_from([None, PLAN.serial, "51ADAFFF"])),
    st.builds(Subscribed, st.sampled_from([HR, CP, ACC, uuids.BATTERY_LEVEL])),
    st.builds(Heard, st.sampled_from([HR, ACC])),
    st.builds(Uninvited, st.sampled_from([0, 1])),
    st.builds(FeaturesRead, st.sampled_from([frozenset({0, 2}), frozenset({0})])),
    st.builds(answered, st.integers(0, 7), st.integers(0, 20), st.sampled_from([0, 2, 9])),
    st.builds(StoppedByStrap, st.sampled_from([frozenset({2}), frozenset[int]()])),
    st.builds(Failed, st.sampled_from(Fault), st.just("it failed")),
)


class AnyStory(RuleBasedStateMachine):
    """Any events in any order: the machine never waits for ever and never has two links."""

    def __init__(self) -> None:
        super().__init__()
        self.link = open_link(PLAN)
        self.now_ns = 10 * S
        self.n_open = 0  # links that were asked for and not given up
        self.stopped_ns: int | None = None

    def take(self, event: Event) -> None:
        if isinstance(event, Stop) and self.stopped_ns is None:
            self.stopped_ns = self.now_ns
        self.link, actions = step(self.link, event, self.now_ns, 0.5)
        for action in actions:
            if isinstance(action, Connect):
                self.n_open += 1
            elif isinstance(action, Disconnect | Release):
                self.n_open = 0
            assert self.n_open <= 1, "two links at once"

    @rule(event=EVENTS)
    def anything(self, event: Event) -> None:
        self.take(event)

    @rule(seconds=st.integers(1, 200))
    def time_passes(self, seconds: int) -> None:
        self.now_ns += seconds * S
        self.take(Tick())

    @precondition(lambda self: self.link.phase is not Phase.CLOSED)
    @rule()
    def its_deadline_passes(self) -> None:
        """A Tick at the deadline always moves the deadline on: no standstill, no spinning."""
        due_ns = self.link.deadline_ns
        assert due_ns is not None
        self.now_ns = max(self.now_ns, due_ns)
        self.take(Tick())
        later_ns = self.link.deadline_ns
        assert later_ns is None or later_ns > self.now_ns or self.link.phase is Phase.WAITING

    @invariant()
    def never_waits_for_ever(self) -> None:
        if self.link.phase is Phase.CLOSED:
            assert self.link.deadline_ns is None
        else:
            assert self.link.deadline_ns is not None

    @invariant()
    def stops_in_time(self) -> None:
        if self.stopped_ns is not None and self.now_ns - self.stopped_ns > 400 * S:
            assert self.link.phase is Phase.CLOSED

    @invariant()
    def a_link_that_is_up_was_asked_for(self) -> None:
        if self.link.phase in UP:
            assert self.n_open == 1


TestAnyStory = AnyStory.TestCase
TestAnyStory.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
