"""A participant and the rules about her. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from protocol.identifiers import ParticipantCode
from server.errors import RuleError

# Shapes mean the state of a strap on every screen, so nobody's sign is one (ux, 0).
SHAPES: Final = frozenset(
    {"circle", "cross", "diamond", "dot", "line", "ring", "square", "star", "triangle"}
)
MIN_SIGN, MAX_SIGN = 2, 12  # letters; it stands large on a tile of 224 px


class Arm(StrEnum):
    """What she was allocated to."""

    TRAINING = "training"
    CONTROL = "control"


class Flag(StrEnum):
    """What whoever trains her has to know."""

    HEAT_SENSITIVE = "heat_sensitive"
    HR_UNRELIABLE = "hr_unreliable"  # medicines or rhythm: her heart rate says little about effort


@dataclass(frozen=True, slots=True)
class Participant:
    """As she is now. `sign` is a word that nobody else in the study has."""

    code: ParticipantCode
    sign: str
    arm: Arm
    flags: tuple[Flag, ...] = ()
    usual_strap: str | None = None


def check_sign(sign: str) -> str:
    """The sign with a capital first letter. Raises RuleError."""
    word = sign.strip().capitalize()
    if not (MIN_SIGN <= len(word) <= MAX_SIGN and word.isalpha()):
        raise RuleError(f"a sign is one word of {MIN_SIGN} to {MAX_SIGN} letters, not {sign!r}")
    if word.lower() in SHAPES:
        raise RuleError(f"{word} is a shape, and shapes mean a strap's state; choose a thing")
    return word


def check_flags(words: Iterable[str]) -> tuple[Flag, ...]:
    """The flags, in the order of their list. Raises RuleError."""
    given = {word.strip() for word in words if word.strip()}
    unknown = given - set(Flag)
    if unknown:
        possible = ", ".join(Flag)
        raise RuleError(f"there is no flag {min(unknown)!r}; choose from: {possible}")
    return tuple(flag for flag in Flag if flag in given)


def check_arm(word: str) -> Arm:
    """The arm. Raises RuleError."""
    try:
        return Arm(word.strip())
    except ValueError:
        raise RuleError(f"an arm is {' or '.join(Arm)}, not {word!r}") from None


def require_distinct(participants: Iterable[Participant]) -> None:
    """Nobody has another one's sign or usual strap. Raises RuleError."""
    signs: dict[str, str] = {}
    straps: dict[str, str] = {}
    for one in participants:
        other = signs.setdefault(one.sign.casefold(), one.code)
        if other != one.code:
            raise RuleError(
                f"{other} has the sign {one.sign} already; choose another for {one.code}"
            )
        if one.usual_strap is None:
            continue
        other = straps.setdefault(one.usual_strap, one.code)
        if other != one.code:
            raise RuleError(f"strap {one.usual_strap} is usually worn by {other} already")
