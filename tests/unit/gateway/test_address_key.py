"""Addresses as evidence: the same for one gateway, of no use to anybody else."""

from pathlib import Path

from gateway.address_key import load_address_hash


def test_the_hash_stays_the_same_over_restarts_and_differs_between_gateways(tmp_path: Path) -> None:
    first = load_address_hash(tmp_path / "a.key")
    again = load_address_hash(tmp_path / "a.key")
    other = load_address_hash(tmp_path / "b.key")
    address = "A0:9E:1A:8A:A8:7D"
    assert first(address) == again(address) == first(address.lower())
    assert first(address) != other(address)
    assert first(address) != first("A0:9E:1A:8A:A8:7E")


def test_the_key_is_nobody_else_s_to_read(tmp_path: Path) -> None:
    load_address_hash(tmp_path / "a.key")
    assert (tmp_path / "a.key").stat().st_mode & 0o077 == 0
    assert len((tmp_path / "a.key").read_bytes()) == 32
