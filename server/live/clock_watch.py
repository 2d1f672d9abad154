"""Whether the times of a strap's movement can be believed, told while there is time to mend it."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from protocol.moments import ReceivedAt
from server.decoding.clocks.fit import ClockWarning
from server.decoding.clocks.frames import LAST_STAMP_NS, NS_PER_S, FrameTimes
from server.decoding.clocks.stream_times import check_clock
from server.live.events import StrapKey

WINDOW_FRAMES: Final = 700  # two minutes at 200 Hz
CHECK_EVERY_NS: Final = 15 * NS_PER_S
# The least that says anything: one that is too short says only that.
_TELLING: Final = (ClockWarning.RATE_MISMATCH, ClockWarning.BAD_FIT, ClockWarning.CLOCK_STEP)


@dataclass(slots=True)
class _Heard:
    """Frames of one strap in one boot of its gateway, as they came."""

    boot_id: str
    checked_ns: int
    frames: deque[tuple[int, int, int]] = field(
        default_factory=lambda: deque(maxlen=WINDOW_FRAMES)
    )  # stamp, arrival, samples


@dataclass(slots=True)
class ClockWatch:
    """Hands out a verdict a strap every so often. No clock of its own: arrivals are its time."""

    _heard: dict[StrapKey, _Heard] = field(default_factory=dict)

    def add(self, key: StrapKey, received: ReceivedAt, stamp_ns: int, n_samples: int) -> bool:
        """Take a frame in; True when `judge` is due."""
        heard = self._heard.get(key)
        if heard is None or heard.boot_id != received.boot_id:
            heard = self._heard[key] = _Heard(received.boot_id, received.monotonic_ns)
        before_ns = heard.frames[-1][1] if heard.frames else received.monotonic_ns
        if received.monotonic_ns >= before_ns and 0 <= stamp_ns < LAST_STAMP_NS:
            heard.frames.append((stamp_ns, received.monotonic_ns, n_samples))
        return received.monotonic_ns - heard.checked_ns >= CHECK_EVERY_NS

    def judge(self, key: StrapKey) -> ClockWarning | None:
        """The worst that the last two minutes say; None: its times are good."""
        heard = self._heard[key]
        heard.checked_ns = heard.frames[-1][1] if heard.frames else heard.checked_ns
        columns = np.array(heard.frames, dtype=np.int64).reshape(-1, 3)
        fit = check_clock(FrameTimes(*columns.T.copy()))
        warnings = () if fit is None else fit.warnings
        return next((one for one in _TELLING if one in warnings), None)
