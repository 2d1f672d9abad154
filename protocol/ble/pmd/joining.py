"""Joins an answer that a control point sends in several indications; no I/O, no clock."""

from dataclasses import replace

from protocol.ble.pmd.answers import ControlAnswer
from protocol.errors import MalformedPayloadError

MAX_PARAMS_BYTES = 4096  # no strap's settings come near it: a limit for what a hostile one may send


class AnswerJoiner:
    """Keeps the parts of one answer until its last; one request is in flight at a time."""

    def __init__(self) -> None:
        self._open: ControlAnswer | None = None

    @property
    def waiting(self) -> bool:
        """Whether the next part of an answer is outstanding."""
        return self._open is not None

    def add(self, part: ControlAnswer) -> ControlAnswer | None:
        """The whole answer once its last part is here, else None.

        An error, or a part that answers another request, ends the open answer and drops its parts.
        Raises MalformedPayloadError, and forgets what it had, for an answer that grows without end.
        """
        before, self._open = self._open, None
        if before is not None and part.succeeded and _same_request(before, part):
            part = replace(part, params=before.params + part.params)
        if len(part.params) > MAX_PARAMS_BYTES:
            reason = f"answer longer than {MAX_PARAMS_BYTES} bytes"
            raise MalformedPayloadError(reason, part.params)
        if not part.more:
            return part
        self._open = part
        return None


def _same_request(one: ControlAnswer, other: ControlAnswer) -> bool:
    return (one.operation, one.measurement) == (other.operation, other.measurement)
