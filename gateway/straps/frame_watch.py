"""What is odd about the acceleration frames of a strap, counted by kind; all are kept. Pure."""

from dataclasses import dataclass

from protocol.ble.pmd import AccelerationFrame, decode_header
from protocol.errors import MalformedPayloadError


@dataclass(slots=True)
class FrameCounts:
    """Since the start of the program."""

    n_unknown: int = 0  # a layout that no document describes
    n_truncated: int = 0  # ends within its header, a sample or a block
    n_duplicate: int = 0  # the strap's timestamp of the frame before
    n_backward: int = 0  # an earlier one


class FrameWatch:
    """Looks at each frame once, in the order in which they came."""

    def __init__(self) -> None:
        self.counts = FrameCounts()
        self._last_ns: int | None = None

    def begin_link(self) -> None:
        """The strap may have set its clock meanwhile."""
        self._last_ns = None

    def note(self, payload: bytes, frame: object | None) -> None:
        """Count one frame; `frame` is what its codec made of it, None if nothing."""
        try:
            stamp_ns = decode_header(payload).timestamp_ns
        except MalformedPayloadError:
            self.counts.n_truncated += 1
            return
        self.counts.n_unknown += frame is None
        self.counts.n_truncated += isinstance(frame, AccelerationFrame) and frame.truncated
        if self._last_ns is not None:
            self.counts.n_duplicate += stamp_ns == self._last_ns
            self.counts.n_backward += stamp_ns < self._last_ns
        self._last_ns = stamp_ns
