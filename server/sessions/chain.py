"""The hash chain over the ledger: what a row commits to, and whether a stored chain is whole.

`h_n = SHA-256(h_(n-1) || canonical_json(row_n))`. A row holds `HMAC-SHA-256(salt, content)` in
place of what was said, so that salt and content can be erased and the chain still verifies.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.canonical import encode_canonical

GENESIS: Final = bytes(32)  # what the first row follows
SALT_BYTES: Final = 32  # as long as the HMAC's output, so that guessing a value needs the salt


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a chain: how many rows there are, and the hash that vouches for all."""

    n: int
    hash: bytes


EMPTY: Final = Head(0, GENESIS)


def commit_content(salt: bytes, value: Any, reason: str | None) -> bytes:
    """The commitment to what an event says; 32 bytes."""
    content = encode_canonical({"reason": reason, "value": value})
    return hmac.new(salt, content, hashlib.sha256).digest()


def extend_chain(head: Head, envelope: dict[str, Any], commitment: bytes) -> Head:
    """The head after one more row."""
    row = {"commitment": commitment.hex(), "envelope": envelope, "n": head.n + 1}
    return Head(head.n + 1, hashlib.sha256(head.hash + encode_canonical(row)).digest())
