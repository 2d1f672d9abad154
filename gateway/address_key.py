"""A strap's radio address as evidence that only this gateway can read: a keyed hash."""

import secrets
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from gateway.durable import write_durably
from gateway.errors import JournalError

KEY_BYTES = 32
HASH_BYTES = 8  # tells the addresses of one room apart; useless for tracking anybody


def load_address_hash(key_file: Path) -> Callable[[str], str]:
    """The hash with this gateway's own key, made at its first start. Raises JournalError."""
    try:
        key = key_file.read_bytes() if key_file.exists() else _make_key(key_file)
    except OSError as error:
        raise JournalError(f"cannot use the key file {key_file}: {error.strerror}") from error
    if len(key) != KEY_BYTES:  # an empty key would make the hash anybody's to compute
        raise JournalError(
            f"the key file {key_file} holds {len(key)} bytes, not {KEY_BYTES}: "
            "put it back from a backup, or delete it and have a new one made"
        )
    return lambda address: hash_address(address, key)


def hash_for_now() -> Callable[[str], str]:
    """The hash with a key that nobody keeps: for as long as a command runs."""
    key = secrets.token_bytes(KEY_BYTES)
    return lambda address: hash_address(address, key)


def hash_address(address: str, key: bytes) -> str:
    """Hex of BLAKE2b-64 over the address in capitals."""
    return blake2b(address.upper().encode(), key=key, digest_size=HASH_BYTES).hexdigest()


def _make_key(key_file: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    write_durably(key_file, key)
    return key
