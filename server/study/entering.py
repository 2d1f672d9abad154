"""Takes what people give: all of it, or nothing and everything that is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7
from server.errors import ConflictError, RuleError
from server.study.comparing import Changed, compare_points
from server.study.contradicting import find_impossible, find_unsourced
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.facts import NewFact, Salts, append_facts, lock_facts, read_fact
from server.study.fields.field import Answer
from server.study.fields.reading import MAX_TEXT
from server.study.fields.words import words
from server.study.heart_link import LINKED, MAX, REST, compose_heart, is_linked_at, tell_heart
from server.study.held import Held, read_held
from server.study.measured_heart import MeasuredHeart, check_measured_heart
from server.study.measured_hearts import append_measured_heart
from server.study.measurement import find_contradictions, find_unusual
from server.study.sample import (
    find_draw_contradictions,
    find_sample_contradictions,
    find_unusual_draw,
    find_unusual_sample,
    settle_flags,
)
from server.study.trouble import AnswersRefusedError, Trouble

if TYPE_CHECKING:
    from protocol.identifiers import ParticipantCode


class Result(StrEnum):
    """What became of an entry."""

    NEW = "new"
    KNOWN = "known"  # the study said just this already: nothing was added


@dataclass(frozen=True, slots=True)
class Outcome:
    """`number` is how often something was said of the thing, this entry included."""

    id: str
    result: Result
    number: int
    corrected: tuple[str, ...] = ()


@dataclass(slots=True)
class Entered:
    """What became of each entry, in their order, and what should be looked at once more."""

    outcomes: list[Outcome] = field(default_factory=list)
    unusual: list[Trouble] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who enters, when, and where chance comes from."""

    name: str
    now: datetime
    salts: Salts

    @property
    def wall_ms(self) -> int:
        return int(self.now.timestamp() * 1000)

    def make_id(self) -> str:
        return make_uuid7(self.wall_ms, self.salts(RANDOM_BYTES))


def enter(connection: Connection, entries: Sequence[Entry], recorder: Recorder) -> Entered:
    """Store what is new of them. The same entry may come for ever.

    Raises AnswersRefusedError with all that is wrong, and ConflictError for an entry whose maker
    saw less than there is, or whose id is another one's. The caller's transaction then ends.
    """
    lock_facts(connection)
    entering = _Entering(connection, read_held(connection), recorder)
    for entry in entries:
        entering.take(entry)
    entering.compare()
    if entering.troubles:
        raise AnswersRefusedError(entering.troubles)
    recorded = (format_utc_ms(recorder.wall_ms), recorder.name)
    append_facts(connection, entering.facts, recorded, recorder.salts)
    for code, (heart, reason) in entering.hearts.items():
        append_measured_heart(connection, code, heart, recorder.name, reason)
    return entering.done


class _Entering:
    """One transaction's entries, one after another, on what holds by then."""

    def __init__(self, connection: Connection, held: Held, recorder: Recorder) -> None:
        self._connection = connection
        self._held = held
        self._recorder = recorder
        self.troubles: list[Trouble] = []
        self.facts: list[NewFact] = []
        self.hearts: dict[ParticipantCode, tuple[MeasuredHeart, str | None]] = {}
        self.done = Entered()
        self._changes: list[Changed] = []

    def take(self, given: Entry) -> None:
        entry = replace(given, answers=settle_flags(given.answers), reason=_clean(given.reason))
        if entry.id is not None and (known := self._recognise(entry)) is not None:
            self.done.outcomes.append(known)
            return
        if entry.code not in self._held.codes:
            sentence = words("{code} is not in the study", code=entry.code)
            self._tell_once(entry, Trouble("participant", sentence))
            return
        self._require_seen(entry)
        held = self._held.resolve(entry.kind, entry.about)
        changed = self._find_changes(entry, held)
        if not changed:
            number = self._held.numbers.get((entry.kind, entry.about), 0)
            self.done.outcomes.append(Outcome(entry.id or "", Result.KNOWN, number))
            return
        merged = {**held, **changed}
        troubles = _find_contradictions(entry, merged, self._recorder.now)
        if entry.kind is FactKind.MEASUREMENT:
            stored = self._held.stored.get((entry.kind, entry.about), {})
            differs = {n for n, one in changed.items() if not one.says_as(held.get(n))}
            troubles += find_impossible(merged, differs)
            troubles += find_unsourced({**stored, **changed}, differs)
        self._changes.append(Changed(entry, frozenset(changed)))
        changed = self._link_heart(entry, merged, changed, troubles)
        corrected = [n for n in changed if n in held and not changed[n].says_as(held[n])]
        self._tell(entry, [*troubles, *_require_reason(entry, corrected)])
        self._append(entry, changed, tuple(corrected))
        unusual = find_unusual_entry(replace(entry, answers=merged))
        self.done.unusual += map(entry.locate, unusual)

    def compare(self) -> None:
        """Baseline and after the training, with all that was taken."""
        compared = compare_points(self._held, self._changes)
        self.troubles += compared.impossible
        self.done.unusual += compared.unusual

    def _recognise(self, entry: Entry) -> Outcome | None:
        """The entry as it came before. Raises ConflictError for another one under its id."""
        fact = read_fact(self._connection, entry.id or "")
        if fact is None:
            return None
        says = all(
            one.is_linked or one.says_as(entry.answers.get(name))
            for name, one in fact.answers.items()
        )
        if (fact.kind, fact.about) != (entry.kind, entry.about) or not says:
            raise ConflictError("this id is another entry's; make a new one for each entry")
        return Outcome(fact.id, Result.KNOWN, fact.number)

    def _require_seen(self, entry: Entry) -> None:
        number = self._held.numbers.get((entry.kind, entry.about), 0)
        if entry.seen is not None and entry.seen != number:
            raise ConflictError(
                f"somebody entered values of {entry.about} meanwhile; look at them, then enter"
                " yours again"
            )

    def _find_changes(self, entry: Entry, held: Mapping[str, Answer]) -> dict[str, Answer]:
        """What says something new; of a heart also what nobody entered here yet."""
        stored = self._held.stored.get((entry.kind, entry.about), {})
        return {
            name: answer
            for name, answer in entry.answers.items()
            if not answer.says_as(held.get(name)) or (held[name].is_linked and name not in stored)
        }

    def _link_heart(
        self,
        entry: Entry,
        merged: Mapping[str, Answer],
        changed: Mapping[str, Answer],
        troubles: list[Trouble],
    ) -> dict[str, Answer]:
        """The changes, with what now lies among the measured hearts as links to it."""
        is_linked = entry.kind is FactKind.MEASUREMENT and is_linked_at(entry.time_point)
        if not is_linked or not changed.keys() & set(LINKED):
            return dict(changed)
        known = self._held.hearts.get(entry.code)
        heart = compose_heart(merged, known)
        if heart is None:
            return dict(changed)
        try:
            check_measured_heart(heart)
        except RuleError as error:
            # Its sentences are those of `participants heart`, which no page has.
            told = words("{told}", told=error)
            troubles.append(Trouble(MAX if MAX in changed else REST, told))
            return dict(changed)
        if heart != known:
            self._held.hearts[entry.code] = heart
            why = entry.reason or (None if known is None else "entered with her measurements")
            self.hearts[entry.code] = (heart, why)
        said = {**tell_heart(heart), **merged}
        there = [n for n in LINKED if said[n].value is not None]
        return {**changed, **{name: replace(said[name], is_linked=True) for name in there}}

    def _append(
        self, entry: Entry, changed: Mapping[str, Answer], corrected: tuple[str, ...]
    ) -> None:
        thing = (entry.kind, entry.about)
        number = self._held.numbers[thing] = self._held.numbers.get(thing, 0) + 1
        self._held.stored.setdefault(thing, {}).update(changed)
        made = entry.id or self._recorder.make_id()
        reason = entry.reason if corrected else None
        self.facts.append(
            NewFact(made, entry.kind, entry.about, number, changed, reason, bool(corrected))
        )
        self.done.outcomes.append(Outcome(made, Result.NEW, number, corrected))

    def _tell(self, entry: Entry, troubles: Sequence[Trouble]) -> None:
        self.troubles += map(entry.locate, troubles)

    def _tell_once(self, entry: Entry, trouble: Trouble) -> None:
        """A row may be two entries: of a draw, and of what was found in it."""
        located = entry.locate(trouble)
        if located not in self.troubles:
            self.troubles.append(located)


def _require_reason(entry: Entry, corrected: Sequence[str]) -> list[Trouble]:
    if entry.reason:
        return []
    sentence = words("there is another value already; a correction needs a reason")
    return [Trouble(name, sentence) for name in corrected]


def _find_contradictions(
    entry: Entry, merged: Mapping[str, Answer], now: datetime
) -> list[Trouble]:
    if entry.kind is FactKind.MEASUREMENT:
        return find_contradictions(merged, now)
    if entry.kind is FactKind.DRAW:
        return find_draw_contradictions(merged, now)
    return find_sample_contradictions(entry.matrix, merged)


def find_unusual_entry(entry: Entry) -> list[Trouble]:
    """What can be stored of these answers, and should be looked at once more."""
    if entry.kind is FactKind.MEASUREMENT:
        return find_unusual(entry.answers)
    if entry.kind is FactKind.DRAW:
        return find_unusual_draw(entry.answers)
    return find_unusual_sample(entry.analyte, entry.matrix, entry.answers)


def _clean(reason: str | None) -> str | None:
    """Raises AnswersRefusedError for what is no text."""
    text = " ".join((reason or "").split())
    if not text.isprintable() or len(text) > MAX_TEXT:
        sentence = words("a reason is text of at most {n} characters", n=MAX_TEXT)
        raise AnswersRefusedError([Trouble("reason", sentence)])
    return text or None
