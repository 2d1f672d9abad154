"""What a tablet checks a PIN against while the server is away (decision 0014)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

# OWASP password storage cheat sheet for PBKDF2-HMAC-SHA256; argon2 isn't in browsers' WebCrypto.
ITERATIONS: Final = 600_000
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Verifier:
    """PBKDF2-HMAC-SHA256 over the PIN's six ASCII digits, 32 bytes."""

    salt: bytes
    iterations: int
    sha256: bytes


def make_verifier(pin: str, iterations: int = ITERATIONS) -> Verifier:
    """A verifier with a new salt."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return Verifier(salt, iterations, _derive(pin, salt, iterations))


def fits(verifier: Verifier, pin: str) -> bool:
    """As the tablet checks it."""
    derived = _derive(pin, verifier.salt, verifier.iterations)
    return hmac.compare_digest(derived, verifier.sha256)


def _derive(pin: str, salt: bytes, iterations: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", pin.encode("ascii"), salt, iterations)
