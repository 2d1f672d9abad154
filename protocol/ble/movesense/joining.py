"""Joins measurements that a Movesense sensor sends in several notifications; no I/O, no clock."""

from dataclasses import dataclass

from protocol.ble.movesense.responses import Response, ResponseKind

CUT_BYTES = 150  # a payload above this is cut here and goes on in DATA_PART2
MAX_PAYLOAD_BYTES = 4096  # far above any measurement: a limit for what a hostile sensor may send


@dataclass(frozen=True, slots=True)
class Joined:
    """`whole`: a measurement that is complete now. `dropped`: parts that never will be."""

    whole: bytes | None = None
    dropped: bytes = b""


class PartJoiner:
    """Keeps the open measurement of each reference until its last part."""

    def __init__(self) -> None:
        self._open: dict[int, bytes] = {}

    @property
    def waiting(self) -> frozenset[int]:
        """References whose measurement isn't whole yet."""
        return frozenset(self._open)

    def add(self, response: Response) -> Joined:
        """Take the next notification; a part shorter than the cut is the last of its payload."""
        if response.kind is ResponseKind.COMMAND_RESPONSE:
            return Joined(whole=response.payload)
        before = self._open.pop(response.reference, b"")
        starts = response.kind is ResponseKind.DATA
        if not starts and not before:
            return Joined(dropped=response.payload)
        payload = response.payload if starts else before + response.payload
        dropped = before if starts else b""
        if len(response.payload) < CUT_BYTES:
            return Joined(payload, dropped)
        if len(payload) > MAX_PAYLOAD_BYTES:
            return Joined(dropped=payload)
        self._open[response.reference] = payload
        return Joined(dropped=dropped)
