"""Commands of a Movesense, and what comes of them."""

import random

import pytest

from firmware_sim.strap.battery import Battery
from firmware_sim.strap.movesense import Movesense
from protocol.ble import uuids
from tests.unit.firmware_sim.strap.fakes import SECOND_NS, START_NS, known_wearer, payloads

RESPONSE = uuids.MOVESENSE_RESPONSE


def _connected() -> Movesense:
    battery = Battery(80.0, START_NS)
    strap = Movesense("51ADA004", known_wearer(), battery, START_NS, random.Random(1))
    strap.connect(START_NS)
    strap.exchange_mtu(161)
    strap.subscribe(RESPONSE, notify=True, indicate=False)
    return strap


def _ask(strap: Movesense, command: bytes, now_ns: int = START_NS) -> list[bytes]:
    return payloads(strap.write(uuids.MOVESENSE_COMMAND, command, now_ns), RESPONSE)


def _packets(strap: Movesense, seconds: int) -> list[bytes]:
    return payloads(strap.tick(START_NS + seconds * SECOND_NS), RESPONSE)


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (b"\x01\x07/Meas/Acc/52\x00", 200),
        (b"\x01\x07/Meas/Acc/52", 200),  # without its NUL
        (b"\x01\x07/Meas/Acc/50\x00", 501),
        (b"\x01\x07/Meas/ECG/125\x00", 501),
        (b"\x01\x07/Nothing\x00", 404),
        (b"\x02\x07", 404),
        (b"\x04\x07/Info\x00", 501),
        (b"\x63\x07", 501),
    ],
)
def test_answers(command: bytes, status: int) -> None:
    assert _ask(_connected(), command) == [b"\x01\x07" + status.to_bytes(2, "little")]


def test_hello_names_it() -> None:
    (value,) = _ask(_connected(), b"\x00\x05")
    assert value.startswith(b"\x01\x05\x0251ADA004\x00")


@pytest.mark.parametrize("command", [b"", b"\x00", b"\x00\x00"])
def test_no_reference_no_answer(command: bytes) -> None:
    assert _ask(_connected(), command) == []


def test_a_subscription_runs_until_it_is_ended() -> None:
    strap = _connected()
    _ask(strap, b"\x01\x07/Meas/Acc/104\x00")
    assert _ask(strap, b"\x01\x07/Meas/Acc/104\x00") == [bytes.fromhex("01079901")]  # 409
    assert _ask(strap, b"\x01\x08/Meas/Acc/52\x00") == [bytes.fromhex("0108fb01")]  # 507
    packets = _packets(strap, 2)
    assert 25 <= len(packets) <= 27
    assert {len(each) for each in packets} == {2 + 4 + 8 * 12}
    assert _ask(strap, b"\x02\x07", START_NS + 2 * SECOND_NS) == [bytes.fromhex("0107c800")]
    assert _packets(strap, 4) == []


def test_a_disconnect_ends_it() -> None:
    strap = _connected()
    _ask(strap, b"\x01\x07/Meas/Acc/52\x00")
    strap.disconnect(START_NS)
    strap.connect(START_NS)
    strap.exchange_mtu(161)
    strap.subscribe(RESPONSE, notify=True, indicate=False)
    assert _packets(strap, 3) == []


def test_it_advertises_by_name_and_without_its_128_bit_service() -> None:
    battery = Battery(80.0, START_NS)
    strap = Movesense("51ADA004", known_wearer(), battery, START_NS, random.Random(1))
    advertisement = strap.advertisement(START_NS)
    assert advertisement is not None
    assert (advertisement.local_name, advertisement.services) == (
        "Movesense 51ADA004",
        ("fdf3", "180d"),
    )
