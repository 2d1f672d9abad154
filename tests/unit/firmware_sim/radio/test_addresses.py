"""Addresses are the same for the same seed, and of the kind they say."""

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.radio.addresses import adapter_address, strap_address


@given(st.integers(0, 2**32 - 1), st.from_regex(r"51ADA[0-9A-F]{3}", fullmatch=True))
def test_a_strap_has_a_static_random_address(seed: int, serial: str) -> None:
    octets = [int(octet, 16) for octet in strap_address(seed, serial).split(":")]
    assert len(octets) == 6
    assert octets[0] >> 6 == 0b11  # Core Specification Vol 6 Part B 1.3.2.1


def test_seed_and_serial_make_the_address() -> None:
    assert strap_address(1, "51ADA001") == strap_address(1, "51ADA001")
    fleet = {strap_address(1, f"51ADA{number:03X}") for number in range(512)}
    assert len(fleet) == 512
    assert strap_address(2, "51ADA001") not in fleet


def test_adapters_are_numbered() -> None:
    assert adapter_address(1) == "00:51:AD:00:00:01"
    assert adapter_address(258) == "00:51:AD:00:01:02"
