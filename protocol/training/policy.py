"""How a participant moves on, as data."""

from typing import Annotated

from msgspec import Meta, Struct

from protocol.training.bounds import Amount, Count, Identifier
from protocol.training.vocabulary import Axis, Policy, Start

FewSessions = Annotated[int, Meta(ge=0, le=100)]


class CategoryPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """For one category: where a person starts, and on which axis she moves first.

    What was climbed last is undone first. From the bottom that is the same axis, since a new type
    starts at the bottom again; from the top it is the last one.
    """

    category: Identifier
    axes: tuple[Axis, ...]
    start: Start
    rungs: tuple[Amount, ...] = ()  # amounts to climb over; without, those of the rows


class ProgressionPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as evidence, and what is locked."""

    policy: Policy
    locked: tuple[Identifier, ...] = ()  # categories that need a readiness sign-off
    sessions: FewSessions = 2  # in a row, to step
    observed_sets: Count = 3  # in each of them
    within_sessions: FewSessions = 6  # older evidence is stale: look again
    categories: tuple[CategoryPolicy, ...] = ()
