"""The form that gives a strap interval to who really wore it, in words. Pure."""

from enum import StrEnum
from typing import Final

from server.sessions.domain.holding import Holding
from server.web.catalogue.spoken import Wording, t
from server.web.review_assignment_context import Assignment, Option, Preview
from server.web.review_correction import Asked, find_hers, is_reason
from server.web.review_reading import Written
from server.web.review_straps import name_strap
from server.web.review_tables import tell_clock


class Trouble(StrEnum):
    """What is wrong with a form."""

    REASON = "reason"
    WEARER = "wearer"
    CHANGED = "changed"  # somebody else corrected it meanwhile


_SENTENCES: Final = Wording(
    lambda: {
        Trouble.WEARER: t("Choose who really wore it; nothing was stored."),
        Trouble.CHANGED: t(
            "Nothing was stored: somebody corrected this strap while you looked at it. Look at the"
            " preview again."
        ),
    }
)


def find_trouble(written: Written, interval: Holding | None, asked: Asked) -> Trouble | None:
    """None: it can be entered."""
    if interval is None or asked.entry != interval.event.id:
        return Trouble.CHANGED
    if not is_choice(written, interval, asked):
        return Trouble.WEARER
    return None if is_reason(asked.reason) else Trouble.REASON


def is_choice(written: Written, interval: Holding, asked: Asked) -> bool:
    """Whether it names somebody of this session who isn't said to have worn it already.

    Of a disputed one either may be chosen.
    """
    is_other = asked.wearer != interval.value["participant"] or interval.is_disputed
    return is_other and asked.wearer in written.list_people()


def view_assignment(
    written: Written,
    interval: Holding,
    asked: Asked,
    preview: Preview | None,
    trouble: Trouble | None,
) -> Assignment:
    """The form as it was filled in; the exchange is offered where she had a strap of her own."""
    value = interval.value
    ends = t("the end") if value["until"] is None else tell_clock(value["until"])
    title = t("{name}, {begins} to {ends}: who wore it?", name=_name(written, value["strap"]),
              begins=tell_clock(value["from"]), ends=ends)  # fmt: skip
    is_offered = preview is not None
    hers = find_hers(written.holdings, interval, asked.wearer) if is_offered else []
    straps = ", ".join(_name(written, one.value["strap"]) for one in hers)
    exchange = t("Exchange: {straps} of {hers} goes to {other}", straps=straps, hers=asked.wearer,
                 other=value["participant"]) if hers else ""  # fmt: skip
    return Assignment(
        title=title[:1].upper() + title[1:],
        about=interval.about,
        entry=interval.event.id,
        people=[_view_option(written, interval, asked, code) for code in written.list_people()],
        wearer=asked.wearer,
        exchange=exchange,
        is_exchanged=asked.is_exchanged,
        reason=asked.reason,
        trouble="" if trouble is None else _SENTENCES.get(trouble, ""),
        reason_trouble=_tell_reason_trouble() if trouble is Trouble.REASON else "",
        preview=preview,
    )


def tell_done(done: str) -> str:
    """What was just done, from the address."""
    if done != "corrected":
        return ""
    return t(
        "Corrected. The entry before stays in the ledger, and this session is worked out again."
    )


def _view_option(written: Written, interval: Holding, asked: Asked, code: str) -> Option:
    text = f"{code} {written.signs.get(code, '')}".rstrip()
    if code == interval.value["participant"]:
        text = t("{who}, as it is now", who=text)
    chosen = asked.wearer or interval.value["participant"]
    return Option(code, text, code == chosen)


def _name(written: Written, serial: str) -> str:
    return name_strap(written.labels, serial)


def _tell_reason_trouble() -> str:
    return t("Say why in a sentence of at most 500 characters, such as: exchanged at the toilet.")
