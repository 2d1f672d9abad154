"""Slows down whoever guesses passwords or PINs (promise F6). Pure: the caller brings the clock.

Five wrong ones of an account, or from a source, are free; then the wait doubles from 30 s to 15 min
and is forgotten an hour after the last wrong one. That is about 120 guesses a day: a PIN of six
digits lasts for years, and nobody is locked out for good.
"""

from dataclasses import dataclass
from typing import Final

from server.errors import TooManyAttemptsError

FREE_FAILURES: Final = 5
FIRST_WAIT_S: Final = 30.0
LONGEST_WAIT_S: Final = 15 * 60.0
FORGET_AFTER_S: Final = 3600.0
MAX_FAILURES_KEPT: Final = 16  # the wait has long been the longest one
MAX_KEYS: Final = 10_000  # bounds what made-up names and addresses can fill


@dataclass(frozen=True, slots=True)
class Failure:
    """A wrong one, or one that isn't judged yet."""

    account: str
    at_s: float


class Brake:
    """Not thread-safe: whoever shares it holds a lock."""

    def __init__(self) -> None:
        self._by_account: dict[str, list[Failure]] = {}
        self._by_source: dict[str, list[Failure]] = {}

    def wait_s(self, account: str, source: str, now_s: float) -> float:
        """How long this account, from this source, has to wait; 0 means that it may try."""
        waits = (
            _remaining_s(self._by_account.get(account, []), now_s),
            _remaining_s(self._by_source.get(source, []), now_s),
        )
        return max(waits)

    def take_turn(self, account: str, source: str, now_s: float, too_many: str) -> Failure:
        """Begin, or raise TooManyAttemptsError, which says too many of what there were."""
        wait_s = self.wait_s(account, source, now_s)
        if wait_s > 0:
            sentence = f"too many {too_many}; wait {wait_s:.0f} s and try again"
            raise TooManyAttemptsError(sentence, wait_s)
        return self.begin(account, source, now_s)

    def begin(self, account: str, source: str, now_s: float) -> Failure:
        """Count an attempt as wrong until it is shown right: many at once gain nothing."""
        failure = Failure(account, now_s)
        _append(self._by_account, account, failure)
        _append(self._by_source, source, failure)
        return failure

    def withdraw(self, failure: Failure, source: str) -> None:
        """This attempt was never judged."""
        for failures in (self._by_account.get(failure.account), self._by_source.get(source)):
            if failures and failure in failures:
                failures.remove(failure)

    def succeed(self, account: str, source: str) -> None:
        """It was right: her own wrong ones are forgotten, other people's from there are not."""
        self._by_account.pop(account, None)
        others = [f for f in self._by_source.get(source, []) if f.account != account]
        self._by_source[source] = others


def choose_wait_s(n_failures: int) -> float:
    """How long to wait after the newest of so many wrong ones."""
    if n_failures < FREE_FAILURES:
        return 0.0
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** (n_failures - FREE_FAILURES))


def _remaining_s(failures: list[Failure], now_s: float) -> float:
    kept = _unforgotten(failures, now_s)
    return max(0.0, kept[-1].at_s + choose_wait_s(len(kept)) - now_s) if kept else 0.0


def _unforgotten(failures: list[Failure], now_s: float) -> list[Failure]:
    return failures if failures and now_s - failures[-1].at_s < FORGET_AFTER_S else []


def _append(table: dict[str, list[Failure]], key: str, failure: Failure) -> None:
    kept = _unforgotten(table.pop(key, []), failure.at_s)
    while len(table) >= MAX_KEYS:
        table.pop(next(iter(table)))  # the one that failed longest ago
    table[key] = [*kept, failure][-MAX_FAILURES_KEPT:]
