"""Shows a sheet's copy, page by page, and puts what was looked at twice into the ledger."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.ledger.event import encode_event
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.db.database import Database
from server.errors import ConflictError, NotFoundError
from server.people.current import CurrentPerson
from server.sessions.server_hand import SERVER_DEVICE
from server.sessions.service import SessionService
from server.web.catalogue.spoken import t
from server.web.copy_beside import Compared, compare_drafts
from server.web.copy_drafts import Draft, Leaf, draft_person, draft_session
from server.web.copy_entries import Copyist, make_entries
from server.web.copy_fields import CopyGroup, list_person_groups, list_session_groups
from server.web.copy_form import SHEET, WRITER, Copied, read_code
from server.web.copy_frame import OF_SESSION, CopyPage, CopyShown, list_pages, view_copy
from server.web.copy_other_print import is_confirmed
from server.web.copy_times import find_times
from server.web.copy_view import Typed
from server.web.pages import make_page
from server.web.paths import TRANSCRIBE_PATH
from server.web.sheet_reading import SheetEvening, read_printed, read_sheet_evening

PREVIEW, STORE = "preview", "store"
_NOT_VALID: Final = 422


class CopyDesk:
    """Thread-safe. It writes through the ledger's service alone."""

    def __init__(
        self,
        study: Database,
        service: SessionService,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._study = study
        self._service = service
        self._wall_ns = wall_ns

    def show(
        self, person: CurrentPerson, session: str, of: str, fields: Mapping[str, str]
    ) -> HTMLResponse:
        """The form of a page, empty but for which sheet it is. Raises NotFoundError."""
        head = {name: fields[name] for name in (SHEET, WRITER) if name in fields}
        said = tell_done(fields.get("done", ""))
        page = self._open(session, of, read_code(fields))
        return self._show(person, page, CopyShown(Typed(head, {}), said))

    def take(
        self, person: CurrentPerson, session: str, of: str, fields: Mapping[str, str]
    ) -> Response:
        """Nothing is stored before it was looked at, and all of a page or nothing."""
        page = self._open(session, of, read_code(fields))
        copied, troubles = page.read(fields)
        typed = Typed(fields, troubles)
        act = fields.get("act", PREVIEW)
        if troubles:
            return self._show(person, page, CopyShown(typed, status=_NOT_VALID))
        if act not in (PREVIEW, STORE):
            return self._show(person, page, CopyShown(typed))
        compared = compare_drafts(_draft(page, copied), page.evening.events)
        if act == PREVIEW:
            return self._show(person, page, CopyShown(typed, compared=compared, copied=copied))
        if not is_confirmed(fields, copied.sheet, page.today):
            refused = CopyShown(typed, "", compared, copied, _tell_unconfirmed(), _NOT_VALID)
            return self._show(person, page, refused)
        n_new = self._store(person, page, copied, compared)
        return _go_on(page, copied, n_new)

    def _store(
        self, person: CurrentPerson, page: CopyPage, copied: Copied, compared: Sequence[Compared]
    ) -> int:
        events, session = page.evening.events, page.evening.sheet.session
        n_before = sum(one.device == SERVER_DEVICE for one in events)
        copyist = Copyist(person.name, session, n_before, {one.id for one in events})
        entries = make_entries(compared, copied, copyist)
        if entries:
            body = b"[" + b",".join(encode_event(one) for one in entries) + b"]"
            self._service.post(session, body, person).result()
        return len(entries)

    def _open(self, session: str, of: str, code: str) -> CopyPage:
        """By the sheet of that code where it is known and has such a page, else by today's."""
        now = format_utc_ms(self._wall_ns() // 1_000_000)
        evening = read_sheet_evening(self._study, session, now)
        if parse_utc_ms(evening.clock.planned_start) > parse_utc_ms(now):
            raise ConflictError(t("This session hasn't begun: there is nothing to copy yet."))
        today, printed = evening.sheet, None
        if code and code != today.code:
            printed = read_printed(self._study, evening, code)
        if printed is not None and (of == OF_SESSION or printed.find(of) is not None):
            evening = replace(evening, sheet=printed)
        return CopyPage(evening, of, _list_groups(evening, of), today, printed)

    def _show(self, person: CurrentPerson, page: CopyPage, shown: CopyShown) -> HTMLResponse:
        return make_page(view_copy(person, page, shown), shown.status)


def _list_groups(evening: SheetEvening, of: str) -> list[CopyGroup]:
    if of == OF_SESSION:
        return list_session_groups()
    person = evening.sheet.find(of)
    if person is None:
        raise NotFoundError(t("The sheet of this session has no page of that name."))
    return list_person_groups(evening.sheet, person, str(evening.effort["scale"]))


def _tell_unconfirmed() -> str:
    return t("Nothing was stored. Confirm first which sheet you hold.")


def tell_done(done: str) -> str:
    """What became of the page before."""
    told = {
        "stored": t("Entered. This is the next page."),
        "known": t("Nothing new: all of that page was entered already. This is the next page."),
    }
    return told.get(done, "")


def _draft(page: CopyPage, copied: Copied) -> list[Draft]:
    evening = page.evening
    person = evening.sheet.find(page.of)
    if person is None:
        return draft_session(copied, find_times(evening, ""), evening.clock)
    leaf = Leaf(evening.sheet, person, find_times(evening, page.of), evening.effort)
    return draft_person(copied, leaf)


def _go_on(page: CopyPage, copied: Copied, n_new: int) -> RedirectResponse:
    """To the page that lies next in the pile; from the last one to the session's."""
    order = list_pages(page.evening)
    following = order[(order.index(page.of) + 1) % len(order)]
    query = {"of": following, SHEET: copied.sheet, "done": "stored" if n_new else "known"}
    if copied.written_by is not None:
        query[WRITER] = copied.written_by
    path = TRANSCRIBE_PATH.format(session_id=page.evening.sheet.session)
    return RedirectResponse(f"{path}?{urlencode(query)}", 303)
