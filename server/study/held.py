"""What holds in a study now: facts folded, hearts looked up."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from server.study.entry import split_thing
from server.study.fact_kind import FactKind
from server.study.facts import Fact, read_facts
from server.study.fields.field import Answer
from server.study.heart_link import is_linked_at, resolve_heart
from server.study.measured_heart import MeasuredHeart
from server.study.measured_hearts import read_measured_hearts
from server.study.participants import read_participants

Thing = tuple[FactKind, str]


@dataclass(slots=True)
class Held:
    """By thing: the newest answer to each field, and how often something was said of it."""

    codes: list[str]
    hearts: dict[str, MeasuredHeart]
    stored: dict[Thing, dict[str, Answer]] = field(default_factory=dict)
    numbers: dict[Thing, int] = field(default_factory=dict)

    def resolve(
        self, kind: FactKind, about: str, *, with_unentered: bool = True
    ) -> dict[str, Answer]:
        """Answers as they are read: with what lies among the measured hearts."""
        stored = self.stored.get((kind, about), {})
        code, time_point, _, _ = split_thing(about)
        if kind is not FactKind.MEASUREMENT or not is_linked_at(time_point):
            return dict(stored)
        return resolve_heart(stored, self.hearts.get(code), with_unentered=with_unentered)


def fold_facts(facts: Iterable[Fact], held: Held) -> Held:
    """The newest answer to each field counts; what was erased says nothing."""
    for fact in facts:
        if fact.kind is FactKind.ERASED:
            continue
        thing = (fact.kind, fact.about)
        held.numbers[thing] = max(held.numbers.get(thing, 0), fact.number)
        held.stored.setdefault(thing, {}).update(fact.answers)
    return held


def read_held(connection: Connection) -> Held:
    """All of it, of one snapshot."""
    codes: list[str] = [one.code for one in read_participants(connection)]
    return fold_facts(read_facts(connection), Held(codes, read_measured_hearts(connection)))
