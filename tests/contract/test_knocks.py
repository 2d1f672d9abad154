"""Knocks on simulated straps, through their own bytes, are heard by the server's live view."""

import pytest

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.scenario.scenario import load_scenario
from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.injectable import Injectable
from firmware_sim.strap.simulated_wearer import Session
from protocol.ble import pmd, uuids
from protocol.ble.pmd import Measurement, Setting
from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.live.events import KnocksSeen
from server.live.movement import Movement, MovementFrame

START_NS = 10**12
SECOND_NS = 10**9
SEATED = Session(load_scenario("arrivals").starts_at_min)
TRAINING = Session()
KEY = ("gym", "51ADA001")


def heard_s(
    index: int, rate_hz: int, session: Session, seconds: int, *knocks_s: float
) -> list[float]:
    """When the live view hears three knocks of one strap, in seconds from the start."""
    strap = build_straps(15, start_ns=START_NS, session=session)[index]
    chosen = {Setting.SAMPLE_RATE: rate_hz, Setting.RESOLUTION: 16, Setting.RANGE: 8}
    strap.connect(START_NS)
    strap.exchange_mtu(232)
    strap.subscribe(uuids.PMD_DATA, notify=True, indicate=False)
    strap.write(
        uuids.PMD_CONTROL_POINT, pmd.encode_start(Measurement.ACCELERATION, chosen), START_NS
    )
    movement, heard = Movement(), []
    for tenth in range(seconds * 10):
        now_ns = START_NS + tenth * SECOND_NS // 10
        if tenth / 10 in knocks_s and isinstance(strap, Injectable):
            strap.inject(FaultKind.KNOCKS, now_ns, 0, {"pause_s": 0.4})
        received = ReceivedAt(BootId("b"), now_ns, now_ns)
        frames = [MovementFrame(KEY, received, each.payload) for each in strap.tick(now_ns)]
        events, _ = movement.project(frames)
        heard += [tenth / 10 - e.lag_s for _, e in events if isinstance(e, KnocksSeen)]
    return heard


@pytest.mark.parametrize("rate_hz", [200, 100, 50])
def test_every_seated_woman_is_known_by_her_knocks(rate_hz: int) -> None:
    for index in range(15):
        (last_s,) = heard_s(index, rate_hz, SEATED, 12, 6.0)
        assert last_s == pytest.approx(6.8, abs=0.3)  # three knocks, 0.4 s apart


@pytest.mark.parametrize("index", range(0, 15, 2))
def test_training_is_not_taken_for_knocks(index: int) -> None:
    assert heard_s(index, 200, TRAINING, 300) == []
