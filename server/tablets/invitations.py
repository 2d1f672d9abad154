"""Codes that wait for a tablet: in memory alone, so that none is in a file or a backup.

A server that starts anew knows none of them, and somebody makes another.
"""

import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from os import urandom
from typing import Final

from server.errors import CodeRefusedError
from server.people.brake import Brake
from server.tablets.code_rules import LASTS_S, MAX_WRONG, Chance, mint_code, read_code

MAX_WAITING: Final = 20  # tablets that are enrolled at the same time, with room
# The same whether it was used, is old, was replaced or never was.
REFUSAL: Final = "this code can't be used; make a new one on the page Tablets"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code is for. `made_s` is of the clock that nobody sets."""

    code: str
    name: str
    made_by: str
    made_s: float


class Invitations:
    """Of one server. Every method may be called from any thread."""

    def __init__(
        self, chance: Chance = urandom, monotonic_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._chance = chance
        self._monotonic_s = monotonic_s
        self._waiting: list[Invitation] = []
        self._n_wrong = 0
        self._brake = Brake()
        self._lock = threading.Lock()

    def make(self, name: str, made_by: str) -> Invitation:
        """A code for a tablet of this name; one that was made for it before opens nothing."""
        made = Invitation(mint_code(self._chance), name, made_by, self._monotonic_s())
        with self._lock:
            others = [one for one in self._waiting if one.name != name and self._is_fresh(one)]
            self._waiting = [*others, made][-MAX_WAITING:]
            self._n_wrong = 0
        return made

    def redeem(self, typed: object, source: str) -> Invitation:
        """Use a code up. Raises CodeRefusedError or TooManyAttemptsError."""
        code = read_code(typed)
        with self._lock:
            self._brake.take_turn(source, source, self._monotonic_s(), "codes were tried")
            found = None if code is None else self._find(code)
            if found is None:
                self._note_wrong()
                raise CodeRefusedError(REFUSAL)
            self._waiting.remove(found)
            self._brake.succeed(source, source)
        return found

    def withdraw(self, name: str) -> None:
        """What was made for a tablet of this name opens nothing any more."""
        with self._lock:
            self._waiting = [one for one in self._waiting if one.name != name]

    def _find(self, code: str) -> Invitation | None:
        known = [one for one in self._waiting if self._is_fresh(one)]
        return next((one for one in known if hmac.compare_digest(one.code, code)), None)

    def _note_wrong(self) -> None:
        self._n_wrong += 1
        if self._n_wrong >= MAX_WRONG:
            self._waiting = []

    def _is_fresh(self, one: Invitation) -> bool:
        return self._monotonic_s() - one.made_s < LASTS_S
