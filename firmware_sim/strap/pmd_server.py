"""The control point of Polar's straps: requests in, answers out, streams running in between."""

from collections.abc import Callable, Mapping
from heapq import merge

from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.pmd_bytes import (
    INVALID_MTU_ANSWER,
    Measurement,
    Operation,
    Setting,
    Status,
    encode_answer,
    encode_settings,
)
from firmware_sim.strap.pmd_offers import PmdModel
from firmware_sim.strap.pmd_request import check_settings
from firmware_sim.strap.pmd_stream import Frame, PmdStream

# Smallest ATT_MTU on which it measures: 23 is refused on hardware, 70 was seen to work; between
# them nothing is known.
MIN_ATT_MTU = 70
_ONLINE = 1 << 6  # in the answer to a status request: bits 6-7 are 0 idle, 1 online
_OFFLINE_REQUEST = 0x80  # bit 7 of a request's type asks for recording inside the strap


OpenStream = Callable[[Measurement, Mapping[Setting, int], int], PmdStream]


class PmdServer:
    """Streams belong to the strap, not to the link: they outlive a disconnect."""

    def __init__(self, model: PmdModel, open_stream: OpenStream) -> None:
        self._model = model
        self._open_stream = open_stream
        self._streams: dict[Measurement, PmdStream] = {}

    @property
    def is_measuring(self) -> bool:
        """True while any stream runs."""
        return bool(self._streams)

    def answer(self, request: bytes, att_mtu: int, now_ns: int) -> bytes:
        """The one answer to one request; starts and stops streams."""
        if len(request) == 0:
            return encode_answer(0, 0, Status.INVALID_LENGTH)
        operation, measurement = request[0], request[1] if len(request) > 1 else 0
        match operation:
            case Operation.STATUS:
                return self._answer_status(request)
            case Operation.GET_SETTINGS | Operation.START | Operation.STOP:
                if operation != Operation.STOP and att_mtu < MIN_ATT_MTU:
                    return INVALID_MTU_ANSWER
                status, extra = self._do(operation, request, now_ns)
                return encode_answer(operation, measurement, status, extra)
        return encode_answer(operation, measurement, Status.INVALID_OPERATION)

    def _do(self, operation: int, request: bytes, now_ns: int) -> tuple[Status, bytes]:
        if len(request) < 2 or (operation != Operation.START and len(request) != 2):
            return Status.INVALID_LENGTH, b""
        kind = self._offered(request[1])
        if isinstance(kind, Status):
            return kind, b""
        if operation == Operation.GET_SETTINGS:
            return Status.SUCCESS, encode_settings(self._model.offers[kind])
        if operation == Operation.STOP:
            return self._stop(kind), b""
        return self._start(kind, request[2:], now_ns)

    def _start(self, kind: Measurement, settings: bytes, now_ns: int) -> tuple[Status, bytes]:
        if kind in self._streams:  # whoever started it, and whatever its settings are
            return Status.ALREADY_IN_STATE, b""
        chosen = check_settings(settings, self._model.offers[kind])
        if isinstance(chosen, Status):
            return chosen, b""
        self._streams[kind] = self._open_stream(kind, chosen, now_ns)
        return Status.SUCCESS, self._model.start_extra.get(kind, b"")

    def _stop(self, kind: Measurement) -> Status:
        # What an idle H10 answers is not known from public sources; this is our reading of 6.
        idle = self._streams.pop(kind, None) is None
        return Status.ALREADY_IN_STATE if idle else Status.SUCCESS

    def _answer_status(self, request: bytes) -> bytes:
        if len(request) != 1:
            return encode_answer(Operation.STATUS, 0, Status.INVALID_LENGTH)
        states = bytes(
            kind | (_ONLINE if kind in self._streams else 0) for kind in self._model.offers
        )
        return encode_answer(Operation.STATUS, 0, Status.SUCCESS, states)

    def stop_all(self) -> None:
        """The strap lost its power: nothing runs any more."""
        self._streams.clear()

    def next_frame_ns(self) -> int | None:
        """When the next frame will be full; None while nothing runs."""
        return min((each.next_frame_ns for each in self._streams.values()), default=None)

    def take_frames(
        self, now_ns: int, *, att_mtu: int, clock: DeviceClock, heard: bool
    ) -> list[Frame]:
        """Frames of all streams that are full by now, in order of time."""
        heard = heard and att_mtu >= MIN_ATT_MTU
        each = (
            stream.take_frames(now_ns, att_mtu=att_mtu, clock=clock, heard=heard)
            for stream in self._streams.values()
        )
        return list(merge(*each, key=lambda frame: frame.at_ns))

    def _offered(self, number: int) -> Measurement | Status:
        """The measurement of this number if the strap offers it, else the refusal."""
        is_offline = bool(number & _OFFLINE_REQUEST)
        if number & ~_OFFLINE_REQUEST not in set(Measurement):
            return Status.INVALID_TYPE
        kind = Measurement(number & ~_OFFLINE_REQUEST)
        is_offered = kind in self._model.offers and not is_offline
        return kind if is_offered else Status.NOT_SUPPORTED
