"""Errors of the shared contracts. Each class answers: what should the caller do?"""

from collections.abc import Sequence


class ProtocolError(Exception):
    """Root of every error raised by `protocol`; carries what was wrong and never logs."""


class MalformedPayloadError(ProtocolError):
    """Bytes that fit no value of their wire format: keep them, count them, go on."""

    def __init__(self, reason: str, payload: bytes) -> None:
        super().__init__(f"{reason}: {payload.hex(' ') or '(empty)'}")
        self.reason = reason
        self.payload = payload


class UnknownCharacteristicError(ProtocolError):
    """No decoder is registered for this characteristic: keep the bytes undecoded."""

    def __init__(self, characteristic: str) -> None:
        super().__init__(f"no wire format is known for characteristic {characteristic}")
        self.characteristic = characteristic


class InvalidIdentifierError(ProtocolError):
    """A name that can't identify anything: ask whoever typed or sent it."""


class UnsupportedMessageError(ProtocolError):
    """The peer speaks a message version that this program doesn't."""

    def __init__(self, version: int) -> None:
        super().__init__(f"message version {version} is not supported; update the older program")
        self.version = version


class InvalidMessageError(ProtocolError):
    """A message between our own programs that isn't what the contract says."""


class OversizedMessageError(ProtocolError):
    """A message with more in it than its receiver takes at once: the sender halves it."""


class SampleTimeError(ProtocolError):
    """Timestamps that place no samples (none before, or not after it): start a new segment."""


class InvalidEffortError(ProtocolError):
    """A rating of effort that its scale doesn't have: ask again, store nothing."""


class PlanError(ProtocolError):
    """A training plan, or scale wording, that can't be used; carries every violation at once."""

    def __init__(self, violations: Sequence[str]) -> None:
        super().__init__("; ".join(violations))
        self.violations = tuple(violations)
