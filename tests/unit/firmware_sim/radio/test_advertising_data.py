"""Advertising data against bytes written by hand from the specification."""

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.radio.advertising_data import (
    AdvertisingFields,
    decode_advertisement,
    encode_advertisement,
)
from firmware_sim.strap.strap import Advertisement

HEART_RATE = "0000180d-0000-1000-8000-00805f9b34fb"
PMD = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"

# Core Specification Supplement, Part A 1: length, type, value; 16-bit UUIDs little endian.
H10 = Advertisement("Polar H10 51ADA001", ("180d", "feee"), bytes.fromhex("6b007a01032e000050"))
H10_ADVERTISEMENT = "02010605030d18eefe0aff6b007a01032e000050"
H10_SCAN_RESPONSE = "1309" + b"Polar H10 51ADA001".hex()


def test_h10() -> None:
    said = encode_advertisement(H10)
    assert said.advertisement.hex() == H10_ADVERTISEMENT
    assert said.scan_response.hex() == H10_SCAN_RESPONSE


def test_h10_understood() -> None:
    heard = decode_advertisement(bytes.fromhex(H10_ADVERTISEMENT + H10_SCAN_RESPONSE))
    assert heard == AdvertisingFields(
        "Polar H10 51ADA001",
        (HEART_RATE, "0000feee-0000-1000-8000-00805f9b34fb"),
        {0x006B: bytes.fromhex("7a01032e000050")},
    )


def test_a_short_name_needs_no_scan_response() -> None:
    said = encode_advertisement(Advertisement("HRM", ("180d",), b""))
    assert said.advertisement.hex() == "02010603030d180409" + b"HRM".hex()
    assert said.scan_response == b""


def test_a_long_service() -> None:
    said = encode_advertisement(Advertisement("S", (PMD,), b""))
    assert said.advertisement.hex().startswith("0201061107c8f08d2dcd8aad1c87f3e702805c00fb")
    assert decode_advertisement(said.advertisement).service_uuids == (PMD,)


def test_a_name_too_long_is_cut_and_says_so() -> None:
    said = encode_advertisement(Advertisement("N" * 40, ("180d",), b""))
    assert said.scan_response == bytes((30, 0x08)) + b"N" * 29


@given(st.binary(max_size=80))
def test_any_bytes_are_understood_somehow(data: bytes) -> None:
    decode_advertisement(data)


def test_a_broken_element_hides_what_follows_only() -> None:
    heard = decode_advertisement(bytes.fromhex("0409") + b"HRM" + bytes.fromhex("1fff6b"))
    assert heard == AdvertisingFields("HRM")


@given(
    st.text("ABCdef 0189", min_size=1, max_size=20),
    st.lists(st.sampled_from(["180d", "180f", "feee"]), unique=True, max_size=3),
    st.binary(min_size=2, max_size=12) | st.just(b""),
)
def test_what_is_said_is_heard(name: str, services: list[str], maker: bytes) -> None:
    said = encode_advertisement(Advertisement(name, tuple(services), maker))
    assert max(len(said.advertisement), len(said.scan_response)) <= 31
    heard = decode_advertisement(said.advertisement + said.scan_response)
    assert [uuid[4:8] for uuid in heard.service_uuids] == services
    assert list(heard.manufacturer_data.values()) == ([maker[2:]] if maker else [])
    assert heard.local_name is not None
    assert name.startswith(heard.local_name)
