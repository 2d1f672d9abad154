"""What an event is about, as text: a participant, one of her sets, a moment of the session, …"""

import re
from dataclasses import dataclass
from typing import Final

from protocol.ledger.patterns import UUID7_FORM
from protocol.ledger.words import EXERCISE_FORM, MAX_ROUND, PARTICIPANT_FORM, USER_FORM


@dataclass(frozen=True, slots=True)
class About:
    """The parts of an `about`; `number` is a set's or a round's, from 1."""

    participant: str | None = None
    exercise: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class AboutForm:
    """One form of `about`: its pattern with named groups, and what it is in words."""

    pattern: re.Pattern[str]
    words: str

    def parse(self, text: str) -> About | None:
        """The parts, or None when the text has another form."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        parts = found.groupdict()
        number = parts.get("number")
        if number is not None and not 1 <= int(number) <= MAX_ROUND:
            return None
        return About(
            parts.get("participant"), parts.get("exercise"), None if number is None else int(number)
        )


_PARTICIPANT = f"(?P<participant>{PARTICIPANT_FORM})"
_EXERCISE = f"(?P<exercise>{EXERCISE_FORM})"
_NUMBER = "(?P<number>[1-9][0-9]?)"


def _form(pattern: str, words: str) -> AboutForm:
    return AboutForm(re.compile(pattern), words)


SESSION: Final = _form("session", "the word session")
CLOCK: Final = _form("clock", "the word clock")
MOMENT: Final = _form("start|middle|end", "start, middle or end")
USER: Final = _form(USER_FORM, "a user's name, such as sara")
PARTICIPANT: Final = _form(_PARTICIPANT, "a participant's code, such as P07")
PARTICIPANT_OR_SESSION: Final = _form(
    f"{_PARTICIPANT}|session", "a participant's code, such as P07, or the word session"
)
SET: Final = _form(
    f"{_PARTICIPANT}/{_EXERCISE}/{_NUMBER}", "code/exercise/set, such as P07/sit_to_stand/2"
)
ROUND: Final = _form(f"{_PARTICIPANT}/{_NUMBER}", "code/round, such as P07/2")
EXERCISE: Final = _form(f"{_PARTICIPANT}/{_EXERCISE}", "code/exercise, such as P07/sit_to_stand")
UUID7: Final = _form(UUID7_FORM, "a UUIDv7 in lower case")
