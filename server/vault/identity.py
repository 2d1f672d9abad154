"""What is known of a person, as the file that it comes in. Pure."""

import tomllib
from dataclasses import dataclass, field, fields
from typing import Any, Final

from server.errors import RuleError

MAX_FIRST_NAME: Final = 40  # characters; it stands on a tile
MAX_TEXT: Final = 500
_FIRST_NAME: Final = "first_name"


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """What whoever helps her must know; None: nothing was said."""

    contact: str | None = field(default=None, repr=False)
    allergies: str | None = field(default=None, repr=False)
    drugs: str | None = field(default=None, repr=False)
    notes: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """A first name and an emergency card. No repr shows them, so no log does."""

    first_name: str | None = field(default=None, repr=False)
    card: EmergencyCard = field(default=EmergencyCard(), repr=False)


CARD_FIELDS: Final = tuple(one.name for one in fields(EmergencyCard))


def parse_identity(text: str) -> Identity:
    """From TOML: first_name, contact, allergies, drugs, notes.

    Raises RuleError, which names a line or a key and never a value.
    """
    try:
        given: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Its message quotes characters of the text; place enough is in its last words.
        where = str(error).rpartition("(")[2].rstrip(")")
        raise RuleError(f"the file is not TOML ({where})") from None
    known = {_FIRST_NAME: MAX_FIRST_NAME, **dict.fromkeys(CARD_FIELDS, MAX_TEXT)}
    if given.keys() - known.keys() or not given:
        raise RuleError(f"the file holds {', '.join(known)}, some of them and nothing else")
    for name, value in given.items():
        if not isinstance(value, str) or not 0 < len(value.strip()) <= known[name]:
            raise RuleError(f"{name}: a text of 1 to {known[name]} characters")
        if not value.replace("\n", "").isprintable():
            raise RuleError(f"{name}: printable characters only")
    texts = {name: value.strip() for name, value in given.items()}
    return Identity(texts.pop(_FIRST_NAME, None), EmergencyCard(**texts))
