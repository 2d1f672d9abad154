"""What a strap model can do, as data: no module here touches a radio."""

from dataclasses import dataclass

ACC_RATES_HZ = (200, 100, 50, 25)  # the choices of `--acc-rate`; all are rates of an H10
BATTERY_LOW_PCT = 20  # an H10 still lasts a session, and the trainer has time to find a cell


@dataclass(frozen=True, slots=True)
class Acceleration:
    """How a model sends acceleration over Polar Measurement Data.

    `samples_per_frame` is the most a frame holds: with the rate it gives the longest spacing.
    """

    samples_per_frame: int
    fixed_rate_hz: int | None = None  # set where the model offers one rate only


@dataclass(frozen=True, slots=True)
class Profile:
    """A model's name, what it sends besides heart rate, whether each one tells its serial."""

    model: str
    acceleration: Acceleration | None = None
    tells_serial: bool = False  # in 0x2A25; without that only an address tells two of it apart

    def frame_spacing_ns(self, rate_hz: int) -> int:
        """Longest time between two acceleration frames at a rate; 0 without acceleration."""
        if self.acceleration is None:
            return 0
        rate_hz = self.acceleration.fixed_rate_hz or rate_hz
        return self.acceleration.samples_per_frame * 1_000_000_000 // rate_hz
