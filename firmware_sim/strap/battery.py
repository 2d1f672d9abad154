"""A coin cell that runs down."""

from dataclasses import dataclass

PCT_PER_HOUR = 0.25  # a CR2025 lasts an H10 about 400 h (vendor's figure)
LOW_PCT = 15  # from here on the advertisement says battery low; our choice, the limit isn't public
_NS_PER_HOUR = 3_600_000_000_000


@dataclass(slots=True)
class Battery:
    """Charge in per cent, falling in a straight line from a known moment."""

    full_pct: float
    known_at_ns: int

    def level_pct(self, now_ns: int) -> int:
        """Battery Level 0x2A19 now: 0 to 100."""
        hours = (now_ns - self.known_at_ns) / _NS_PER_HOUR
        return max(0, min(100, int(self.full_pct - hours * PCT_PER_HOUR)))

    def set_pct(self, percent: float, now_ns: int) -> None:
        """From now on this is the charge (a bad cell, or a new one)."""
        self.full_pct = percent
        self.known_at_ns = now_ns
