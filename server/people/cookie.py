"""The cookie that holds a session's id, and nothing else does."""

from http.cookies import CookieError, SimpleCookie
from typing import Final

# __Host-: the browser takes it only with Secure, Path=/ and no Domain (RFC 6265bis 4.1.3.2).
COOKIE_NAME: Final = "__Host-doseline"
_ATTRIBUTES: Final = "; Path=/; Secure; HttpOnly; SameSite=Lax"
_MAX_COOKIE_HEADER: Final = 4096  # bytes; ours is 60


def set_cookie_header(session_id: str) -> str:
    """Value of Set-Cookie that begins a session; it ends with the browser, or at the server."""
    return f"{COOKIE_NAME}={session_id}{_ATTRIBUTES}"


def clear_cookie_header() -> str:
    """Value of Set-Cookie that makes the browser forget it."""
    return f"{COOKIE_NAME}={_ATTRIBUTES}; Max-Age=0"


def read_session_id(cookie_headers: list[str], name: str = COOKIE_NAME) -> str | None:
    """The id in a request's Cookie headers; None where there is none, or more than one."""
    text = "; ".join(cookie_headers)
    if len(text) > _MAX_COOKIE_HEADER or text.count(f"{name}=") != 1:
        return None
    try:
        morsel = SimpleCookie(text).get(name)
    except CookieError:
        return None
    return morsel.value if morsel is not None and morsel.value else None
