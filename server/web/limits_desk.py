"""Shows the page of limits and does what a clinician decides there."""

from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.db.database import Database
from server.errors import (
    ConflictError,
    RuleError,
    ServerError,
    SignInBusyError,
    SignInRefusedError,
    TooManyAttemptsError,
)
from server.people.current import CurrentPerson
from server.people.sign_in import SignIn
from server.safety.deciding import decide_limits, withdraw_limits
from server.safety.register import read_history
from server.study.participants import read_participants
from server.web import limits_form as form
from server.web.brake_words import describe_brake, mark_refused
from server.web.catalogue.spoken import t
from server.web.limits_form import Trouble, find_text_troubles, read_limits_form
from server.web.limits_view import view_limits
from server.web.pages import make_page
from server.web.paths import LIMITS_PATH

_NOT_VALID: Final = 422

Fields = dict[str, str]


class LimitsDesk:
    """Shows the page and takes its forms. Thread-safe."""

    def __init__(self, database: Database, sign_in: SignIn) -> None:
        self._database = database
        self._sign_in = sign_in

    def show(
        self,
        person: CurrentPerson,
        fields: Fields | None = None,
        troubles: dict[str, Trouble] | None = None,
        said: tuple[str, str] = ("", ""),
    ) -> HTMLResponse:
        """The page as things stand now, with what she typed."""
        with self._database.reading() as connection:
            codes = [one.code for one in read_participants(connection)]
            history = read_history(connection)
        context = view_limits(person, codes, history, fields or {}, troubles or {}, said)
        return make_page(context, _NOT_VALID if troubles else 200)

    def show_after(self, person: CurrentPerson, done: str) -> HTMLResponse:
        """The page as it follows an act that was done, "signed" or "withdrawn"."""
        return self.show(person, said=(_tell_done(done), ""))

    def take(self, person: CurrentPerson, fields: Fields, source: str) -> Response:
        """Sign or withdraw; else the page again, with a sentence at what is wrong."""
        act = self._withdraw if fields.get("act") == "withdraw" else self._sign
        try:
            return act(person, fields, source)
        except SignInRefusedError:
            name = form.WITHDRAW_PASSWORD if act == self._withdraw else form.PASSWORD
            return self.show(person, _without_secrets(fields), {name: Trouble.PASSWORD})
        except (ConflictError, RuleError, TooManyAttemptsError, SignInBusyError) as error:
            page = self.show(person, _without_secrets(fields), said=("", _tell_refusal(error)))
            return mark_refused(page, error)

    def _sign(self, person: CurrentPerson, fields: Fields, source: str) -> Response:
        with self._database.reading() as connection:
            codes = [one.code for one in read_participants(connection)]
        read = read_limits_form(fields, codes)
        if read.troubles:
            return self.show(person, _without_secrets(fields), dict(read.troubles))
        self._sign_in.confirm(person, fields[form.PASSWORD], source)
        signer = (person.name, fields[form.QUALIFICATION])
        with self._database.writing() as connection:
            decide_limits(
                connection, read.limits, codes, signer, fields[form.REASON], fields.get("seen", "")
            )
        return RedirectResponse(f"{LIMITS_PATH}?done=signed", 303)

    def _withdraw(self, person: CurrentPerson, fields: Fields, source: str) -> Response:
        wanted = (form.WITHDRAW_REASON, form.WITHDRAW_PASSWORD)
        troubles = find_text_troubles(fields, wanted)
        if troubles:
            return self.show(person, _without_secrets(fields), troubles)
        self._sign_in.confirm(person, fields[form.WITHDRAW_PASSWORD], source)
        reason, seen = fields[form.WITHDRAW_REASON], fields.get("seen", "")
        with self._database.writing() as connection:
            withdraw_limits(connection, person.name, reason, seen)
        return RedirectResponse(f"{LIMITS_PATH}?done=withdrawn", 303)


def _without_secrets(fields: Fields) -> Fields:
    secrets = {form.PASSWORD, form.WITHDRAW_PASSWORD}
    return {name: text for name, text in fields.items() if name not in secrets}


def _tell_done(done: str) -> str:
    told = {
        "signed": t("Signed and in force. Tablets that reach the server have it within seconds."),
        "withdrawn": t("Withdrawn: no limit is in force."),
    }
    return told.get(done, "")


def _tell_refusal(error: ServerError) -> str:
    return describe_brake(error) or t(
        "Nothing was stored: these limits are in force already, or somebody changed them while you"
        " wrote. Look at what is in force now, then decide again."
    )
