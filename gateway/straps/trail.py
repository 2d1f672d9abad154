"""Writes down what a strap's link went through, as `gateway/link` records."""

from msgspec import structs

from gateway.clock import Clock
from gateway.straps.phases import Phase
from gateway.straps.recorder import NOT_AGREED, OFF_ROSTER, Recorder
from gateway.straps.redaction import hide_devices
from protocol.identifiers import StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, LinkEvent

REMIND_NS = 60_000_000_000  # a row with the signal strength now and then, also without a change


class LinkTrail:
    """One strap's rows: one for each change, and one a minute while the strap is heard."""

    def __init__(self, strap: StrapId, recorder: Recorder, clock: Clock) -> None:
        self._strap = strap
        self._recorder = recorder
        self._clock = clock
        self._last: tuple[str, str | None] | None = None
        self._last_ns = 0
        self._ended = False

    def end(self) -> None:
        """The strap is off the roster: one row says so, and nothing about it is written after."""
        self.write(LinkEvent(Phase.CLOSED, detail=OFF_ROSTER))
        self._ended = True

    def withdraw(self, phase: str, stream: str) -> None:
        """The wearer takes back one stream; others go on."""
        self.write(LinkEvent(phase, detail=NOT_AGREED + stream))

    def note(
        self, phase: str, detail: str | None, rssi_dbm: int | None, address_hash: str | None
    ) -> None:
        """Write a row if anything changed, or if it's time again and there is a strength."""
        now_ns = self._clock.now().monotonic_ns
        due = rssi_dbm is not None and now_ns - self._last_ns >= REMIND_NS
        if (phase, detail) == self._last and not due:
            return
        self._last, self._last_ns = (phase, detail), now_ns
        self.write(LinkEvent(phase, rssi_dbm, address_hash, detail))

    def write(self, event: LinkEvent) -> None:
        """Write a row whatever was before."""
        if self._ended:
            return
        if event.detail is not None:  # it goes up, and is archived for ever
            event = structs.replace(event, detail=hide_devices(event.detail))
        payload = encode_link_event(event)
        self._recorder.record(self._strap, LINK_CHARACTERISTIC, self._clock.now(), payload)
