"""The heart rate that a strap shows: an average over beats, rounded."""

# Weight of each new beat. On a minute of a real H10 (recordings/h10_at_rest.json) this reproduces
# the strap's own figures with a mean error below 1 bpm; a plain mean does best over 11 beats.
NEW_BEAT_WEIGHT = 0.1
_TICKS_PER_MINUTE = 60 * 1024
MAX_SHOWN_BPM = 255  # what one byte holds


class HeartAverage:
    """Exponential mean of RR intervals. Zero until the first beat."""

    def __init__(self) -> None:
        self._mean_ticks = 0.0

    def add(self, rr_ticks: int) -> None:
        """Take one more RR (1/1024 s)."""
        if self._mean_ticks == 0.0:
            self._mean_ticks = float(rr_ticks)
        self._mean_ticks += NEW_BEAT_WEIGHT * (rr_ticks - self._mean_ticks)

    @property
    def bpm(self) -> int:
        """What is shown now, 0 while nothing was felt."""
        if self._mean_ticks <= 0.0:
            return 0
        return min(MAX_SHOWN_BPM, round(_TICKS_PER_MINUTE / self._mean_ticks))
