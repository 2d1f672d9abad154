"""Addresses as evidence: the same for one gateway, of no use to anybody else."""

from pathlib import Path

import pytest

from gateway.address_key import load_address_hash
from gateway.errors import JournalError


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


@pytest.mark.parametrize("n_bytes", [0, 31])
def test_a_key_that_is_not_whole_is_refused(tmp_path: Path, n_bytes: int) -> None:
    """Goes red if an empty key is used: then the hash hides nothing."""
    (tmp_path / "a.key").write_bytes(bytes(n_bytes))
    with pytest.raises(JournalError, match=f"a.key holds {n_bytes} bytes, not 32"):
        load_address_hash(tmp_path / "a.key")


def test_a_draft_that_a_crash_left_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "a.key.new").write_bytes(b"half")
    load_address_hash(tmp_path / "a.key")
    assert [path.name for path in tmp_path.iterdir()] == ["a.key"]
