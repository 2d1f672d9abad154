"""How long a sign-in lasts. Pure."""

from typing import Final

NS_PER_S: Final = 1_000_000_000
IDLE_S: Final = 30 * 60  # promise F2, at a console; an open live page counts as use
ABSOLUTE_S: Final = 12 * 3600  # promise F2; a tablet has this limit alone, an evening is long
NOTE_USE_EVERY_S: Final = 60  # the instant of last use is written no more often


def is_over(*, on_tablet: bool, signed_in_ns: int, seen_ns: int, now_ns: int) -> bool:
    """Whether a session has come to its end by itself. All instants are ns of SteadyTime."""
    if now_ns - signed_in_ns >= ABSOLUTE_S * NS_PER_S:
        return True
    return not on_tablet and now_ns - seen_ns >= IDLE_S * NS_PER_S


def is_use_to_be_noted(*, seen_ns: int, now_ns: int) -> bool:
    """Whether the instant of last use is old enough to be written again."""
    return now_ns - seen_ns >= NOTE_USE_EVERY_S * NS_PER_S


def valid_until_ns(signed_in_ns: int) -> int:
    """When it ends at the latest."""
    return signed_in_ns + ABSOLUTE_S * NS_PER_S
