"""Whose entries a participant's phone brings: looked at before anything else of them is judged.

A tablet that was handed on may still hold what another woman entered. That must wait for her, so it
is told apart from what is wrong and never will be right.
"""

import msgspec

from server.errors import ActorNotSignedInError


class _Signed(msgspec.Struct):
    actor: str


def require_own_signature(body: bytes, author: str) -> None:
    """Raises ActorNotSignedInError; what can't be read is for the ledger to tell."""
    try:
        signed = msgspec.json.decode(body, type=list[_Signed])
    except (msgspec.DecodeError, RecursionError):
        return
    require_own([one.actor for one in signed], author)


def require_own(actors: list[str], author: str) -> None:
    """Raises ActorNotSignedInError."""
    others = sorted({*actors} - {author})
    if others:
        sentence = "this is of somebody who isn't signed in here; nothing was stored"
        raise ActorNotSignedInError(sentence, others)
