"""P2: her steps are the fold's own sets, also those to come."""

from server.sessions.domain.fold import fold_session
from server.sessions.domain.own_steps import list_own_circuit
from tests.ledger_entries import (
    Tablet,
    attending,
    minute,
    prescription_with_lighter,
    started,
    substitution,
)

STATIONS = ["sit-to-stand", "heel-raises"]
CLOCK = started(minute(0), STATIONS, {"P07": 0, "P08": 1}, rounds=2)


def test_nothing_before_the_clock_runs_or_without_a_place() -> None:
    tablet = Tablet()
    here = tablet.write("attendance", "P07", attending())
    assert list_own_circuit([here], minute(1), "P07") is None
    clock = tablet.write("clock_started", "clock", CLOCK)
    assert list_own_circuit([here, clock], minute(1), "P09") is None


def test_targets_are_those_that_the_fold_assumes_when_the_work_is_over() -> None:
    """Lighter from the second round on, another exercise there in the end: as her sets become."""
    tablet = Tablet()
    told = prescription_with_lighter("sit-to-stand", 8, lighter=6)
    instead = substitution(minute(3.5), "walk-slowly", 20)
    events = [
        tablet.write("attendance", "P07", attending()),
        tablet.write("prescription", "P07", told),
        tablet.write("clock_started", "clock", CLOCK),
        tablet.write("level_changed", "P07", {"at": minute(3), "level": "lighter"}),
        tablet.write("substitution", "P07/heel-raises", instead),
    ]
    circuit = list_own_circuit(events, minute(4), "P07")
    assert circuit is not None
    targets = [step["target"] for step in circuit.steps if step["station"] is not None]
    sets = fold_session(events, minute(30))["people"]["P07"]["sets"]
    assumed = [sets[f"{name}/{n}"] for n in (1, 2) for name in STATIONS]
    for target, one in zip(targets, assumed, strict=True):
        exercise = one["exercise"] if target is None else target["exercise"]
        assert exercise == one["exercise"]
        prescribed = one["prescribed"]
        assert (target and target["amount"]) == (prescribed and prescribed["amount"])
    assert [target and target["amount"] for target in targets] == [8, None, 6, 20]


def test_it_ends_later_by_what_held_it() -> None:
    tablet = Tablet()
    begun = [tablet.write("clock_started", "clock", CLOCK)]
    circuit = list_own_circuit(begun, minute(1), "P07")
    assert circuit is not None
    assert circuit.ends_at == minute(8)
    begun.append(tablet.write("clock_held", "clock", {"at": minute(1), "why": None}))
    circuit = list_own_circuit(begun, minute(2), "P07")
    assert circuit is not None
    assert circuit.ends_at is None
    begun.append(tablet.write("clock_resumed", "clock", {"at": minute(4)}))
    circuit = list_own_circuit(begun, minute(5), "P07")
    assert circuit is not None
    assert circuit.ends_at == minute(11)
