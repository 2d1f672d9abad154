"""Polar's straps: which send acceleration, and which of the settings they offer is chosen."""

from collections.abc import Mapping

from gateway.straps.models.profile import Acceleration, Profile
from protocol.ble.pmd import Setting

# 36 samples of 6 bytes fill a value at the H10's ATT_MTU of 232 (measured on hardware).
H10 = Profile("h10", Acceleration(samples_per_frame=36), tells_serial=True)
# Compressed frames of about 71 samples (polar-ble-sdk issue 317); 52 Hz without SDK mode.
VERITY = Profile("verity", Acceleration(samples_per_frame=72, fixed_rate_hz=52), tells_serial=True)
H9 = Profile("h9", tells_serial=True)  # has no measurement service

RESOLUTION_BIT = 16  # 1 mg steps; the only one that an H10 offers
RANGE_G = 8  # a jump or a fall with a chest strap passes 4 g; at 16 bit the steps stay the same


def choose_settings(offered: Mapping[Setting, tuple[int, ...]], rate_hz: int) -> dict[Setting, int]:
    """One value for each type that the strap declared, and no type that it didn't.

    Wanted: `rate_hz`, 16 bit, 8 g. Where that isn't offered: the next lower value, or else the
    lowest.
    """
    wanted = {
        Setting.SAMPLE_RATE: rate_hz,
        Setting.RESOLUTION: RESOLUTION_BIT,
        Setting.RANGE: RANGE_G,
    }
    return {
        setting: _nearest(values, wanted.get(setting, max(values)))
        for setting, values in offered.items()
        if values and setting is not Setting.FACTOR
    }


def _nearest(offered: tuple[int, ...], wanted: int) -> int:
    return max((value for value in offered if value <= wanted), default=min(offered))
