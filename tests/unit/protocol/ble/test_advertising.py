import pytest

from protocol.ble.advertising import (
    POLAR_COMPANY,
    StrapName,
    decode_heart_rate_element,
    decode_manufacturer_data,
    decode_name,
    decode_polar_elements,
    describe_strap,
)
from protocol.errors import MalformedPayloadError


@pytest.mark.parametrize(
    ("name", "model", "serial"),
    [
        ("Polar H10 8AA87D20", "H10", "8AA87D20"),
        ("Polar H10 8aa87d20\x00", "H10", "8AA87D20"),
        ("Polar Sense ABCDEFAB", "Sense", "ABCDEFAB"),  # eight hex digits without a numeral
        ("Polar Vantage V3 0000000F", "Vantage V3", "0000000F"),
        ("Movesense 174630000192", "Movesense", "174630000192"),
        ("HRM-Pro 51ADA00F", "HRM-Pro", "51ADA00F"),
        ("Wahoo TICKR 1a2b", "Wahoo TICKR", "1A2B"),
    ],
)  # fmt: skip
def test_model_and_serial_come_from_the_name(name: str, model: str, serial: str) -> None:
    assert decode_name(name) == StrapName(model, serial)


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "\x00",
        "TICKR",
        "8AA87D20",
        " 8AA87D20",
        "My Headphones",
        "Strap 7",
        "X " + "1" * 33,
    ],
)
def test_a_name_without_a_serial_gives_none(name: str | None) -> None:
    """One word, no digit in the last word, too short or too long to be one."""
    assert decode_name(name) is None


def test_each_bit_of_the_heart_rate_element_has_its_own_meaning() -> None:
    """polar-ble-sdk, BlePolarHrAdvertisementTest.kt; here one bit at a time."""
    off = decode_heart_rate_element(bytes((0x00, 7, 61, 62)))
    flags = (off.battery_low, off.contact, off.frame_counter, off.broadcast, off.status)
    assert not any(flags)
    assert (off.khz_code, off.fast_bpm, off.slow_bpm, off.bpm) == (7, 61, 62, 62)
    bits = [
        (e.battery_low, e.contact, e.broadcast, e.status)
        for e in (decode_heart_rate_element(bytes((1 << n, 0, 0))) for n in (0, 1, 5, 7))
    ]
    assert bits == [
        (True, False, False, 0),
        (False, True, False, 0),
        (False, False, True, 0),
        (False, False, False, 1),
    ]
    counters = [decode_heart_rate_element(bytes((n << 2, 0, 0))).frame_counter for n in range(8)]
    assert counters == list(range(8))


def test_the_fast_average_is_shown_where_the_slow_one_is_missing() -> None:
    short = decode_heart_rate_element(bytes((0x22, 0, 71)))
    assert (short.slow_bpm, short.bpm) == (None, 71)


def test_data_blocks_are_skipped_by_their_length() -> None:
    """A block's content is not searched: its 0x22 is no heart rate."""
    elements = bytes.fromhex("4002 22004000220048")
    found = decode_polar_elements(elements)
    assert found is not None
    assert found.bpm == 72
    assert decode_polar_elements(bytes.fromhex("40022200")) is None
    assert decode_polar_elements(bytes.fromhex("4000")) is None
    assert decode_polar_elements(b"") is None


@pytest.mark.parametrize("elements", ["40", "4001", "40032200", "22", "2200"])
def test_a_cut_element_is_malformed(elements: str) -> None:
    with pytest.raises(MalformedPayloadError):
        decode_polar_elements(bytes.fromhex(elements))


def test_only_polars_company_id_is_read_as_polars_data() -> None:
    assert decode_manufacturer_data(bytes.fromhex("6b00220048"))[0] == POLAR_COMPANY == 0x6B
    assert decode_manufacturer_data(bytes.fromhex("6b01220048")) == (0x16B, None)
    assert decode_manufacturer_data(bytes.fromhex("6b00")) == (0x6B, None)
    with pytest.raises(MalformedPayloadError, match="company identifier"):
        decode_manufacturer_data(b"\x6b")


def test_an_advertisement_tells_all_it_has() -> None:
    seen = describe_strap("Polar H10 51ADA001", ["180d", "feee"], {0x6B: bytes.fromhex("230048")})
    assert (seen.model, seen.serial, seen.services) == ("H10", "51ADA001", ("180d", "feee"))
    assert seen.heart_rate is not None
    assert (seen.heart_rate.bpm, seen.heart_rate.contact, seen.heart_rate.battery_low) == (
        72,
        True,
        True,
    )
    assert seen.undecodable is None


def test_a_damaged_heart_rate_leaves_the_name_and_says_why() -> None:
    seen = describe_strap("Polar H10 51ADA001", [], {0x6B: b"\x22"})
    assert (seen.serial, seen.heart_rate) == ("51ADA001", None)
    assert seen.undecodable == "heart-rate element shorter than 3 bytes"


def test_other_companies_data_is_left_alone() -> None:
    seen = describe_strap(None, [], {0x004C: b"\x22"})
    assert (seen.name, seen.model, seen.heart_rate, seen.undecodable) == (None, None, None, None)
