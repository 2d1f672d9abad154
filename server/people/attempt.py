"""What somebody who signs in has typed. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any, Final, Self

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import parse_user_name
from server.errors import InvalidRequestError
from server.people.credentials import MAX_PASSWORD

MAX_NAME: Final = 64  # characters; longer than any user name, shorter than a nuisance
_DEVICE: Final = re.compile(r"[0-9a-f]{16}")


def is_device(given: object) -> bool:
    """Whether this is a tablet's own id: 16 hex digits."""
    return isinstance(given, str) and _DEVICE.fullmatch(given) is not None


@dataclass(frozen=True, slots=True)
class Attempt:
    """Name and one secret; `device` is a tablet's own id, None at a console."""

    name: str
    secret: str = field(repr=False)
    is_pin: bool
    device: str | None

    @property
    def account(self) -> str:
        """The name that it may belong to, however it was typed."""
        try:
            return parse_user_name(self.name)
        except InvalidIdentifierError:
            return ""  # nobody's: no account has an empty name

    @classmethod
    def read(cls, content: Any) -> Self:
        """From a decoded JSON body or form. Raises InvalidRequestError, without what was typed."""
        if not isinstance(content, dict) or content.keys() - {"name", "password", "pin", "device"}:
            raise InvalidRequestError("an object with name, password or pin, and device is needed")
        name, device = content.get("name"), content.get("device")
        given = [word for word in ("password", "pin") if content.get(word) is not None]
        if not isinstance(name, str) or not 0 < len(name) <= MAX_NAME:
            raise InvalidRequestError(f"name: 1 to {MAX_NAME} characters")
        if len(given) != 1:
            raise InvalidRequestError("either password or pin, not both and not neither")
        if device is not None and not is_device(device):
            raise InvalidRequestError("device: 16 digits of 0-9 and a-f, or null")
        secret = content[given[0]]
        if not isinstance(secret, str) or not 0 < len(secret) <= MAX_PASSWORD:
            raise InvalidRequestError(f"{given[0]}: 1 to {MAX_PASSWORD} characters")
        return cls(name, secret, given[0] == "pin", device)
