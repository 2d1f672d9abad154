"""Whose request is this: bearer tokens, looked up rarely and forgotten soon."""

import time
from collections.abc import Callable
from typing import Final

from server.errors import CredentialError

REMEMBER_S: Final = 2.0  # a revoked token is worthless within this time; promise F12 allows 60 s
MAX_REMEMBERED: Final = 1_000  # gateways of a study, with room; bounds what an attacker can fill

FindGateway = Callable[[str], str | None]
MonotonicClock = Callable[[], float]  # seconds


class TokenReader:
    """Names the gateway of an Authorization header. `find` asks the database."""

    def __init__(self, find: FindGateway, monotonic_s: MonotonicClock = time.monotonic) -> None:
        self._find = find
        self._monotonic_s = monotonic_s
        self._remembered: dict[str, tuple[str, float]] = {}

    def remembered(self, authorization: str | None) -> str | None:
        """The gateway, when it was looked up a moment ago. Never touches the database."""
        name, valid_until_s = self._remembered.get(read_bearer(authorization), ("", 0.0))
        return name if self._monotonic_s() < valid_until_s else None

    def look_up(self, authorization: str | None) -> str:
        """The gateway, from the database. Raises CredentialError."""
        token = read_bearer(authorization)
        gateway = self._find(token)
        if gateway is None:
            self._remembered.pop(token, None)
            raise CredentialError("this gateway token is not valid; enrol the gateway again")
        if len(self._remembered) >= MAX_REMEMBERED:
            self._remembered.clear()
        self._remembered[token] = (gateway, self._monotonic_s() + REMEMBER_S)
        return gateway


def read_bearer(authorization: str | None) -> str:
    """The token in an Authorization header. Raises CredentialError."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise CredentialError("a gateway's token is needed: Authorization: Bearer …")
    return token.strip()
