"""The page on which a sheet is copied, in words: one page of the paper at a time. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from server.people.current import CurrentPerson
from server.web.catalogue.spoken import current_language, t
from server.web.copy_beside import Compared
from server.web.copy_context import CopyPageContext
from server.web.copy_fields import CopyGroup
from server.web.copy_form import SHEET, WRITER, Copied, Known, Troubles, read_copy
from server.web.copy_other_print import CONFIRMED, view_other_print
from server.web.copy_view import Typed, view_groups, view_head, view_preview
from server.web.dose_context import Tab
from server.web.paths import DISPUTES_PATH, REVIEW_PATH, SHEET_PATH, TRANSCRIBE_PATH
from server.web.sheet_reading import SheetEvening
from server.web.sheet_rows import Sheet
from server.web.sheet_view import tell_session

OF_SESSION: Final = "session"


@dataclass(frozen=True, slots=True)
class CopyPage:
    """One page of the paper, of an evening; `of` is a participant's code or the session.

    The evening's sheet is the one that was written on, as far as it is known; `today` is as it
    would be printed now, `printed` another one that the typed code is of.
    """

    evening: SheetEvening
    of: str
    groups: Sequence[CopyGroup]
    today: Sheet
    printed: Sheet | None = None

    @property
    def of_participant(self) -> bool:
        """Whether it is a woman's leaf."""
        return self.of != OF_SESSION

    @property
    def names(self) -> list[str]:
        """Of all fields, in the order of the paper."""
        return [SHEET, WRITER, *(one.name for group in self.groups for one in group.fields)]

    @property
    def known(self) -> Known:
        """What its form is read by."""
        one = self.evening
        return Known(one.clock, one.straps, one.staff, self.of_participant)

    def read(self, typed: Mapping[str, str]) -> tuple[Copied, Troubles]:
        """What was typed, and what is wrong with it."""
        fields = [one for group in self.groups for one in group.fields]
        copied, troubles = read_copy(typed, fields, self.known)
        known = {"act", CONFIRMED, *self.names}
        lost = [name for name, text in typed.items() if text.strip() and name not in known]
        return copied, {**_tell_lost(len(lost)), **troubles}


@dataclass(frozen=True, slots=True)
class CopyShown:
    """What is on the page besides the form."""

    typed: Typed
    said: str = ""
    compared: Sequence[Compared] | None = None
    copied: Copied | None = None
    refusal: str = ""
    status: int = 200


def _tell_lost(n: int) -> Troubles:
    """The form is that of the sheet whose code was typed: another one may have other fields."""
    if not n:
        return {}
    words = t(
        "The form follows this sheet now, which has no place for some of what you typed ({n})."
        " Look at the paper, and type it where it stands.",
        n=n,
    )
    return {SHEET: words}


def list_pages(evening: SheetEvening) -> list[str]:
    """In the order of the pile."""
    return [OF_SESSION, *(one.code for one in evening.sheet.people)]


def view_copy(person: CurrentPerson, page: CopyPage, shown: CopyShown) -> CopyPageContext:
    """The whole page."""
    evening, session = page.evening, page.evening.sheet.session
    path = TRANSCRIBE_PATH.format(session_id=session)
    troubles = shown.typed.troubles
    marked = t("Nothing was stored. Look at what is marked below.") if troubles else ""
    head = {name: shown.typed.fields.get(name, "") for name in (SHEET, WRITER)}
    is_preview = shown.compared is not None
    typed = replace(shown.typed, first=_find_first(page, shown.typed))
    return CopyPageContext(
        language=current_language(),
        title=tell_session(evening.line),
        name=person.name,
        when=t("{day}, {clock} ({zone})", day=evening.clock.day, zone=evening.clock.zone_words,
               clock=evening.clock.tell(evening.clock.planned_start)),
        is_simulated=evening.is_simulated,
        sheet_path=SHEET_PATH.format(session_id=session),
        review_path=REVIEW_PATH.format(session_id=session),
        disputes_path=DISPUTES_PATH.format(session_id=session)
        if evening.state["conflicts"] else "",
        path=f"{path}?{urlencode({'of': page.of})}",
        tabs=[
            Tab(f"{path}?{urlencode({'of': one, **{k: v for k, v in head.items() if v}})}",
                tell_leaf(evening, one), one == page.of)
            for one in list_pages(evening)
        ],
        leaf=tell_leaf(evening, page.of),
        said=shown.said,
        refusal=shown.refusal or marked,
        other=None if shown.copied is None else
        view_other_print(shown.copied.sheet, page.today, page.printed),
        times=_tell_times(evening),
        head=view_head(typed, evening.staff, of_participant=page.of_participant),
        groups=[] if is_preview else view_groups(page.groups, typed),
        typed=_list_typed(page, typed) if is_preview else [],
        preview=None if shown.compared is None else view_preview(shown.compared, evening.clock),
        empty=t("Nothing of this page is on the sheet: nothing would be entered."),
    )  # fmt: skip


def tell_leaf(evening: SheetEvening, of: str) -> str:
    """`P07 Fig`, or the session's page."""
    if of == OF_SESSION:
        return t("The session")
    return f"{of} {evening.signs.get(of, '')}".rstrip()


def _find_first(page: CopyPage, typed: Typed) -> str:
    """Where a keyboard begins: at what is wrong, else at the first field that is still empty."""
    wrong = (name for name in page.names if name in typed.troubles)
    empty = (name for name in page.names if not typed.fields.get(name, "").strip())
    return next(wrong, next(empty, ""))


def _list_typed(page: CopyPage, typed: Typed) -> list[tuple[str, str]]:
    return [(name, typed.fields[name]) for name in page.names if typed.fields.get(name, "").strip()]


def _tell_times(evening: SheetEvening) -> str:
    zone = evening.clock.zone_words
    wall = t("Times are by the clock on the wall, {zone}.", zone=zone)
    if evening.state["clock"]["started_at"] is None:
        return f"{wall} {_tell_no_clock()}"
    return f"{wall} {_tell_clock()}"


def _tell_clock() -> str:
    return t(
        "Sets and efforts have no time on the sheet: they get that of the circuit's clock, which"
        " was started on a tablet; anything else without a time, the planned start."
    )


def _tell_no_clock() -> str:
    return t(
        "Nobody started the circuit's clock on a tablet, so what has no time on the sheet gets that"
        " of the planned start."
    )
