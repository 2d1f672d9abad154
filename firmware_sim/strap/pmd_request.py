"""What a start request asks for, or why a strap refuses it."""

from collections.abc import Mapping

from firmware_sim.strap.pmd_bytes import VALUE_BYTES, Setting, Status
from firmware_sim.strap.pmd_offers import Offer

_REFUSALS = {
    Setting.SAMPLE_RATE: Status.INVALID_SAMPLE_RATE,
    Setting.RESOLUTION: Status.INVALID_RESOLUTION,
    Setting.RANGE: Status.INVALID_RANGE,
    Setting.CHANNELS: Status.INVALID_CHANNELS,
}


def check_settings(request: bytes, offer: Offer) -> Mapping[Setting, int] | Status:
    """The chosen value of every setting offered, from `[type][1][value]…`; or the refusal.

    Each offered setting must be given once with one value, in any order, and no other may be given:
    adding channels to an H10's start returns status 5 on hardware.
    """
    chosen: dict[Setting, int] = {}
    rest = request
    while rest:
        setting = _offered_setting(rest[0], offer)
        if setting is None or setting in chosen:
            return Status.INVALID_PARAMETER
        ends = 2 + VALUE_BYTES[setting]
        if len(rest) < ends:
            return Status.INVALID_LENGTH
        if rest[1] != 1:
            return Status.INVALID_PARAMETER
        chosen[setting] = int.from_bytes(rest[2:ends], "little")
        if chosen[setting] not in offer[setting]:
            return _REFUSALS[setting]
        rest = rest[ends:]
    return chosen if chosen.keys() == offer.keys() else Status.INVALID_PARAMETER


def _offered_setting(number: int, offer: Offer) -> Setting | None:
    return next((setting for setting in offer if setting == number), None)
