"""What an enrolled tablet shows with each request: 256 random bits in a cookie, here their hash."""

import hashlib
import secrets
from typing import Final

from server.people.cookie import read_session_id

_RANDOM_BYTES: Final = 32
# Strict: no other site can make its browser send it. Browsers keep none longer than 400 days
# (RFC 6265bis 5.5); a study on a tablet is shorter.
COOKIE_NAME: Final = "__Host-doseline-tablet"
_ATTRIBUTES: Final = "; Path=/; Secure; HttpOnly; SameSite=Strict"
_LASTS_S: Final = 400 * 24 * 3600


def mint_credential() -> str:
    """For one tablet's cookie only."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def hash_credential(credential: str) -> bytes:
    """SHA-256; slow hashing adds nothing to 256 random bits."""
    return hashlib.sha256(credential.encode()).digest()


def set_cookie_header(credential: str) -> str:
    """Value of Set-Cookie that makes a browser the tablet."""
    return f"{COOKIE_NAME}={credential}{_ATTRIBUTES}; Max-Age={_LASTS_S}"


def clear_cookie_header() -> str:
    """Value of Set-Cookie that makes it forget that."""
    return f"{COOKIE_NAME}={_ATTRIBUTES}; Max-Age=0"


def read_credential(cookie_headers: list[str]) -> str | None:
    """Of a request's Cookie headers; None where there is none, or more than one."""
    return read_session_id(cookie_headers, COOKIE_NAME)
