"""What a person reads."""

import argparse

import pytest

from gateway.commands.doctor import add_arguments, show
from gateway.straps.diagnosis import Delivered, Finding
from gateway.straps.look_around import Advertiser


def test_nothing_in_reach_says_what_to_do() -> None:
    assert "moisten the electrodes" in show([], [])


def test_everything_about_a_strap_and_one_that_cannot_be_named() -> None:
    finding = Finding(
        serial="51ADA001", name="Polar H10 51ADA001", rssi_dbm=-60,
        about={"firmware": "5.0.0", "software": "3.3.1"}, battery_pct=94,
        services=["heart rate"], pairing="not needed",
        delivered=[Delivered("2a37", 10, 1.0)], verdict=["heart rate arrives"],
    )  # fmt: skip
    text = show([finding], [Advertiser("TICKR", None, None, -70, None, 3)])
    assert "firmware 5.0.0, software 3.3.1" in text
    assert "2a37: 10 notifications, 1.00 a second" in text
    assert "TICKR: its name holds no serial" in text


@pytest.mark.parametrize("seconds", ["0", "-1", "abc", "1e9"])
def test_a_senseless_time_ends_with_2(seconds: str) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--seconds", seconds])
    assert ended.value.code == 2
