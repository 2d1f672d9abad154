"""The state of every item: what data say, what the study says itself, and what is still wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.analysis.reporting.checklist import Checklist, Item
from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.fillers.topics import FILLERS
from server.analysis.reporting.told import Later, NotApplicable, Said, Told
from server.study.reporting_sentences import OwnSentence


class State(StrEnum):
    """Of an item, as it is shown."""

    FILLED = "Filled from data"
    SAID = "Your sentence"
    NEEDS = "Needs your sentence"
    NOT_APPLICABLE = "Doesn't apply"
    LATER = "After the data lock"


@dataclass(frozen=True, slots=True)
class Answer:
    """`told` is from data, `own` the study's own; `wanted` says what neither of them tells.

    `history` are all of its own sentences, the oldest first; `is_withheld`: there are some, and
    they are left out.
    """

    name: str
    item: Item
    state: State
    told: str
    sources: tuple[str, ...]
    own: OwnSentence | None
    wanted: str
    history: tuple[OwnSentence, ...] = ()
    is_withheld: bool = False

    @property
    def where(self) -> str:
        """From where, in a line."""
        parts = list(self.sources)
        if self.own is not None:
            parts.append(f"the study's own sentence {self.own.number}")
        return "; ".join(parts)

    @property
    def words(self) -> str:
        """All that is said for it, in a line; empty where nothing is."""
        own = "" if self.own is None else self.own.text
        if self.own is not None and not self.own.applies:
            own = f"Doesn't apply because: {own}"
        kept = (
            "The study's own sentence is left out until the data are locked: free text could say"
            " who trains."
            if self.is_withheld
            else ""
        )
        return " ".join(one for one in (self.told, own, kept, self.wanted) if one)


Histories = Mapping[str, Sequence[OwnSentence]]


def answer_checklist(
    checklist: Checklist, facts: StudyFacts, histories: Histories, *, with_own: bool = True
) -> list[Answer]:
    """Every item in its order. Not `with_own`: own sentences are left out."""
    return [
        _answer(checklist.name_item(one), one, facts, histories, with_own=with_own)
        for one in checklist.items
    ]


def _answer(
    name: str, item: Item, facts: StudyFacts, histories: Histories, *, with_own: bool
) -> Answer:
    history = tuple(histories.get(name, ()))
    own = history[-1] if history and with_own else None
    said = FILLERS[item.fill](facts) if item.fill else None
    state = _find_state(item, said, own)
    is_withheld = bool(history) and not with_own
    return Answer(
        name=name,
        item=item,
        state=State.LATER if is_withheld and state is State.NEEDS else state,
        told=_tell(said),
        sources=said.sources if isinstance(said, Told | NotApplicable) else (),
        own=own,
        wanted="" if history else _tell_wanted(item, said),
        history=history if with_own else (),
        is_withheld=is_withheld,
    )


def _find_state(item: Item, said: Said, own: OwnSentence | None) -> State:
    """What the study says itself counts beside what data say, and never hides it."""
    if own is not None and not own.applies:
        return State.NOT_APPLICABLE
    if isinstance(said, NotApplicable):
        return State.NOT_APPLICABLE if own is None else State.SAID
    if isinstance(said, Later):
        return State.LATER
    if isinstance(said, Told) and (not item.lacks or own is not None):
        return State.FILLED
    return State.NEEDS if own is None else State.SAID


def _tell(said: Said) -> str:
    if isinstance(said, Told):
        return said.sentence
    if isinstance(said, NotApplicable):
        return f"Doesn't apply because: {said.because}"
    return said.why if isinstance(said, Later) else ""


def _tell_wanted(item: Item, said: Said) -> str:
    if not isinstance(said, Told | None):
        return ""
    if said is None:
        return "The data don't say it."
    return f"Not in the data: {item.lacks}." if item.lacks else ""


def count_states(answers: Sequence[Answer]) -> dict[State, int]:
    """Those that occur, in the order of the words."""
    counted = {state: sum(one.state is state for one in answers) for state in State}
    return {state: n for state, n in counted.items() if n}
