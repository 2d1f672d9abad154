"""What the study says itself for items of reporting checklists: appended to, never changed."""

import time
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import Connection, select

from server.errors import ConflictError, RuleError
from server.study.record_chain import append_record
from server.study.record_tables import RECORD_CHAIN
from server.study.tables import REPORTING_SENTENCES

MAX_TEXT: Final = 1000  # characters: some sentences, not the paper
MAX_REASON: Final = 500
_AFTER_ERASURE: Final = "what was said before was erased"
_JOINERS: Final = frozenset("\u200c\u200d")  # Persian and Arabic are written with them


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """`number` counts those of one item, from 1. Not `applies`: `text` says why it doesn't."""

    item: str
    number: int
    applies: bool
    text: str
    reason: str | None
    recorded_by: str
    recorded_wall_ns: int


_FIELDS: Final = tuple(one.name for one in fields(OwnSentence))


@dataclass(frozen=True, slots=True)
class NewSentence:
    """`reason` says why it takes the place of the one before. `seen` is that one's number."""

    item: str
    text: str
    applies: bool = True
    reason: str = ""
    seen: int | None = None


def check_text(text: str, most: int, what: str) -> str:
    """In one line. Raises RuleError for nothing, for too much, and for invisible characters."""
    words = " ".join(text.split())
    if not any(one.isalnum() for one in words):
        raise RuleError(f"{what} is empty; nothing was stored")
    if len(words) > most:
        raise RuleError(
            f"{what} has {len(words)} characters and may have {most}; nothing was stored"
        )
    if not "".join(one for one in words if one not in _JOINERS).isprintable():
        raise RuleError(f"{what} has an invisible character; type it anew, nothing was stored")
    return words


def append_sentence(connection: Connection, new: NewSentence, recorded_by: str) -> OwnSentence:
    """Raises RuleError for what can't be stored, ConflictError where `seen` isn't the newest.

    Whether there is such an item is for the caller to know.
    """
    text = check_text(new.text, MAX_TEXT, "the sentence")
    before = read_histories(connection).get(new.item, [])
    if new.seen is not None and new.seen != (before[-1].number if before else 0):
        raise ConflictError("somebody wrote for this item meanwhile; read it and write again")
    if before and (before[-1].text, before[-1].applies) == (text, new.applies):
        raise RuleError("this item says just that already; nothing was stored")
    last = _find_last(connection, new.item)
    reason = new.reason if new.reason.strip() or before else _AFTER_ERASURE if last else None
    made = OwnSentence(
        new.item, last + 1, new.applies, text,
        None if reason is None else check_text(reason, MAX_REASON, "the reason for the change"),
        recorded_by, time.time_ns(),
    )  # fmt: skip
    append_record(connection, REPORTING_SENTENCES, _make_row(made))
    return made


def read_histories(connection: Connection) -> dict[str, list[OwnSentence]]:
    """All of every item that has any, the oldest first; without what was erased."""
    query = select(*(REPORTING_SENTENCES.c[name] for name in _FIELDS)).order_by(
        REPORTING_SENTENCES.c.item, REPORTING_SENTENCES.c.number
    )
    found: dict[str, list[OwnSentence]] = {}
    for row in connection.execute(query):
        found.setdefault(row.item, []).append(OwnSentence(*row))
    return found


def _find_last(connection: Connection, item: str) -> int:
    """The newest number that was ever given for an item, erased or not; 0 for none."""
    links = select(RECORD_CHAIN.c.about).where(RECORD_CHAIN.c.kind == REPORTING_SENTENCES.name)
    named = (about.rpartition("/") for about in connection.execute(links).scalars())
    return max((int(number) for of, _, number in named if of == item), default=0)


def _make_row(one: OwnSentence) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS}
