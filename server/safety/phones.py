"""Whom to call when something serious happened, as people type it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.errors import RuleError

MAX_PHONES: Final = 6  # in digits of 40 px they still fit one screen
MAX_NAME: Final = 40
# What a phone's keys have, and what people write between; 112 is the shortest there is.
_NUMBER: Final = re.compile(r"\+?[0-9*#][0-9*# ()/.-]{1,23}")


@dataclass(frozen=True, slots=True)
class Phone:
    """One number and whose it is."""

    name: str
    number: str


def parse_phones(words: Sequence[str]) -> list[Phone]:
    """From `Ambulance=115`, in the order in which they are to be called. Raises RuleError."""
    if len(words) > MAX_PHONES:
        raise RuleError(f"{len(words)} numbers are too many to choose from; {MAX_PHONES} at most")
    phones = [_parse_phone(word) for word in words]
    names = [one.name.casefold() for one in phones]
    twice = next((one.name for one in phones if names.count(one.name.casefold()) > 1), None)
    if twice is not None:
        raise RuleError(f"{twice} is there twice; give each number a name of its own")
    return phones


def _parse_phone(word: str) -> Phone:
    name, equals, number = (part.strip() for part in word.partition("="))
    if not (equals and 0 < len(name) <= MAX_NAME and name.isprintable()):
        raise RuleError(f"{word[:80]!r} is not NAME=NUMBER, such as Ambulance=115")
    if not _NUMBER.fullmatch(number):
        raise RuleError(f"{number[:40]!r} is not a number that a phone can call")
    return Phone(name, number)
