"""A tablet's code: six characters that a person reads aloud and types, good once and soon. Pure.

Thirty random bits are few: what keeps them is that a code lasts ten minutes, that five wrong ones
make whoever tries wait (server/people/brake.py), and that fifty wrong ones from anywhere end it.
"""

from collections.abc import Callable
from typing import Final

from server.ascii_digits import to_ascii_digits

# Crockford's base 32 (crockford.com/base32.html): no I, L, O, U.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 6
LASTS_S: Final = 10 * 60.0
MAX_WRONG: Final = 50
MAX_NAME: Final = 32

_READ_AS: Final = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": ""})

Chance = Callable[[int], bytes]  # that many random bytes


def mint_code(chance: Chance) -> str:
    """Six characters; each byte has five bits for one, so that all are equally likely."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in chance(LENGTH))


def read_code(typed: object) -> str | None:
    """As it was made, however somebody wrote it; None for what can't be a code."""
    if not isinstance(typed, str) or len(typed) > 4 * LENGTH:
        return None
    code = to_ascii_digits(typed).upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def read_name(typed: str) -> str | None:
    """What a tablet is called: 1 to 32 printable characters; None for anything else."""
    name = " ".join(typed.split())
    return name if 0 < len(name) <= MAX_NAME and name.isprintable() else None
