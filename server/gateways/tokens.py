"""Gateway tokens: 256 random bits that the server forgets, keeping their SHA-256."""

import hashlib
import secrets
from typing import Final

_PREFIX: Final = "dsg_"  # lets a secret scanner find a token that was committed by mistake
_RANDOM_BYTES: Final = 32  # ASVS 5.0 7.2.3 asks for 128 bits


def mint_token() -> str:
    """A new token, for the gateway's file only."""
    return _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)


def hash_token(token: str) -> bytes:
    """SHA-256; slow hashing adds nothing to 256 random bits."""
    return hashlib.sha256(token.encode()).digest()
