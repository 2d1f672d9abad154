"""The study's signing key: made once, in the data directory, and never part of a backup.

Whoever can write a backup but not read this file can't make one that passes for the study's.
"""

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.db.data_directory import write_durably
from server.errors import SettingsError

if TYPE_CHECKING:  # a heavy library, and a server without backups never needs it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE: Final = "signing-key.pem"


def open_signing_key(directory: Path) -> "Ed25519PrivateKey":
    """The key in a data directory; a new one where there is none. Raises SettingsError."""
    path = directory / FILE
    if not path.exists():
        write_durably(path, _make_key(), mode=0o600)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(
            f"others may read {path}, which signs backups; make it private with 'chmod 600 {path}'"
        )
    key = _read_key(path.read_bytes())
    if key is None:
        raise SettingsError(
            f"{path} is damaged; move it away, and the next backup is signed with a new key"
        )
    return key


def _make_key() -> bytes:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )


def _read_key(pem: bytes) -> "Ed25519PrivateKey | None":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PrivateKey) else None
