"""The control point, exchange by exchange: wire reference 3.4 to 3.6."""

import pytest

from tests.unit.firmware_sim.strap.fakes import (
    START_ACC_200,
    START_ECG,
    ask,
    connect,
    new_h10,
)

ACC_HEX, ECG_HEX = START_ACC_200.hex(), START_ECG.hex()


@pytest.mark.parametrize(
    ("request_hex", "answer_hex"),
    [
        ("0102", "f001020000 0004190032006400c800 01011000 0203020004000800"),
        ("0100", "f001000000 00018200 01010e00"),
        (ACC_HEX, "f00202000001"),
        (ECG_HEX, "f00200000000"),
        ("0200", "f002000500"),  # captured: empty ECG start
        (
            "02020001c800010110000201080004010 3".replace(" ", ""),
            "f002020500",
        ),  # captured: channels
        ("020200011a000101100002010800", "f002020800"),
        ("02020001c80001010e0002010800", "f002020700"),
        ("02020001c8000101100002011000", "f002020900"),
        ("02020001c8", "f002020400"),
        ("0101", "f001010300"),  # PPG: not on an H10
        ("0209", "f002090300"),  # SDK mode: not on an H10
        ("0282", "f002820300"),  # recording inside the strap: not on an H10
        ("0104", "f001040200"),  # no such type
        ("0140", "f001400200"),
        ("010200", "f001020400"),
        ("01", "f001000400"),
        ("", "f000000400"),
        ("0402", "f004020100"),  # settings in SDK mode
        ("06", "f006000100"),
        ("ff02", "f0ff020100"),
        ("05", "f005000000 00 02"),
        ("0502", "f005000400"),
        ("0302", "f003020600"),  # nothing to stop
    ],
)
def test_first_answers(request_hex: str, answer_hex: str) -> None:
    strap = new_h10()
    connect(strap)
    assert ask(strap, request_hex) == answer_hex.replace(" ", "")


def test_a_running_stream_is_already_in_state_whatever_its_settings() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, ACC_HEX)
    assert ask(strap, ACC_HEX) == "f002020600"
    assert ask(strap, "02020001190001011000020102 00".replace(" ", "")) == "f002020600"
    assert ask(strap, ECG_HEX) == "f00200000000"


def test_stop_then_start_with_other_settings() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, ACC_HEX)
    assert ask(strap, "0302") == "f003020000"
    assert ask(strap, "0302") == "f003020600"
    assert ask(strap, "020200011900010110000201 0200".replace(" ", "")) == "f00202000001"


def test_status_tells_what_runs() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, ACC_HEX)
    assert ask(strap, "05") == "f0050000000042"


@pytest.mark.parametrize("request_hex", ["0100", "0102", "0101", ACC_HEX, ECG_HEX])
def test_a_small_mtu_is_refused_with_the_captured_bytes(request_hex: str) -> None:
    strap = new_h10()
    connect(strap, att_mtu=23)
    assert ask(strap, request_hex) == "f000010a"


def test_a_leftover_stream_can_be_stopped_on_a_small_mtu() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, ACC_HEX)
    strap.disconnect(5_000_000_000_001)
    connect(strap, 5_000_000_000_002, att_mtu=23)
    assert ask(strap, "0302") == "f003020000"
