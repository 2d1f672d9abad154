"""Argon2id, at most two at once: a flood of sign-ins must not take all memory (promise F6)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from server.errors import SignInBusyError
from server.first_use import FirstUse

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# RFC 9106 section 4, second recommended option: 64 MiB, 3 passes, 4 lanes; about 0.15 s a hash.
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4
MAX_AT_ONCE: Final = 2  # 128 MiB and both cores of the smallest machine we name
MAX_WAITING: Final = 8  # 0.6 s of work; whoever comes after that is told to come again

# A hash of nothing anybody knows, checked where there is no such person, so that takes as long.
_NOBODYS: Final = (
    f"$argon2id$v=19$m={_MEMORY_KIB},t={_PASSES},p={_LANES}"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


class HashingDesk:
    """Hashes and checks secrets. Raises SignInBusyError when too many wait already."""

    def __init__(self, max_at_once: int = MAX_AT_ONCE, max_waiting: int = MAX_WAITING) -> None:
        self._open_hasher = FirstUse(_open_hasher)
        self._places = threading.BoundedSemaphore(max_at_once + max_waiting)
        self._turns = threading.BoundedSemaphore(max_at_once)

    def hash(self, secret: str) -> str:
        """The secret in argon2's own encoding, with a new salt."""
        with self._turn():
            return self._open_hasher().hash(secret)

    def matches(self, stored: str | None, secret: str) -> bool:
        """Whether this is the secret; None, for nobody, takes as long and never is."""
        from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

        with self._turn():
            try:
                self._open_hasher().verify(_NOBODYS if stored is None else stored, secret)
            except VerifyMismatchError:
                return False
            except (VerificationError, InvalidHashError) as error:
                raise ValueError("a stored password hash is damaged") from error
            return stored is not None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise SignInBusyError("too many people sign in at this moment; try again")
        try:
            with self._turns:
                yield
        finally:
            self._places.release()


def _open_hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher, Type

    return PasswordHasher(_PASSES, _MEMORY_KIB, _LANES, type=Type.ID)
