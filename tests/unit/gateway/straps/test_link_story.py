"""The link machine by chance: any events in any order."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gateway.straps.link import step
from gateway.straps.phases import UP, Phase, open_link
from gateway.straps.signals import (
    Connect,
    Connected,
    Disconnect,
    Dropped,
    Event,
    Failed,
    Fault,
    FeaturesRead,
    Heard,
    Identified,
    Release,
    Released,
    Seen,
    Stop,
    StoppedByStrap,
    Subscribed,
    Tick,
    Uninvited,
)
from protocol.ble import uuids
from tests.unit.gateway.straps.link_script import ACC, CP, H10, HR, PLAN, S, answered

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

    plan = PLAN

    def __init__(self) -> None:
        super().__init__()
        self.link = open_link(self.plan)
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


class AnyStoryOfHeartRate(AnyStory):
    """The same where the wearer agreed to heart rate alone."""

    plan = replace(PLAN, movement=False)


TestAnyStory = AnyStory.TestCase
TestAnyStory.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnyStoryOfHeartRate = AnyStoryOfHeartRate.TestCase
TestAnyStoryOfHeartRate.settings = settings(TestAnyStory.settings, max_examples=75)
