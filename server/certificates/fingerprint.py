"""A fingerprint in groups that two people can read to each other."""

import hashlib
from typing import Final

_PAIRS_A_GROUP: Final = 4


def group_fingerprint(der: bytes) -> list[str]:
    """SHA-256 of a certificate (DER) as eight groups of four pairs, as systems show pairs."""
    digest = hashlib.sha256(der).digest()
    return [
        digest[at : at + _PAIRS_A_GROUP].hex(" ").upper()
        for at in range(0, len(digest), _PAIRS_A_GROUP)
    ]
