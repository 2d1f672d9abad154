"""Chooses how coarse each column has to be that enough participants stay alike. Pure.

First each column at its coarsest, the ones that an analysis needs most before the others; then
each finer, as long as the smallest group is large enough. The same people give the same choice.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from server.export.dataset.disclosure import Person, check_disclosure
from server.export.dataset.levels import Level

# What a reader needs to judge whom a study is of comes first (CONSORT 2010, item 15).
_FIRST: Final = ("age_y", "sex", "edss", "bmi", "relapse_3mo", "dmt")


def choose_levels(
    people: Sequence[Person], levels: Mapping[str, Sequence[Level]]
) -> dict[str, Level]:
    """A level of each column that can go out; the others are left out. `levels`: finest first, and
    none where a column may not go out.
    """
    order = sorted(levels, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    chosen: dict[str, Level] = {}
    for name in order:
        if levels[name]:
            _try(people, chosen, levels[name][-1])
    while _refine_each(people, chosen, {name: levels[name] for name in order if name in chosen}):
        pass
    return chosen


def _refine_each(
    people: Sequence[Person], chosen: dict[str, Level], levels: Mapping[str, Sequence[Level]]
) -> bool:
    """One step of each column; False once none can go further."""
    n_refined = sum(_refine(people, chosen, hers) for hers in levels.values())
    return n_refined > 0


def _refine(people: Sequence[Person], chosen: dict[str, Level], hers: Sequence[Level]) -> bool:
    """One step, where that is possible."""
    place = hers.index(chosen[hers[0].of])
    return place > 0 and _try(people, chosen, hers[place - 1])


def _try(people: Sequence[Person], chosen: dict[str, Level], level: Level) -> bool:
    tried = {**chosen, level.of: level}
    found = check_disclosure(people, {name: one.tell for name, one in tried.items()})
    if not found.is_safe:
        return False
    chosen[level.of] = level
    return True
