"""Golden values are typed from Heart Rate Service 1.0, 3.1.1."""

import pytest

from firmware_sim.strap.hr_bytes import encode_heart_rate, max_rr_count, split_rr


def test_an_h10_with_two_beats() -> None:
    assert encode_heart_rate(75, [833, 820]) == bytes.fromhex("104b 4103 3403")


def test_an_h10_without_a_beat() -> None:
    assert encode_heart_rate(75) == bytes.fromhex("004b")


@pytest.mark.parametrize(
    ("contact", "energy_kj", "wide", "rr_ticks", "wire"),
    [
        (None, None, False, (), "00 48"),
        (None, None, True, (), "01 4800"),
        (False, None, False, (), "04 48"),
        (True, None, False, (), "06 48"),
        (True, None, True, (), "07 4800"),
        (None, 258, False, (), "08 48 0201"),
        (True, 65535, False, (), "0e 48 ffff"),
        (True, 258, True, (), "0f 4800 0201"),
        (True, None, False, (1024,), "16 48 0004"),
        (False, 1, False, (1024, 1), "1c 48 0100 0004 0100"),
        (True, 1, True, (1024,), "1f 4800 0100 0004"),
    ],
)
def test_every_field_in_its_place(
    contact: bool | None, energy_kj: int | None, wide: bool, rr_ticks: tuple[int, ...], wire: str
) -> None:
    made = encode_heart_rate(0x48, rr_ticks, contact=contact, energy_kj=energy_kj, wide=wide)
    assert made == bytes.fromhex(wire)


def test_a_rate_above_255_needs_two_bytes() -> None:
    assert encode_heart_rate(300, wide=True) == bytes.fromhex("012c01")
    with pytest.raises(OverflowError):
        encode_heart_rate(256)


@pytest.mark.parametrize(
    ("energy", "wide", "expected"),
    [(False, False, 9), (False, True, 8), (True, False, 8), (True, True, 7)],
)
def test_rr_that_fit_at_the_default_mtu(energy: bool, wide: bool, expected: int) -> None:
    """Last column of the flag table in the wire reference."""
    assert max_rr_count(23, with_energy=energy, wide=wide) == expected


@pytest.mark.parametrize(
    ("n_rr", "lengths"), [(0, [0]), (1, [1]), (7, [7]), (8, [7, 1]), (15, [7, 7, 1])]
)
def test_rr_that_do_not_fit_go_into_further_values(n_rr: int, lengths: list[int]) -> None:
    parts = split_rr(range(1000, 1000 + n_rr), 23)
    assert [len(part) for part in parts] == lengths
    assert [rr for part in parts for rr in part] == list(range(1000, 1000 + n_rr))
    assert all(len(encode_heart_rate(60, rr, energy_kj=1, wide=True)) <= 20 for rr in parts)


def test_an_rr_that_needs_more_than_16_bit_is_told_as_the_most() -> None:
    assert split_rr([0xFFFF, 0x10000], 23) == [(0xFFFF, 0xFFFF)]
