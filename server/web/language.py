"""Which languages there are, and which one somebody gets: her own choice, else her browser's. Pure.

There is a language where its sentences are: `server/web/catalogue/LANGUAGE.po`.
"""

from collections.abc import Iterator, Mapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Final

from server.web.catalogue.catalogue import SOURCE_LANGUAGE

LANGUAGES: Final[Mapping[str, str]] = {
    SOURCE_LANGUAGE: "English",
    "fa": "فارسی",
}  # in its own words
COOKIE: Final = "doseline-language"
_RIGHT_TO_LEFT: Final = frozenset({"fa"})
_YEAR_S: Final = 365 * 24 * 3600
_MAX_HEADER: Final = 4096


def find_direction(language: str) -> str:
    """As HTML's `dir` has it."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def choose_language(cookies: Sequence[str], accepted: Sequence[str]) -> str:
    """From a request's Cookie and Accept-Language headers; English where neither names ours."""
    chosen = read_choice(cookies)
    if chosen is not None:
        return chosen
    wanted = _read_accepted(",".join(accepted)[:_MAX_HEADER])
    return next((one for one in wanted if one in LANGUAGES), SOURCE_LANGUAGE)


def read_choice(cookies: Sequence[str]) -> str | None:
    """What she chose on this device; None: she never did."""
    text = "; ".join(cookies)
    if COOKIE not in text or len(text) > _MAX_HEADER:
        return None
    try:
        morsel = SimpleCookie(text).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel is not None and morsel.value in LANGUAGES else None


def set_choice_header(language: str) -> str:
    """Value of Set-Cookie that keeps a choice for a year.

    Scripts may read it: the tablet's page is the same for everybody and asks it without a server.
    """
    return f"{COOKIE}={language}; Path=/; Secure; SameSite=Lax; Max-Age={_YEAR_S}"


def _read_accepted(header: str) -> Iterator[str]:
    """Languages of an Accept-Language header (RFC 9110, 12.5.4), best first, without regions."""
    weighed = []
    for place, one in enumerate(header.split(",")):
        name, _, parameter = one.partition(";")
        weight = _read_weight(parameter)
        if weight > 0:
            weighed.append((-weight, place, name.strip().lower().partition("-")[0]))
    return (name for _, _, name in sorted(weighed))


def _read_weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
