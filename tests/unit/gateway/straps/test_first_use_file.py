"""First uses survive a restart, and nobody can read an address from them (D6, threat 3)."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from gateway.address_key import KEY_BYTES, hash_address
from gateway.straps.first_use_file import (
    TRY_AGAIN_AFTER_NS,
    FirstUseKeeper,
    load_first_uses,
    save_first_uses,
)
from gateway.straps.first_uses import FirstUses
from gateway.straps.whereabouts import FirstUse
from protocol.identifiers import StrapId
from tests.unit.gateway.hand_clock import HandClock

ADDRESS = "A0:9E:1A:8A:A8:7D"
STRAP = StrapId("51ADA001")
hashed = partial(hash_address, key=bytes(KEY_BYTES))
hashed_otherwise = partial(hash_address, key=b"\x01" * KEY_BYTES)
KNOWN = {STRAP: FirstUse(hashed(ADDRESS), told_serial=False)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "first-use.json"


def test_what_is_saved_is_known_to_the_next_run(file: Path) -> None:
    assert load_first_uses(file, hashed) == {}
    save_first_uses(file, hashed, KNOWN)
    assert load_first_uses(file, hashed) == KNOWN


def test_no_address_is_in_the_file(file: Path) -> None:
    save_first_uses(file, hashed, KNOWN)
    content = file.read_bytes().upper()
    for form in (ADDRESS, ADDRESS.replace(":", ""), ADDRESS.replace(":", "_")):
        assert form.encode() not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_flipped_bit_is_told_and_the_file_kept_aside(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Goes red if a changed address is believed, or if the start fails for it."""
    save_first_uses(file, hashed, KNOWN)
    damaged = file.read_bytes().replace(b"51ADA001", b"51ADA003")
    file.write_bytes(damaged)
    assert load_first_uses(file, hashed) == {}
    assert "is damaged" in caplog.text
    assert file.with_suffix(".unusable").read_bytes() == damaged
    assert not file.exists()


def test_a_new_address_key_makes_no_conflict_of_every_strap(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    save_first_uses(file, hashed, KNOWN)
    assert load_first_uses(file, hashed_otherwise) == {}
    assert "belongs to another address key" in caplog.text


async def test_a_first_use_is_saved_while_the_gateway_runs(file: Path) -> None:
    first_uses = FirstUses()
    keeper = FirstUseKeeper(file, hashed, first_uses, HandClock())
    assert await keeper.save()
    assert not file.exists(), "nothing to save, nothing written"
    first_uses.note(STRAP, KNOWN[STRAP])
    assert await keeper.save()
    assert load_first_uses(file, hashed) == KNOWN


async def test_a_disk_without_room_is_told_once_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, clock, first_uses = tmp_path / "missing" / "first-use.json", HandClock(), FirstUses()
    keeper = FirstUseKeeper(file, hashed, first_uses, clock)
    first_uses.note(STRAP, KNOWN[STRAP])
    assert not await keeper.save()
    assert not await keeper.save()
    assert [r.levelname for r in caplog.records if "can't be kept" in r.message] == ["WARNING"]
    file.parent.mkdir()
    assert await keeper.save()
    assert load_first_uses(file, hashed) == KNOWN


async def test_whatever_changes_is_saved_until_the_end(file: Path) -> None:
    first_uses, clock = FirstUses(), HandClock()
    running = asyncio.create_task(FirstUseKeeper(file, hashed, first_uses, clock).run())
    for serial in ("51ADA001", "51ADA002"):
        first_uses.note(StrapId(serial), KNOWN[STRAP])
        async with asyncio.timeout(10):
            while StrapId(serial) not in load_first_uses(file, hashed):
                await clock.crank(TRY_AGAIN_AFTER_NS)
    running.cancel()
