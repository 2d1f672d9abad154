"""Makes tablets' codes, revokes tablets, and puts what revoked ones had where it belongs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.db.database import Database
from server.errors import (
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    ServerError,
    SignInBusyError,
    SignInRefusedError,
    TooManyAttemptsError,
)
from server.people.current import CurrentPerson
from server.people.roles import Role
from server.people.sign_in import SignIn
from server.tablets.code_rules import MAX_NAME, read_name
from server.tablets.last_entries import LastEntries, What
from server.tablets.registry import TabletRegistry
from server.web.brake_words import describe_brake, mark_refused
from server.web.cards_desk import draw_code
from server.web.catalogue.spoken import Wording, current_language, t
from server.web.loopback_names import is_loopback_host
from server.web.pages import make_page
from server.web.paths import TABLETS_PATH
from server.web.tablets_view import Invited, TabletsPageContext, view_tablet

MAX_REASON: Final = 200
_DECISIONS: Final = ("all", "before", "none")
_NOT_VALID: Final = 422
_DONE = Wording(
    lambda: {
        "withdrawn": t("The code opens nothing any more."),
        "revoked": t("Revoked. Whoever was signed in there is signed out, and it sees nothing."),
        "required": t("From now on staff sign in on enrolled tablets only."),
        "free": t("From now on any tablet may be used."),
        "decided": t("Decided, and written down with your name."),
    }
)


class TabletsDesk:
    """Thread-safe."""

    def __init__(
        self,
        database: Database,
        registry: TabletRegistry,
        last_entries: LastEntries,
        sign_in: SignIn,
    ) -> None:
        self._database = database
        self._registry = registry
        self._last_entries = last_entries
        self._sign_in = sign_in

    def show(
        self, person: CurrentPerson, *, done: str = "", trouble: str = "", name: str = ""
    ) -> HTMLResponse:
        """The page as things stand now, with what was done or is wrong."""
        context = self._read(person)
        told = replace(context, done=_DONE.get(done, ""), trouble=trouble, name=name)
        return make_page(told, _NOT_VALID if trouble else 200)

    def take(
        self, person: CurrentPerson, fields: Mapping[str, str], source: str, base_url: str
    ) -> Response:
        """One of the forms of a tablet. Raises InvalidRequestError or NotFoundError."""
        act = fields.get("act", "")
        if act == "make":
            return self._make(person, fields, source, base_url)
        if act == "withdraw":
            self._registry.withdraw(fields.get("name", ""), person.active)
            return _lead_back("withdrawn")
        if act == "revoke":
            return self._revoke(person, fields)
        raise InvalidRequestError("act is make, withdraw or revoke")

    def rule(self, person: CurrentPerson, fields: Mapping[str, str], source: str) -> Response:
        """Whether tablets must be enrolled; needs her password. Raises InvalidRequestError."""
        wanted = fields.get("required", "")
        if wanted not in ("yes", "no"):
            raise InvalidRequestError("required is yes or no")
        refused = self._confirm(person, fields, source)
        if refused is not None:
            return refused
        self._registry.require(person.active, is_required=wanted == "yes")
        return _lead_back("required" if wanted == "yes" else "free")

    def decide(self, person: CurrentPerson, number: str, fields: Mapping[str, str]) -> Response:
        """What becomes of a revoked tablet's entries. Raises as `take` does."""
        what, reason = fields.get("what", ""), _read_reason(fields)
        if what not in _DECISIONS:
            raise InvalidRequestError("what is all, before or none")
        if reason is None:
            return self.show(person, trouble=_ask_reason())
        tablet = _read_number(number)
        if tablet not in {one.number for one in self._registry.list_all()}:
            raise NotFoundError(f"no tablet has the number {tablet}")
        self._last_entries.decide(tablet, cast("What", what), person.active, reason)
        return _lead_back("decided")

    def _make(
        self, person: CurrentPerson, fields: Mapping[str, str], source: str, base_url: str
    ) -> Response:
        typed = fields.get("name", "")
        name = read_name(typed)
        if name is None:
            trouble = t("A tablet's name has 1 to {n} letters, digits and signs.", n=MAX_NAME)
            return self.show(person, trouble=trouble, name=typed[:MAX_NAME])
        refused = self._confirm(person, fields, source)
        if refused is not None:
            return refused
        try:
            code = self._registry.invite(name, person.active).code
        except ConflictError:
            trouble = t("There is a tablet called {name}. Revoke it first, or use another name.",
                        name=name)  # fmt: skip
            return self.show(person, trouble=trouble, name=name)
        invited = Invited(name, code, draw_code(_address(base_url, code)), _warn(base_url))
        return make_page(replace(self._read(person), invited=invited))

    def _revoke(self, person: CurrentPerson, fields: Mapping[str, str]) -> Response:
        number, reason = _read_number(fields.get("number", "")), _read_reason(fields)
        if reason is None:
            return self.show(person, trouble=_ask_reason())
        self._registry.revoke(number, person.active, reason)
        return _lead_back("revoked")

    def _confirm(
        self, person: CurrentPerson, fields: Mapping[str, str], source: str
    ) -> Response | None:
        """None when the password is hers; else the page that says it isn't."""
        name = fields.get("name", "")[:MAX_NAME]
        try:
            self._sign_in.confirm(person, fields.get("password", ""), source)
        except (SignInRefusedError, SignInBusyError, TooManyAttemptsError) as error:
            page = self.show(person, trouble=_describe(error, person), name=name)
            return page if isinstance(error, SignInRefusedError) else mark_refused(page, error)
        return None

    def _read(self, person: CurrentPerson) -> TabletsPageContext:
        with self._database.reading() as connection:
            rows = [
                view_tablet(
                    one,
                    self._last_entries.read(connection, one.number),
                    self._last_entries.read_decisions(connection, one.number),
                )
                for one in self._registry.list_all()
            ]
        return TabletsPageContext(
            language=current_language(),
            done="",
            trouble="",
            invited=None,
            rows=rows,
            is_required=self._registry.is_required(),
            may_rule=person.role is Role.ADMIN,
            may_take=person.role is Role.TRAINER,
            name="",
            longest_name=MAX_NAME,
        )


def _address(base_url: str, code: str) -> str:
    """In the fragment: no server and no log on the way sees it."""
    return f"{base_url.rstrip('/')}/tablet/#enrol={code}"


def _warn(base_url: str) -> str:
    if not is_loopback_host(urlsplit(base_url).netloc):
        return ""
    return t("This address works on this machine only: a tablet can't reach it.")


def _describe(error: ServerError, person: CurrentPerson) -> str:
    wrong = t("That isn't {name}'s password. Nothing was changed.", name=person.name)
    return describe_brake(error) or wrong


def _ask_reason() -> str:
    return t("Say why, in at most {n} letters. Nothing was changed.", n=MAX_REASON)


def _read_reason(fields: Mapping[str, str]) -> str | None:
    reason = " ".join(fields.get("reason", "").split())
    return reason if 0 < len(reason) <= MAX_REASON and reason.isprintable() else None


def _read_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (an Integer)
        raise InvalidRequestError("number: digits")
    return int(text)


def _lead_back(done: str) -> Response:
    return RedirectResponse(f"{TABLETS_PATH}?done={done}", 303)
