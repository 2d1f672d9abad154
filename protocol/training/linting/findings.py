"""What a rule of the linter finds."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from protocol.training.plan import TrainingPlan


class Severity(StrEnum):
    """How bad it is: an error can't be done, a warning contradicts, a note should be known."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """One contradiction: a stable code, where it is, and a sentence with its numbers."""

    code: str
    severity: Severity
    where: str
    message: str


Rule = Callable[[TrainingPlan], Iterable[Finding]]


def find_error(code: str, where: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, where, message)


def find_warning(code: str, where: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, where, message)


def find_note(code: str, where: str, message: str) -> Finding:
    return Finding(code, Severity.NOTE, where, message)
