"""Makes participants' codes and lists what they opened, for who gives out cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

import segno
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import ParticipantCode, parse_participant_code
from server.db.database import Database
from server.errors import InvalidRequestError, NotFoundError
from server.participant_access.access import OpenSession, ParticipantAccess
from server.participant_access.pins import ParticipantPins
from server.people.current import CurrentPerson
from server.study.participants import read_participants
from server.web.catalogue.spoken import Wording, current_language, t
from server.web.loopback_names import is_loopback_host
from server.web.pages import make_page
from server.web.paths import CARDS_PATH
from server.web.shown_moment import show_wall_ns

_DONE = Wording(
    lambda: {
        "withdrawn": t("Codes of hers that nobody used open nothing any more."),
        "ended": t("That phone or tablet shows nothing of hers any more."),
        "pin": t("She may choose a new PIN now."),
    }
)


@dataclass(frozen=True, slots=True)
class Card:
    """One woman's code, shown once. `address` opens it on this very tablet."""

    code: str
    sign: str
    address: str
    drawn: Markup
    is_here: bool
    warning: str


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One phone or tablet that is signed in, in words."""

    number: int
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class CardsPageContext:
    """The page: a form, one card at most, and what is signed in."""

    template: ClassVar[str] = "cards.html"

    language: str
    done: str
    people: list[tuple[str, str]]
    card: Card | None
    rows: list[OpenRow]
    chosen: str


class CardsDesk:
    """Thread-safe."""

    def __init__(
        self, database: Database, access: ParticipantAccess, pins: ParticipantPins
    ) -> None:
        self._database = database
        self._access = access
        self._pins = pins

    def show(self, done: str = "", card: Card | None = None, chosen: str = "") -> HTMLResponse:
        """The page, with what has just been done or made; `chosen` is whose code comes first."""
        signs = self._read_signs()
        rows = [_tell(one, signs) for one in self._access.list_open()]
        people = [(code, f"{sign} {code}") for code, sign in signs.items()]
        told = _DONE.get(done, "")
        return make_page(CardsPageContext(current_language(), told, people, card, rows, chosen))

    def take(self, person: CurrentPerson, fields: Mapping[str, str], base_url: str) -> Response:
        """One of its forms. Raises InvalidRequestError or NotFoundError."""
        act = fields.get("act", "")
        if act == "end":
            self._access.end(_read_number(fields.get("number", "")), person.active)
            return RedirectResponse(f"{CARDS_PATH}?done=ended", 303)
        code = _read_code(fields.get("code", ""))
        if act in ("make", "here"):
            card = self._make(code, person, base_url, is_here=act == "here")
            return self.show(card=card, chosen=code)
        if act == "withdraw":
            self._access.withdraw(code, person.active)
            return RedirectResponse(f"{CARDS_PATH}?done=withdrawn", 303)
        if act == "pin":
            self._pins.reset(code, person.active)
            return RedirectResponse(f"{CARDS_PATH}?done=pin", 303)
        raise InvalidRequestError("act is make, here, withdraw, pin or end")

    def _make(
        self, code: ParticipantCode, person: CurrentPerson, base_url: str, *, is_here: bool
    ) -> Card:
        signs = self._read_signs()
        made = self._access.make_code(code, person.active, handed_over=is_here)
        address = f"{base_url.rstrip('/')}/me/#{made}"
        reaches = not is_loopback_host(urlsplit(base_url).netloc)
        warning = "" if reaches or is_here else t(
            "This address works on this machine only: a phone can't reach it."
        )  # fmt: skip
        return Card(code, signs[code], address, draw_code(address), is_here, warning)

    def _read_signs(self) -> dict[str, str]:
        with self._database.reading() as connection:
            return {str(one.code): one.sign for one in read_participants(connection)}


def draw_code(address: str) -> Markup:
    """The QR code of an address as SVG. Level M: it is read from a screen or fresh paper."""
    svg = segno.make_qr(address, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return Markup(svg)  # noqa: S704 - segno's own numbers, no one's input


def _tell(one: OpenSession, signs: Mapping[str, str]) -> OpenRow:
    since, seen = show_wall_ns(one.begun_ns), show_wall_ns(one.seen_ns)
    what = (
        t("this or another tablet, handed over {since} by {name}", since=since, name=one.made_by)
        if one.is_handed_over
        else t("a phone, since {since}, last used {seen}, code by {name}",
               since=since, seen=seen, name=one.made_by)
    )  # fmt: skip
    return OpenRow(one.number, f"{signs.get(one.participant, '')} {one.participant}", what)


def _read_code(text: str) -> ParticipantCode:
    try:
        return parse_participant_code(text)
    except InvalidIdentifierError as error:
        raise NotFoundError(str(error)) from None


def _read_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (an Integer)
        raise InvalidRequestError("number: digits")
    return int(text)
