"""A link machine played by hand: the events that bring it where a test begins."""

from gateway.straps.link import step
from gateway.straps.phases import Link, LinkPlan, Phase, open_link
from gateway.straps.signals import (
    Action,
    Answered,
    Connected,
    Event,
    FeaturesRead,
    Heard,
    Identified,
    Seen,
    Subscribed,
)
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
