"""Every answer of the day after, a no as well as a yes, with what became of it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from server.study.fact_kind import FactKind
from server.study.facts import Fact, read_facts


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did about it, and when (UTC text)."""

    text: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class SaidNextDay:
    """Her `number`-th answer about a session; `is_newest` counts. `what` may be empty for a yes."""

    code: str
    session: str
    number: int
    is_newest: bool
    recorded_at: str
    worse: bool
    what: tuple[str, ...]
    call_me: bool
    done: tuple[Done, ...]


def read_next_day_answers(connection: Connection) -> list[SaidNextDay]:
    """In the order in which they came; one that was erased isn't among them."""
    facts = read_facts(connection, FactKind.NEXT_DAY, FactKind.NEXT_DAY_DONE)
    done: defaultdict[str, list[Done]] = defaultdict(list)
    said = []
    for fact in facts:
        if fact.is_erased:
            continue
        if fact.kind is FactKind.NEXT_DAY:
            said.append(fact)
        else:
            done[fact.about].append(Done(str(fact.answers["done"].value), fact.recorded_at))
    newest = {one.about: one.number for one in said}
    return [_tell(one, newest[one.about], tuple(done[one.id])) for one in said]


def _tell(fact: Fact, newest: int, done: tuple[Done, ...]) -> SaidNextDay:
    code, _, session = fact.about.partition("/")
    chosen = fact.answers["what"].value
    return SaidNextDay(
        code=code,
        session=session,
        number=fact.number,
        is_newest=fact.number == newest,
        recorded_at=fact.recorded_at,
        worse=fact.answers["worse"].value == "yes",
        what=chosen if isinstance(chosen, tuple) else (),
        call_me=fact.answers["call_me"].value == "yes",
        done=done,
    )
