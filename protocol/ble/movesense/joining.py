"""Joins measurements that a Movesense sensor sends in several notifications; no I/O, no clock."""

from dataclasses import dataclass

from protocol.ble.movesense.responses import Response, ResponseKind
from protocol.errors import MalformedPayloadError

CUT_BYTES = 150  # a payload above this is cut here and goes on in DATA_PART2, then DATA_PART3

# The part that each goes on from; movesense-device-lib, GATTSensorDataClient.cpp, has no fourth.
_BEFORE = {
    ResponseKind.DATA_PART2: ResponseKind.DATA,
    ResponseKind.DATA_PART3: ResponseKind.DATA_PART2,
}


@dataclass(frozen=True, slots=True)
class Joined:
    """`whole`: a measurement that is complete now. `dropped`: parts that never will be."""

    whole: bytes | None = None
    dropped: bytes = b""


class PartJoiner:
    """Keeps the open measurement of each reference until its last part."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[ResponseKind, bytes]] = {}

    @property
    def waiting(self) -> frozenset[int]:
        """References whose measurement isn't whole yet."""
        return frozenset(self._open)

    def add(self, response: Response) -> Joined:
        """Take the next notification; a part shorter than the cut is the last of its payload.

        Raises MalformedPayloadError, with all bytes that are of no use now, for a part that doesn't
        go on from the one before it: nothing is joined across a lost part.
        """
        kind, payload = response.kind, response.payload
        if kind is ResponseKind.COMMAND_RESPONSE:
            return Joined(whole=payload)
        last, before = self._open.pop(response.reference, (None, b""))
        if kind is ResponseKind.DATA:
            return self._keep(response, payload, dropped=before)
        if last is not _BEFORE[kind]:
            raise MalformedPayloadError(
                f"{kind.name} without the {_BEFORE[kind].name} before it", before + payload
            )
        return self._keep(response, before + payload)

    def _keep(self, response: Response, payload: bytes, dropped: bytes = b"") -> Joined:
        if len(response.payload) < CUT_BYTES:
            return Joined(payload, dropped)
        if response.kind is ResponseKind.DATA_PART3:
            raise MalformedPayloadError("DATA_PART3 goes on, but no part follows it", payload)
        self._open[response.reference] = (response.kind, payload)
        return Joined(dropped=dropped)
