"""How long a participant's own session lasts. Pure; instants are ns of SteadyTime."""

from typing import Final

from server.participant_access.code_rules import NS_PER_S

_DAY_S: Final = 24 * 3600
# Eight weeks of training and the measurements around them. Threat 8: a phone that is lost shows a
# pseudonym, what is behind her PIN stays closed, and staff end its session.
LASTS_S: Final = 70 * _DAY_S
IDLE_S: Final = 21 * _DAY_S
HANDED_OVER_S: Final = 30 * 60  # on a tablet that goes back to the trainer
UNLOCKED_S: Final = 10 * 60  # how long her PIN opens her own data
NOTE_USE_EVERY_S: Final = 3600


def is_over(*, handed_over: bool, begun_ns: int, seen_ns: int, now_ns: int) -> bool:
    """Whether a session has come to its end by itself."""
    lasts_s = HANDED_OVER_S if handed_over else LASTS_S
    return now_ns - begun_ns >= lasts_s * NS_PER_S or now_ns - seen_ns >= IDLE_S * NS_PER_S


def is_unlocked(unlocked_ns: int | None, now_ns: int) -> bool:
    """Whether her PIN was given in this session a short while ago."""
    return unlocked_ns is not None and 0 <= now_ns - unlocked_ns < UNLOCKED_S * NS_PER_S


def is_use_to_be_noted(*, seen_ns: int, now_ns: int) -> bool:
    """Whether the instant of last use is old enough to be written again."""
    return now_ns - seen_ns >= NOTE_USE_EVERY_S * NS_PER_S
