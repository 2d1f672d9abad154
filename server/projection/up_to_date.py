"""What is derived of a study, brought up to date, with the sessions that couldn't be worked out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from server.db.database import Database
from server.errors import SessionsFailedError


@dataclass(frozen=True, slots=True)
class UpToDate:
    """`failed`: what stopped some sessions; all others are in `derived`."""

    derived: Database
    failed: SessionsFailedError | None

    def require_all(self) -> Database:
        """Raises SessionsFailedError where a session is wanting."""
        if self.failed is not None:
            raise self.failed
        return self.derived

    def tell_failed(self) -> tuple[str, ...]:
        """A sentence where a session is wanting."""
        sentence = "" if self.failed is None else str(self.failed)
        return (f"{sentence[:1].upper()}{sentence[1:]}.",) if sentence else ()


OpenDerived = Callable[[], AbstractContextManager[UpToDate]]


def work_out(derived: Database, bring: Callable[[], object]) -> UpToDate:
    """`bring` works out what is new."""
    try:
        bring()
    except SessionsFailedError as error:
        return UpToDate(derived, error)
    return UpToDate(derived, None)
