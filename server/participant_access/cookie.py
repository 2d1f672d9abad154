"""The cookie of a participant's own session; staff's has another name, and neither opens both."""

from typing import Final

from server.participant_access.session_rules import LASTS_S
from server.people.cookie import read_session_id

# Strict: no other site can make her browser send it, not even by a link.
COOKIE_NAME: Final = "__Host-doseline-own"
_ATTRIBUTES: Final = "; Path=/; Secure; HttpOnly; SameSite=Strict"


def set_cookie_header(session_id: str, *, handed_over: bool) -> str:
    """Value of Set-Cookie; on a tablet handed over it ends with the browser at the latest."""
    lasts = "" if handed_over else f"; Max-Age={LASTS_S}"
    return f"{COOKIE_NAME}={session_id}{_ATTRIBUTES}{lasts}"


def clear_cookie_header() -> str:
    """Value of Set-Cookie that makes the browser forget it."""
    return f"{COOKIE_NAME}={_ATTRIBUTES}; Max-Age=0"


def read_own_session_id(cookie_headers: list[str]) -> str | None:
    """The id in a request's Cookie headers; None where there is none, or more than one."""
    return read_session_id(cookie_headers, COOKIE_NAME)
