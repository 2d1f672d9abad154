"""What a strap says about the heart when it can't feel it properly."""

import random
from dataclasses import replace

from firmware_sim.strap.wearer import HeartReport

# Without contact a strap keeps its last rate a little, then says 0. The time is our choice; that
# both happen is from field reports.
FROZEN_FOR_NS = 5_000_000_000
_FALSE_RR_TICKS = (330, 1500)  # 41 to 186 bpm: noise that a detector may take for beats


class ShownHeart:
    """Turns what is under the electrodes into what is reported."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._last_bpm = 0
        self._felt_at_ns: int | None = None

    def show(self, report: HeartReport, *, feels_skin: bool, pod_is_off: bool) -> HeartReport:
        """The report to send: true; frozen and then 0 without contact; false with the pod off.

        An unclipped H10 pod reports rates that nobody has (polar-ble-sdk issue 447).
        """
        if pod_is_off:
            return self._show_noise(report.at_ns)
        if feels_skin and report.contact:
            self._last_bpm, self._felt_at_ns = report.bpm, report.at_ns
            return report
        is_frozen = self._felt_at_ns is not None
        is_frozen = is_frozen and report.at_ns - (self._felt_at_ns or 0) <= FROZEN_FOR_NS
        bpm = self._last_bpm if is_frozen else 0
        return replace(report, bpm=bpm, rr_ticks=(), contact=False)

    def _show_noise(self, at_ns: int) -> HeartReport:
        rr_ticks = self._rng.randint(*_FALSE_RR_TICKS)
        return HeartReport(at_ns, round(60 * 1024 / rr_ticks), (rr_ticks,), contact=False)
