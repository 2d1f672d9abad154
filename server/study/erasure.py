"""What the erasure of facts would do: what holds afterwards, and what it can't reach."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from protocol.ledger.instants import parse_utc_ms
from server.errors import NotFoundError, RuleError
from server.study.analysis_records import AnalysisRecord, RecordKind, find_record
from server.study.entry import split_thing
from server.study.fact_kind import FactKind
from server.study.facts import Fact, read_facts
from server.study.fields.field import Answer
from server.study.held import Held, fold_facts
from server.study.recipients import Noted, read_noted

_NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Erased:
    """One fact, and what each of its fields would say then. `None`: nothing any more.

    Fields of which something newer is known aren't in `afterwards`: they stay as they are.
    """

    fact: Fact
    afterwards: Mapping[str, Answer | None]


@dataclass(frozen=True, slots=True)
class Erasure:
    """`datasets` were handed out since the first of the facts was entered. `lock` holds values of
    one of these participants. `linked` are fields that lie among the measured hearts.
    """

    erased: tuple[Erased, ...]
    datasets: tuple[Noted, ...]
    lock: AnalysisRecord | None
    linked: tuple[str, ...]


def list_facts_of(connection: Connection, code: str) -> list[Fact]:
    """Everything that was entered of a participant, in its order, erased or not."""
    return [
        one
        for one in read_facts(connection)
        if one.kind is not FactKind.ERASED and split_thing(one.about)[0] == code
    ]


def preview_erasure(connection: Connection, fact_ids: Sequence[str]) -> Erasure:
    """Of all of these at once. Raises NotFoundError, or RuleError for what is erased already."""
    facts = read_facts(connection)
    chosen = [_require(facts, fact_id) for fact_id in dict.fromkeys(fact_ids)]
    now, then = _fold(facts), _fold([one for one in facts if one not in chosen])
    since_ns = min(parse_utc_ms(one.recorded_at) for one in chosen) * _NS_PER_MS
    noted = [one for one in read_noted(connection) if one.recorded_wall_ns >= since_ns]
    codes = {str(split_thing(one.about)[0]) for one in chosen}
    linked = {name for one in chosen for name, told in one.answers.items() if told.is_linked}
    return Erasure(
        tuple(Erased(one, _compare(one, now, then)) for one in chosen),
        tuple(noted),
        _find_lock(connection, codes),
        tuple(sorted(linked)),
    )


def _require(facts: Sequence[Fact], fact_id: str) -> Fact:
    for one in facts:
        if one.id == fact_id and one.kind is not FactKind.ERASED:
            if one.is_erased:
                raise RuleError(f"what {fact_id} said is erased already")
            return one
    raise NotFoundError(f"there is no entry {fact_id}; see 'doseline-server facts list'")


def _fold(facts: Sequence[Fact]) -> Held:
    return fold_facts(facts, Held([], {}))


def _compare(fact: Fact, now: Held, then: Held) -> dict[str, Answer | None]:
    thing = (fact.kind, fact.about)
    before, after = now.stored[thing], then.stored.get(thing, {})
    return {
        name: after.get(name) for name in fact.answers if not before[name].says_as(after.get(name))
    }


def _find_lock(connection: Connection, codes: set[str]) -> AnalysisRecord | None:
    lock = find_record(connection, RecordKind.LOCK)
    if lock is None or codes.isdisjoint(json.loads(lock.content).get("codes", ())):
        return None
    return lock
