"""Names of things, as opaque typed strings that are validated once, where they enter."""

import re
from typing import Final, NewType

from protocol.errors import InvalidIdentifierError
from protocol.quoting import quote

GatewayId = NewType("GatewayId", str)
StrapId = NewType("StrapId", str)  # the serial printed on the sensor, upper case; never an address
Epoch = NewType("Epoch", str)  # one life of a gateway's journal; a UUID as text
BootId = NewType("BootId", str)  # one life of a machine's monotonic clock
UserName = NewType("UserName", str)  # whoever signs in: staff, never a participant
ParticipantCode = NewType("ParticipantCode", str)  # all that study data know of a participant

_SERIAL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{1,31}")
_GATEWAY = re.compile(r"[0-9a-z][0-9a-z._-]{0,62}")
_USER = re.compile(r"[a-z][a-z0-9._-]{0,31}")
_PARTICIPANT = re.compile(r"P(?:0[1-9]|[1-9][0-9]{1,2})")
_SIMULATED = re.compile(r"51ADA[0-9A-F]{3}")


def parse_strap_id(text: str) -> StrapId:
    """Serial as printed on the strap, in capitals. Raises InvalidIdentifierError."""
    serial = text.strip()
    if not _SERIAL.fullmatch(serial):
        raise InvalidIdentifierError(
            f"{quote(text)} is not a strap serial: 2 to 32 letters, digits, dots, dashes or"
            " underscores"
        )
    return StrapId(serial.upper())


def parse_gateway_id(text: str) -> GatewayId:
    """Name of a gateway, in lower case. Raises InvalidIdentifierError."""
    name = text.strip().lower()
    if not _GATEWAY.fullmatch(name):
        raise InvalidIdentifierError(
            f"{quote(text)} is not a gateway name: up to 63 letters, digits, dots, dashes or"
            " underscores"
        )
    return GatewayId(name)


SYSTEM_USER: Final = UserName("system")  # writes what no person did, so nobody may have this name


PARTICIPANT_AUTHOR: Final = "participant."  # what staff's names may not begin with


def name_author(code: str) -> UserName:
    """Who wrote what a participant entered herself: `participant.p07`."""
    return UserName(PARTICIPANT_AUTHOR + code.lower())


def parse_user_name(text: str) -> UserName:
    """Name that somebody signs in with, in lower case. Raises InvalidIdentifierError."""
    name = text.strip().lower()
    if not _USER.fullmatch(name):
        raise InvalidIdentifierError(
            f"{text!r} is not a user name: a letter, then up to 31 letters, digits, dots, dashes or"
            " underscores"
        )
    return UserName(name)


def parse_participant_code(text: str) -> ParticipantCode:
    """Code of a participant, in capitals. Raises InvalidIdentifierError."""
    code = text.strip().upper()
    if not _PARTICIPANT.fullmatch(code):
        raise InvalidIdentifierError(f"{text!r} is not a participant's code: P01 to P999")
    return ParticipantCode(code)


def is_simulated_strap(serial: str) -> bool:
    """Whether a serial is one of the simulator's ("SIM DATA"); no real strap may carry one."""
    return _SIMULATED.fullmatch(serial) is not None
