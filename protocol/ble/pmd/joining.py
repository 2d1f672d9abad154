"""Joins an answer that a control point sends in several indications; no I/O, no clock."""

from dataclasses import replace

from protocol.ble.pmd.answers import ControlAnswer
from protocol.errors import MalformedPayloadError

MAX_PARAMS_BYTES = 4096  # no strap's settings come near it: a limit for what a hostile one may send


class AnswerJoiner:
    """Keeps the parts of one answer until its last; one request is in flight at a time."""

    def __init__(self) -> None:
        self._parts: ControlAnswer | None = None

    @property
    def waiting(self) -> bool:
        """Whether the next part of an answer is outstanding."""
        return self._parts is not None

    def add(self, part: ControlAnswer) -> ControlAnswer | None:
        """The whole answer once its last part is here, else None.

        An error ends the answer and drops its parts. Raises MalformedPayloadError, and forgets
        what it had, when a part belongs to another request or the whole grows without end.
        """
        before, self._parts = self._parts, None
        if not part.succeeded:
            return part
        joined = part if before is None else _append(before, part)
        if part.more:
            self._parts = joined
            return None
        return joined


def _append(before: ControlAnswer, part: ControlAnswer) -> ControlAnswer:
    if (before.operation, before.measurement) != (part.operation, part.measurement):
        raise MalformedPayloadError("next part answers another request", part.params)
    params = before.params + part.params
    if len(params) > MAX_PARAMS_BYTES:
        raise MalformedPayloadError(f"answer longer than {MAX_PARAMS_BYTES} bytes", part.params)
    return replace(part, params=params)
