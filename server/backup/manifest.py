"""What a backup says of itself: what is in it, how far its ledger goes, and who vouches. Pure."""

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from protocol.ledger.canonical import encode_canonical
from server.errors import BackupDamagedError
from server.sessions.chain import Head

if TYPE_CHECKING:  # a heavy library, and a server without backups never needs it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE: Final = "manifest.json"
FORMAT: Final = 1
_FINGERPRINT_DIGITS: Final = 32  # 128 bit: nobody makes a second key with the same ones
_PLAIN_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")


class FileMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file as it was written."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`ledger_head` is the head that `verify-audit --head` reads: place and hash.

    `heads` are those of the study's other chains, by their words; backups of before had none.
    """

    format: int
    study: str
    store: str  # "sqlite" or "postgresql"
    taken_at: str  # UTC
    ledger_n: int
    ledger_head: str
    files: dict[str, FileMark]
    public_key: str = ""  # Ed25519 (RFC 8032), hexadecimal
    heads: dict[str, str] = {}  # noqa: RUF012 (msgspec makes a new one each time)
    signature: str = ""  # over the canonical JSON of everything else


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest whose signature holds, and the key's fingerprint to compare with a noted one."""

    manifest: Manifest
    fingerprint: str


def describe_head(head: Head) -> str:
    """A head as `verify-audit` prints and reads it."""
    return f"{head.n} {head.hash.hex()}"


def sign_manifest(manifest: Manifest, key: "Ed25519PrivateKey") -> bytes:
    """The manifest's text, with the key's public half and its signature."""
    public_key = key.public_key().public_bytes_raw().hex()
    named = msgspec.structs.replace(manifest, public_key=public_key, signature="")
    signature = key.sign(_encode_unsigned(named)).hex()
    whole = msgspec.structs.replace(named, signature=signature)
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def read_manifest(text: bytes) -> Signed:
    """The manifest in a text, its signature checked. Raises BackupDamagedError."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        manifest = msgspec.json.decode(text, type=Manifest)
        public_key = bytes.fromhex(manifest.public_key)
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(bytes.fromhex(manifest.signature), _encode_unsigned(manifest))
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, InvalidSignature):
        raise BackupDamagedError(f"{FILE} is not what was signed") from None
    if manifest.format != FORMAT or not all(map(_PLAIN_NAME.fullmatch, manifest.files)):
        raise BackupDamagedError(f"{FILE} was written by another doseline")
    return Signed(manifest, fingerprint(public_key))


def fingerprint(public_key: bytes) -> str:
    """A key's short name: the first half of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:_FINGERPRINT_DIGITS]


def _encode_unsigned(manifest: Manifest) -> bytes:
    content: dict[str, Any] = msgspec.to_builtins(manifest)
    del content["signature"]
    if not content["heads"]:  # as backups of before were signed
        del content["heads"]
    return encode_canonical(content)
