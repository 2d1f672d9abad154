"""Chooses how coarse each column has to be that enough participants stay alike. Pure.

First each column at its coarsest, the ones that an analysis needs most before the others; then
each finer, as long as the smallest group is large enough. The same people give the same choice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.export.dataset.column import Cell
from server.export.dataset.disclosure import Person, Tell, check_disclosure
from server.export.dataset.levels import Level

# What a reader needs to judge whom a study is of comes first (CONSORT 2010, item 15).
_FIRST: Final = ("age_y", "sex", "edss", "bmi", "relapse_3mo", "dmt")


def choose_levels(
    people: Sequence[Person],
    levels: Mapping[str, Sequence[Level]],
    shown: Collection[str] = (),
) -> dict[str, Level]:
    """A level of each column that can go out; the others are left out. `levels`: finest first, and
    none where a column may not go out. `shown`: columns that tell people apart whatever is chosen.
    """
    order = sorted(levels, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    choosing = _Choosing(people, dict.fromkeys(shown, _keep), {})
    for name in order:
        if levels[name]:
            choosing.try_level(levels[name][-1])
    while choosing.refine_each({name: levels[name] for name in order if name in choosing.chosen}):
        pass
    return choosing.chosen


@dataclass(frozen=True, slots=True)
class _Choosing:
    """What is chosen so far, for these people."""

    people: Sequence[Person]
    shown: Mapping[str, Tell]
    chosen: dict[str, Level]

    def refine_each(self, levels: Mapping[str, Sequence[Level]]) -> bool:
        """One step of each column; False once none can go further."""
        n_refined = sum(self._refine(hers) for hers in levels.values())
        return n_refined > 0

    def _refine(self, hers: Sequence[Level]) -> bool:
        """One step, where that is possible."""
        place = hers.index(self.chosen[hers[0].of])
        return place > 0 and self.try_level(hers[place - 1])

    def try_level(self, level: Level) -> bool:
        """Choose it where enough stay alike."""
        tried = {**self.chosen, level.of: level}
        told = {name: one.tell for name, one in tried.items()}
        if not check_disclosure(self.people, {**self.shown, **told}).is_safe:
            return False
        self.chosen[level.of] = level
        return True


def _keep(cell: Cell) -> Cell:
    return cell
