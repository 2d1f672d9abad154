"""Which settings are asked for, from lists that straps really give (ble-wire 3.6)."""

import pytest

from gateway.straps.models.polar import H10, VERITY, choose_settings
from protocol.ble.pmd import Measurement, Setting, encode_start

H10_OFFERS = {
    Setting.SAMPLE_RATE: (25, 50, 100, 200),
    Setting.RESOLUTION: (16,),
    Setting.RANGE: (2, 4, 8),
}
VERITY_OFFERS = {
    Setting.SAMPLE_RATE: (52,),
    Setting.RESOLUTION: (16,),
    Setting.RANGE: (8,),
    Setting.CHANNELS: (3,),
}


def test_an_h10_is_started_with_the_documented_bytes() -> None:
    chosen = choose_settings(H10_OFFERS, 200)
    start = encode_start(Measurement.ACCELERATION, chosen)
    assert start.hex() == "02020001c8000101100002010800"


def test_a_verity_is_started_with_the_documented_bytes() -> None:
    chosen = choose_settings(VERITY_OFFERS, 200)
    start = encode_start(Measurement.ACCELERATION, chosen)
    assert start.hex() == "0202000134000101100002010800040103"


@pytest.mark.parametrize(("wanted", "chosen"), [(200, 200), (100, 100), (60, 50), (10, 25)])
def test_a_rate_that_is_not_offered_gives_way_to_the_next_lower(wanted: int, chosen: int) -> None:
    assert choose_settings(H10_OFFERS, wanted)[Setting.SAMPLE_RATE] == chosen


def test_nothing_is_sent_that_the_strap_did_not_declare() -> None:
    assert choose_settings({}, 200) == {}
    assert choose_settings({Setting.RANGE: ()}, 200) == {}


def test_frame_spacing_of_the_table_in_the_wire_reference() -> None:
    assert [H10.frame_spacing_ns(rate) / 1e6 for rate in (200, 100, 50, 25)] == [
        180, 360, 720, 1440,
    ]  # fmt: skip
    assert VERITY.frame_spacing_ns(200) == VERITY.frame_spacing_ns(25)
