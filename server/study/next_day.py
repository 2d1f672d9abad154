"""The next day's question, put to women of both arms alike: anything new or worse since then?

An answer is a fact of the study (decision 0039), about `P07/<session's id>`: harms that are asked
about in one arm only say nothing. A yes stays open until a person says what was done.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from protocol.errors import InvalidIdentifierError
from protocol.ledger.instants import format_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7, parse_uuid7
from server.errors import ConflictError, InvalidRequestError, NotFoundError, RuleError
from server.study.fact_kind import FactKind
from server.study.facts import (
    Fact,
    NewFact,
    Salts,
    append_facts,
    find_number,
    lock_facts,
    read_fact,
    read_facts,
)
from server.study.fields.field import Answer, Answers

SYMPTOMS: Final = (
    "fall", "pain", "numbness_weakness", "vision", "dizzy", "tiredness", "bladder", "fever",
    "other",
)  # fmt: skip
MAX_TEXT: Final = 500
_KEYS: Final = {"id", "session", "actor", "worse", "what", "call_me"}
AGAIN: Final = "said again by herself"


@dataclass(frozen=True, slots=True)
class NextDay:
    """What she said. `what` is empty for a no, and may be for a yes.

    `actor` is who said it: another woman may be signed in on the device when it is sent.
    """

    id: str
    session: str
    actor: str
    worse: bool
    what: tuple[str, ...]
    call_me: bool

    @property
    def answers(self) -> Answers:
        """As the facts hold it."""
        said = {"worse": _word(self.worse), "call_me": _word(self.call_me)}
        return {**{name: Answer(one) for name, one in said.items()}, "what": Answer(self.what)}


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A yes with what became of it. `done`: what somebody did, oldest first, with who and when."""

    id: str
    code: str
    session: str
    recorded_at: str
    what: tuple[str, ...]
    call_me: bool
    done: tuple[tuple[str, str, str], ...]


def read_next_day(content: Any) -> NextDay:
    """From a decoded JSON body. Raises InvalidRequestError."""
    if not isinstance(content, dict) or content.keys() != _KEYS:
        raise InvalidRequestError(
            "an object with id, session, actor, worse, what and call_me is needed"
        )
    for key in ("id", "session"):
        _require_uuid7(content[key], key)
    worse, what, call_me = content["worse"], content["what"], content["call_me"]
    if not isinstance(worse, bool) or not isinstance(call_me, bool):
        raise InvalidRequestError("worse and call_me are true or false")
    if not isinstance(what, list) or any(one not in SYMPTOMS for one in what):
        raise InvalidRequestError(f"what: a list of {', '.join(SYMPTOMS)}")
    if not worse and (what or call_me):
        raise InvalidRequestError("nothing new or worse: then what is empty and call_me is false")
    chosen = tuple(one for one in SYMPTOMS if one in what)
    actor = str(content["actor"])
    return NextDay(content["id"], content["session"], actor, worse, chosen, call_me)


def append_next_day(
    connection: Connection, said: NextDay, code: str, author: str, wall_ms: int,
    salts: Salts = os.urandom,
) -> str:  # fmt: skip
    """Store it: `new`, or `known` when this very answer is here. Raises ConflictError."""
    lock_facts(connection)
    about = f"{code}/{said.session}"
    known = read_fact(connection, said.id)
    if known is not None:
        is_same = (known.kind, known.about) == (FactKind.NEXT_DAY, about)
        if not is_same or not (known.is_erased or known.answers == said.answers):
            raise ConflictError("another answer has this id")
        return "known"
    number = find_number(connection, FactKind.NEXT_DAY, about) + 1
    reason = None if number == 1 else AGAIN
    fact = NewFact(said.id, FactKind.NEXT_DAY, about, number, said.answers, reason, number > 1)
    append_facts(connection, [fact], (format_utc_ms(wall_ms), author), salts)
    return "new"


def append_done(
    connection: Connection, answer_id: str, done: str, by: tuple[str, int],
    salts: Salts = os.urandom,
) -> None:  # fmt: skip
    """Somebody (name, wall ms) looked at a yes. Raises NotFoundError or RuleError."""
    text = " ".join(done.split())
    if not text or len(text) > MAX_TEXT or not text.isprintable():
        raise RuleError(f"say what was done, in at most {MAX_TEXT} characters")
    lock_facts(connection)
    fact = read_fact(connection, answer_id)
    if fact is None or fact.kind is not FactKind.NEXT_DAY:
        raise NotFoundError("there is no such answer")
    name, wall_ms = by
    number = find_number(connection, FactKind.NEXT_DAY_DONE, answer_id) + 1
    new = NewFact(
        make_uuid7(wall_ms, salts(RANDOM_BYTES)), FactKind.NEXT_DAY_DONE, answer_id, number,
        {"done": Answer(text)}, None, False,
    )  # fmt: skip
    append_facts(connection, [new], (format_utc_ms(wall_ms), name), salts)


def read_answered(connection: Connection, code: str) -> dict[str, bool]:
    """By session whether she said that something is worse; her newest answer counts."""
    told = {}
    for fact in read_facts(connection, FactKind.NEXT_DAY):
        whose, _, session = fact.about.partition("/")
        if whose == code and not fact.is_erased:
            told[session] = fact.answers["worse"].value == "yes"
    return told


def list_open_answers(connection: Connection) -> list[OpenAnswer]:
    """Every yes, also one that was said otherwise later, the newest first."""
    facts = read_facts(connection, FactKind.NEXT_DAY, FactKind.NEXT_DAY_DONE)
    return [
        _tell(fact, facts)
        for fact in reversed(facts)
        if fact.kind is FactKind.NEXT_DAY and not fact.is_erased
        and fact.answers["worse"].value == "yes"
    ]  # fmt: skip


def _tell(fact: Fact, facts: Sequence[Fact]) -> OpenAnswer:
    code, _, session = fact.about.partition("/")
    done = [
        (str(one.answers["done"].value), one.recorded_by, one.recorded_at)
        for one in facts
        if one.kind is FactKind.NEXT_DAY_DONE and one.about == fact.id and not one.is_erased
    ]
    what: Mapping[str, Answer] = fact.answers
    chosen = what["what"].value
    symptoms = chosen if isinstance(chosen, tuple) else ()
    wants_call = what["call_me"].value == "yes"
    return OpenAnswer(fact.id, code, session, fact.recorded_at, symptoms, wants_call, tuple(done))


def _word(is_so: bool) -> str:  # noqa: FBT001 (a yes or a no is all there is)
    return "yes" if is_so else "no"


def _require_uuid7(text: object, key: str) -> None:
    try:
        parse_uuid7(text if isinstance(text, str) else "")
    except InvalidIdentifierError:
        raise InvalidRequestError(f"{key}: a UUIDv7 in lower case") from None
