"""First uses in the journal's folder, so that a change of address shows across restarts (D6)."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from gateway.clock import AlarmClock
from gateway.durable import read_checked, write_checked
from gateway.straps.first_uses import FirstUses
from gateway.straps.whereabouts import FirstUse
from gateway.waiting import wait_for
from protocol.identifiers import StrapId

logger = logging.getLogger(__name__)

FILE_NAME = "first-use.json"
KEY_NAME = "address.key"  # beside it: without the key nobody can tell whose addresses these are
TRY_AGAIN_AFTER_NS = 60_000_000_000  # a full disk: until then only this run knows


class _Content(msgspec.Struct, frozen=True):
    """`key` shows whether the addresses were hashed with the key that is in use now."""

    key: str
    straps: dict[StrapId, FirstUse]


_decoder = msgspec.json.Decoder(_Content)


def load_first_uses(file: Path, hash_address: Callable[[str], str]) -> dict[StrapId, FirstUse]:
    """What is known; nothing, and told, if the file can't be trusted. It is kept aside then."""
    if not file.exists():
        return {}
    text = read_checked(file)
    try:
        content = _decoder.decode(text or "")
    except msgspec.MsgspecError:
        _give_up(file, "is damaged")
        return {}
    if content.key != _fingerprint(hash_address):
        _give_up(file, "belongs to another address key")
        return {}
    return content.straps


def save_first_uses(
    file: Path, hash_address: Callable[[str], str], known: Mapping[StrapId, FirstUse]
) -> None:
    """Whole or not at all. Raises OSError."""
    content = _Content(_fingerprint(hash_address), dict(known))
    write_checked(file, msgspec.json.encode(content).decode())


class FirstUseKeeper:
    """Saves what changes, off the loop that stamps values."""

    def __init__(
        self,
        file: Path,
        hash_address: Callable[[str], str],
        first_uses: FirstUses,
        clock: AlarmClock,
    ) -> None:
        self._file = file
        self._hash_address = hash_address
        self._first_uses = first_uses
        self._clock = clock
        self._is_told = False

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._first_uses.changed.wait()
            if not await self.save():
                await wait_for(self._clock, TRY_AGAIN_AFTER_NS)

    async def save(self) -> bool:
        """Whether everything known is on the disk now."""
        if not self._first_uses.changed.is_set():
            return True
        self._first_uses.changed.clear()
        known = self._first_uses.all()
        try:
            await asyncio.to_thread(save_first_uses, self._file, self._hash_address, known)
        except OSError as error:
            self._first_uses.changed.set()
            level = logging.DEBUG if self._is_told else logging.WARNING
            logger.log(level, "first uses can't be kept in %s: %s", self._file, error.strerror)
            self._is_told = True
            return False
        return True


def _fingerprint(hash_address: Callable[[str], str]) -> str:
    return hash_address("")


def _give_up(file: Path, why: str) -> None:
    aside = file.with_suffix(".unusable")
    logger.warning(
        "%s %s: kept as %s; every strap is met as if for the first time", file, why, aside.name
    )
    file.replace(aside)
