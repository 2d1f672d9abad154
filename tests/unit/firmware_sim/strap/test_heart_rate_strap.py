"""What every strap does on the air, on the link and by itself."""

import pytest

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap.generic import Traits
from firmware_sim.strap.injectable import INJECTABLE_FAULTS, Injectable
from firmware_sim.strap.strap import AttRefusalError, Strap
from protocol.ble import uuids
from tests.unit.firmware_sim.strap.fakes import (
    SECOND_NS,
    START_NS,
    connect,
    new_generic,
    new_h10,
    payloads,
)

HR = uuids.HEART_RATE_MEASUREMENT


def test_it_fits_both_seams() -> None:
    strap: Strap = new_generic(Traits())
    assert isinstance(strap, Injectable)


def test_it_advertises_while_worn_and_free() -> None:
    strap = new_generic(Traits())
    advertisement = strap.advertisement(START_NS)
    assert advertisement is not None
    assert advertisement.local_name == "Heart Rate 51ADA002"
    strap.connect(START_NS)
    assert strap.advertisement(START_NS) is None
    strap.disconnect(START_NS)
    assert strap.advertisement(START_NS) is not None


@pytest.mark.parametrize("kind", [FaultKind.CONTACT_LOSS, FaultKind.POD_OFF, FaultKind.ASLEEP])
def test_it_is_silent_while_troubled_and_comes_back(kind: FaultKind) -> None:
    strap = new_generic(Traits())
    strap.inject(kind, START_NS, 6 * SECOND_NS, {})
    assert strap.advertisement(START_NS + 5 * SECOND_NS) is None
    assert strap.advertisement(START_NS + 6 * SECOND_NS) is not None


def test_an_empty_battery_ends_everything() -> None:
    strap = new_generic(Traits())
    strap.inject(FaultKind.BATTERY_LOW, START_NS, 0, {"percent": 0.0})
    assert strap.advertisement(START_NS) is None
    assert strap.wants_to_drop(START_NS)


def test_heart_rate_once_a_second_when_armed() -> None:
    strap = new_generic(Traits())
    strap.connect(START_NS)
    assert strap.tick(START_NS + 2 * SECOND_NS) == []
    strap.subscribe(HR, notify=True, indicate=False)
    values = strap.tick(START_NS + 4 * SECOND_NS)
    assert payloads(values, HR) == [bytes.fromhex("16 4a 4103")] * 2
    assert strap.next_tick_ns(START_NS + 4 * SECOND_NS) == START_NS + 5 * SECOND_NS


def test_what_was_due_before_a_link_is_nobodys() -> None:
    strap = new_generic(Traits())
    connect(strap, START_NS + 10 * SECOND_NS)
    assert strap.tick(START_NS + 10 * SECOND_NS) == []
    strap.disconnect(START_NS + 11 * SECOND_NS)
    assert strap.tick(START_NS + 12 * SECOND_NS) == []


def test_battery_is_read_and_told_when_it_changes() -> None:
    strap = new_h10(percent=80.1)
    connect(strap)
    assert strap.read(uuids.BATTERY_LEVEL, START_NS) == b"\x50"
    hour_later_ns = START_NS + 3600 * SECOND_NS
    values = strap.tick(hour_later_ns)
    assert payloads(values, uuids.BATTERY_LEVEL) == [b"\x4f"]
    assert payloads(strap.tick(hour_later_ns), uuids.BATTERY_LEVEL) == []


def test_values_that_can_be_read() -> None:
    strap = new_generic(Traits())
    assert strap.read(uuids.SERIAL_NUMBER, START_NS) == b"51ADA002"
    assert strap.read(uuids.BODY_SENSOR_LOCATION, START_NS) == b"\x01"


def test_what_it_refuses() -> None:
    strap = new_generic(Traits())
    with pytest.raises(AttRefusalError) as refused:
        strap.read(HR, START_NS)
    assert refused.value.att_error == 0x02
    with pytest.raises(AttRefusalError) as refused:
        strap.write(HR, b"\x00", START_NS)
    assert refused.value.att_error == 0x03


def test_contact_loss_freezes_then_zeroes_the_rate() -> None:
    strap = new_generic(Traits())
    connect(strap)
    strap.tick(START_NS + SECOND_NS)
    strap.inject(FaultKind.CONTACT_LOSS, START_NS + SECOND_NS, 7 * SECOND_NS, {})
    values = payloads(strap.tick(START_NS + 8 * SECOND_NS), HR)
    assert [each.hex() for each in values] == ["044a"] * 5 + ["0400"] + ["164a4103"]


def test_a_pod_off_drops_the_link_after_45_s() -> None:
    strap = new_generic(Traits())
    connect(strap)
    strap.inject(FaultKind.POD_OFF, START_NS, 600 * SECOND_NS, {})
    assert not strap.wants_to_drop(START_NS + 44 * SECOND_NS)
    assert strap.wants_to_drop(START_NS + 45 * SECOND_NS)


def test_a_reboot_ends_the_link_on_its_side() -> None:
    strap = new_generic(Traits())
    connect(strap)
    strap.inject(FaultKind.REBOOT, START_NS, 0, {})
    assert strap.tick(START_NS + 2 * SECOND_NS) == []


def test_more_rr_than_fit_are_sent_in_several_values() -> None:
    """Nine beats in one report, as after a silence of the detector, at the smallest MTU."""
    strap = new_h10()
    connect(strap, att_mtu=23)
    made = strap._heart_values(strap._last_report)
    assert len(made) == 1
    report = type(strap._last_report)(START_NS, 80, tuple(range(700, 709)))
    values = [each.payload for each in strap._heart_values(report)]
    assert [len(each) for each in values] == [16, 6]
    assert values[0][:4] == bytes.fromhex("1050bc02")
    assert values[1] == bytes.fromhex("1050c302c402")


def test_every_injectable_fault_is_taken() -> None:
    options = {"percent": 9.0, "step_s": 5.0, "pause_s": 0.4}
    for kind in INJECTABLE_FAULTS:
        new_h10().inject(kind, START_NS, SECOND_NS, options)
