"""What is wrong with events that can't be stored: one fault an event, all of them told."""

from collections.abc import Sequence
from dataclasses import dataclass

from protocol.errors import ProtocolError


@dataclass(frozen=True, slots=True)
class EventFault:
    """Why one event can't be stored: the id it came with (None: unreadable), code, sentence."""

    id: str | None
    code: str
    message: str


class InvalidEventsError(ProtocolError):
    """Events that break the vocabulary: set those aside, show them, send the others."""

    def __init__(self, faults: Sequence[EventFault]) -> None:
        super().__init__(f"{len(faults)} of the events can't be stored: {faults[0].message}")
        self.faults = tuple(faults)
