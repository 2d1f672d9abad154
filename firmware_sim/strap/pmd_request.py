"""What a start request asks for, or why an H10 refuses it."""

from collections.abc import Mapping, Sequence

from firmware_sim.strap.pmd_bytes import Measurement, Setting, Status

Offer = Mapping[Setting, Sequence[int]]

H10_OFFERS: Mapping[Measurement, Offer] = {
    Measurement.ECG: {Setting.SAMPLE_RATE: (130,), Setting.RESOLUTION: (14,)},
    Measurement.ACC: {
        Setting.SAMPLE_RATE: (25, 50, 100, 200),  # Hz
        Setting.RESOLUTION: (16,),  # bit
        Setting.RANGE: (2, 4, 8),  # g
    },
}
_REFUSALS = {
    Setting.SAMPLE_RATE: Status.INVALID_SAMPLE_RATE,
    Setting.RESOLUTION: Status.INVALID_RESOLUTION,
    Setting.RANGE: Status.INVALID_RANGE,
}
_VALUE_BYTES = 2


def check_settings(request: bytes, offer: Offer) -> Mapping[Setting, int] | Status:
    """The chosen value of every setting offered, from `[type][1][value u16]…`; or the refusal.

    Each offered setting must be given once with one value, in any order, and no other may be given:
    adding channels to an H10's start returns status 5 on hardware.
    """
    chosen: dict[Setting, int] = {}
    rest = request
    while rest:
        setting = _offered_setting(rest[0], offer)
        if setting is None or setting in chosen:
            return Status.INVALID_PARAMETER
        if len(rest) < 2 + _VALUE_BYTES:
            return Status.INVALID_LENGTH
        if rest[1] != 1:
            return Status.INVALID_PARAMETER
        chosen[setting] = int.from_bytes(rest[2:4], "little")
        if chosen[setting] not in offer[setting]:
            return _REFUSALS[setting]
        rest = rest[4:]
    return chosen if chosen.keys() == offer.keys() else Status.INVALID_PARAMETER


def _offered_setting(number: int, offer: Offer) -> Setting | None:
    return next((setting for setting in offer if setting == number), None)
