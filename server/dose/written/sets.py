"""Her sets of an evening, out of the fold: what each was, as dose counts it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.training.plan import TrainingPlan
from server.dose.volume.sets import REPETITIONS, DoseSet
from server.dose.volume.threefold import SetState
from server.dose.written.bands import BandSetup, find_band_force
from server.dose.written.evening import WrittenEvening
from server.dose.written.planned import PlannedSet, count_sides, find_category, find_sides, has_band
from server.dose.written.presence import Attendance, find_attendance

_ONE_SIDE: Final = frozenset({"left", "right"})
_DIDNT_TRAIN: Final = frozenset({Attendance.ABSENT, Attendance.NOT_TODAY})


@dataclass(frozen=True, slots=True)
class SetReader:
    """One participant's evening, read set by set. `planned` are hers, from `list_planned_sets`."""

    evening: WrittenEvening
    participant: str
    plan: TrainingPlan
    planned: Sequence[PlannedSet]
    bands: BandSetup

    def read(self) -> list[DoseSet]:
        """Every set that the circuit has for her and every other one that was logged.

        A set that hasn't begun is left out while the session runs, and wasn't done once it is
        closed. Where no clock ran for her, planned sets that nobody logged are unknown.
        """
        person = self.evening.person(self.participant)
        told: Mapping[str, Any] = {} if person is None else person["sets"]
        slots = self.evening.list_work_s(self.participant)
        sets = [self._read(name, one, slots) for name, one in told.items()]
        if slots and not self.evening.is_closed:
            return sets
        state = SetState.NOT_DONE if slots or self._didnt_train() else SetState.UNKNOWN
        names = slots or self._name_planned()
        return [*sets, *(self._make_undone(name, state) for name in names if name not in told)]

    def _didnt_train(self) -> bool:
        return find_attendance(self.evening, self.participant) in _DIDNT_TRAIN

    def _read(self, name: str, one: Mapping[str, Any], slots: Mapping[str, float]) -> DoseSet:
        planned = self._find_planned(name)
        done = one["performed"] or one["prescribed"] or {}
        prescribed = one["prescribed"] or {}
        exercise, band = one["exercise"], done.get("band")
        sides = prescribed.get("sides") or find_sides(self.plan, exercise)
        unit = done.get("unit") or (planned.unit if planned else REPETITIONS)
        wanted, wanted_unit = _read_prescribed(prescribed, sides, planned)
        return DoseSet(
            name=name,
            exercise=exercise,
            category=find_category(self.plan, exercise),
            planned_category=self._find_category(name),
            unit=unit,
            state=self._find_state(one),
            amount=_count(done.get("amount"), _count_done_sides(one, done, sides)),
            prescribed=wanted,
            prescribed_unit=wanted_unit or unit,
            is_extra=bool(slots) and name not in slots,
            round=one["round"],
            work_s=slots.get(name),
            has_band=band is not None or has_band(self.plan, exercise),
            band=band,
            force=find_band_force(self.bands, exercise, band, done.get("band_length_cm")),
        )

    def _find_state(self, one: Mapping[str, Any]) -> SetState:
        """Not here yet counts as not done only for whoever is known to have come late."""
        if one["evidence"] is not None:
            return SetState(one["evidence"])
        first = self.evening.first_status.get(self.participant)
        is_unknown = one["missing"] == "expected" and first != "late"
        return SetState.UNKNOWN if is_unknown else SetState.NOT_DONE

    def _make_undone(self, name: str, state: SetState) -> DoseSet:
        planned = self._find_planned(name)
        category = self._find_category(name)
        unit = planned.unit if planned else REPETITIONS
        return DoseSet(
            name=name,
            exercise=name.partition("/")[0],
            category=category,
            planned_category=category,
            unit=unit,
            state=state,
            amount=None,
            prescribed=planned.amount if planned else None,
            prescribed_unit=unit,
            has_band=planned is not None and planned.has_band,
        )

    def _find_planned(self, name: str) -> PlannedSet | None:
        station = name.partition("/")[0]
        return next((one for one in self.planned if one.station == station), None)

    def _find_category(self, name: str) -> str:
        planned = self._find_planned(name)
        return planned.category if planned else find_category(self.plan, name.partition("/")[0])

    def _name_planned(self) -> list[str]:
        n_before: dict[str, int] = {}
        for one in self.planned:
            n_before[one.station] = n_before.get(one.station, 0) + 1
        return [
            f"{station}/{number}" for station, n in n_before.items() for number in range(1, n + 1)
        ]


def _count(amount: int | None, n_sides: int) -> float | None:
    return None if amount is None else float(amount * n_sides)


def _count_done_sides(one: Mapping[str, Any], done: Mapping[str, Any], sides: str | None) -> int:
    is_one = one["performed"] is not None and done.get("sides") in _ONE_SIDE
    return 1 if is_one or "one_side" in one["chips"] else count_sides(sides)


def _read_prescribed(
    prescribed: Mapping[str, Any], sides: str | None, planned: PlannedSet | None
) -> tuple[float | None, str | None]:
    """What was prescribed at that level, with its unit; else what was planned for the station."""
    if prescribed.get("amount") is not None:
        return _count(prescribed["amount"], count_sides(sides)), prescribed["unit"]
    return (planned.amount, planned.unit) if planned else (None, None)
