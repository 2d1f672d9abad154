"""Which row of the analysis each printed F is: its own, another's, or none's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Final

from server.analysis.summary_check.contrasts import PRINTED_TERMS, Term
from server.analysis.summary_check.implied import Anchor, fit_together, fits_alone
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import Measure

# The fewest faults explain best; a wrong row of the output is likelier than a wrong number.
_COST_OTHER_ROW: Final = 2
_COST_NO_ROW: Final = 3
_COST_OTHER_TYPE: Final = 1
_ANCHOR_ORDER: Final = (
    Term.INTERACTION,
    Term.TIME,
    Term.TIME_BY_PEOPLE,
    Term.GROUP,
    Term.INTERCEPT,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The reading of the printed F with the fewest faults.

    `actual` says of which term each printed F is the F, None of none; `anchors` are those that
    agree, the one that the others are told by first. Both are empty where nothing can be said.
    """

    actual: Mapping[Term, Term | None]
    anchors: tuple[Anchor, ...]

    def find_teller(self, other_than: Term | None = None) -> Anchor | None:
        """The first F that agrees with the rest and tells the covariance; of another term."""
        tellers = (one for one in self.anchors if one.term is not other_than and one.is_telling)
        return next(tellers, None)

    def type_of(self, term: Term) -> Term:
        """The same term, or time with people weighed alike where only that fits."""
        weighed = self.actual.get(term) is Term.TIME_BY_PEOPLE
        return Term.TIME_BY_PEOPLE if weighed else term


def read_rows(measure: Measure) -> Rows:
    """Every way to take the printed F as rows of one analysis; the best, if it is the only one."""
    printed = {t: f for t in PRINTED_TERMS if (f := _printed_f(measure, t)) is not None}
    search = _Search(measure, printed)
    sound = [one for one in search.list_readings() if search.is_sound(one)]
    if not sound:
        return Rows({}, ())
    cheapest = min(_cost(printed, one) for one in sound)
    best = [one for one in sound if _cost(printed, one) == cheapest]
    if len(best) > 1:
        return Rows({}, ())
    kept = search.anchors_of(best[0])
    in_order = tuple(sorted(kept, key=lambda one: _ANCHOR_ORDER.index(one.term)))
    return Rows(dict(zip(printed, best[0], strict=True)), in_order)


def _printed_f(measure: Measure, term: Term) -> Printed | None:
    claim = measure.reported.get(term)
    return None if claim is None else claim.f


@dataclass(slots=True)
class _Search:
    """Each printed F in each row, and which two of these go together, worked out once."""

    measure: Measure
    printed: Mapping[Term, Printed]
    _together: dict[tuple[Term, Term, Term, Term], bool] = field(default_factory=dict)

    def list_readings(self) -> list[tuple[Term | None, ...]]:
        """Of each printed F a term or None, no term twice; only terms that it can be alone."""
        unequal = self.measure.sizes.control != self.measure.sizes.training
        by_people = [Term.TIME_BY_PEOPLE] if unequal else []
        places = [*PRINTED_TERMS, Term.INTERCEPT, *by_people]
        possible = [
            [*(at for at in places if fits_alone(self.measure, at, f)), None]
            for f in self.printed.values()
        ]
        return [one for one in product(*possible) if _has_no_term_twice(one)]

    def anchors_of(self, reading: tuple[Term | None, ...]) -> list[Anchor]:
        pairs = zip(self.printed.values(), reading, strict=True)
        return [Anchor(self.measure, at, f) for f, at in pairs if at is not None]

    def is_sound(self, reading: tuple[Term | None, ...]) -> bool:
        """One covariance gives all that are kept. One F alone proves nothing, and stays in its
        own row."""
        pairs = [(t, at) for t, at in zip(self.printed, reading, strict=True) if at is not None]
        if len(pairs) == 1 and pairs[0][0] is not pairs[0][1]:
            return False
        return bool(pairs) and all(self._fit(*one, *two) for one, two in combinations(pairs, 2))

    def _fit(self, one: Term, one_at: Term, two: Term, two_at: Term) -> bool:
        key = (one, one_at, two, two_at)
        if key not in self._together:
            first = Anchor(self.measure, one_at, self.printed[one])
            second = Anchor(self.measure, two_at, self.printed[two])
            self._together[key] = fit_together(first, second)
        return self._together[key]


def _has_no_term_twice(reading: tuple[Term | None, ...]) -> bool:
    kept = [term for term in reading if term is not None]
    return len(set(kept)) == len(kept)


def _cost(printed: Mapping[Term, Printed], reading: tuple[Term | None, ...]) -> int:
    return sum(_cost_of(t, at) for t, at in zip(printed, reading, strict=True))


def _cost_of(term: Term, actual: Term | None) -> int:
    if actual is None:
        return _COST_NO_ROW
    if actual is term:
        return 0
    weighed = term is Term.TIME and actual is Term.TIME_BY_PEOPLE
    return _COST_OTHER_TYPE if weighed else _COST_OTHER_ROW
