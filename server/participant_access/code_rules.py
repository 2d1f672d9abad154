"""A personal code: 128 random bits that open her own view once, soon after they were made. Pure.

Promises, threat 9: random, single use, ten minutes, no meaning. Only its hash is kept.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Final

CODE_BYTES: Final = 16
FIRST_USE_WITHIN_S: Final = 10 * 60
NS_PER_S: Final = 1_000_000_000

_FORM: Final = re.compile(r"[A-Za-z0-9_-]{22}")

Chance = Callable[[int], bytes]  # that many random bytes


def mint_code(chance: Chance) -> str:
    """Sixteen random bytes as 22 letters that an address's fragment takes as they are."""
    return base64.urlsafe_b64encode(chance(CODE_BYTES)).rstrip(b"=").decode()


def has_form(text: object) -> bool:
    """Whether this could be a code at all."""
    return isinstance(text, str) and _FORM.fullmatch(text) is not None


def hash_code(code: str) -> bytes:
    """SHA-256; slow hashing adds nothing to 128 random bits that last ten minutes."""
    return hashlib.sha256(code.encode()).digest()


def is_usable(*, made_ns: int, used_ns: int | None, withdrawn_ns: int | None, now_ns: int) -> bool:
    """Whether a code still opens something. A clock that was set back makes none younger."""
    age_ns = now_ns - made_ns
    is_fresh = 0 <= age_ns < FIRST_USE_WITHIN_S * NS_PER_S
    return is_fresh and used_ns is None and withdrawn_ns is None
