"""msgspec's findings in plain words, for whoever has to correct an entry."""

import re
from collections.abc import Mapping
from typing import Final

from protocol.ledger import words
from protocol.ledger.instants import UTC_FORM
from protocol.ledger.paper import SHEET_FORM
from protocol.ledger.patterns import UUID7_FORM, whole

_FORMS: Final[Mapping[str, str]] = {
    whole(UTC_FORM): "a UTC time such as 2026-11-30T17:00:00.000Z",
    whole(UUID7_FORM): "a UUIDv7 in lower case",
    whole(words.PARTICIPANT_FORM): "a participant's code such as P07",
    whole(words.EXERCISE_FORM): "an exercise's id such as sit_to_stand",
    whole(words.USER_FORM): "a user's name such as sara",
    whole(words.DEVICE_FORM): "a tablet's id: 16 hexadecimal digits in lower case",
    whole(words.STRAP_FORM): "a strap's serial in capitals",
    whole(words.CHIP_FORM): "a word in lower case such as her_choice",
    whole(words.TEXT_FORM): "a text without control characters",
    whole(SHEET_FORM): "a sheet's code: 12 hexadecimal digits in lower case",
    whole(words.SHA256_FORM): "a SHA-256: 64 hexadecimal digits in lower case",
}
_TYPES: Final[Mapping[str, str]] = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "yes or no (true or false)",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
_PLACE: Final = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_REGEX: Final = re.compile(r"Expected `str` matching regex '(?P<pattern>.*)'", re.DOTALL)
_TYPE: Final = re.compile(r"`([a-z| ]+)`")


def explain(finding: str) -> str:
    """`Expected `int` <= 20 - at `$.rating`` as "rating: must be a whole number <= 20"."""
    place = _PLACE.search(finding)
    what = finding[: place.start()] if place else finding
    path = place["path"] if place else ""
    shape = _REGEX.search(what)
    if shape is not None:
        pattern = shape["pattern"].replace("\\\\", "\\")
        sentence = f"must be {_FORMS.get(pattern, 'of another form')}"
    else:
        sentence = _TYPE.sub(_name_types, what).replace("Expected", "must be", 1)
    return f"{path}: {sentence}" if path else sentence


def _name_types(found: re.Match[str]) -> str:
    names = [name.strip() for name in found[1].split("|")]
    if any(name not in _TYPES for name in names):
        return found[0]
    if "float" in names:  # to people, one kind of number
        names = [name for name in names if name != "int"]
    return " or ".join(_TYPES[name] for name in names)
