"""A code of the study as one recipient sees it: nobody else's list can be joined with hers."""

import base64
import hashlib
import hmac
from typing import Final

from server.study.recipients import KEY_BYTES

_LETTERS: Final = 16  # of base32: 80 bits, so that two of a study never meet
_PURPOSE: Final = b"doseline participant:"


def make_pseudonym(key: bytes, code: str) -> str:
    """HMAC-SHA-256 of her code with the recipient's key (promises G3).

    Raises ValueError for a key of another length.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a recipient's key has {KEY_BYTES} bytes, not {len(key)}")
    digest = hmac.new(key, _PURPOSE + code.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:_LETTERS]
