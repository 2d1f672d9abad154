"""Tables of a simulated trial as the server reads them: all of it fits, and nothing is unusual."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from firmware_sim.rehearsal.heart_values import draw_hearts
from firmware_sim.rehearsal.trial_shape import FIRST_SESSION, TrialShape
from firmware_sim.rehearsal.trial_tables import AFTER, BEFORE, IMPORT, MEASURE, SAMPLES, TrialTables
from firmware_sim.trial.blood.model import Blood, make_model
from server.study.entering import find_unusual_entry
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.import_rows import read_measurement_rows, read_sample_rows
from server.study.measurement import find_contradictions
from server.study.sample import find_draw_contradictions, find_sample_contradictions
from server.study.table_file import read_table
from server.study.trouble import Trouble

SHAPE = TrialShape(seed=1)
LATER = datetime(2026, 1, 1, tzinfo=UTC)
SESSIONS = [
    {
        "clock_until": f"2025-{day}T17:50:00.000Z",
        "people": [
            {"participant": code, "came": code != "P03", "srpe_load_au": 200.0 + place}
            for place, code in enumerate(SHAPE.codes[:15])
        ],
    }
    for day in ("01-06", "02-28")
]


class Brought:
    """What a command would have been given."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[tuple[str, ...], str]] = {}

    async def __call__(self, words: Sequence[str], name: str, text: str) -> None:
        self.files[name] = (tuple(words), text)

    def read(self, name: str) -> list[Entry]:
        words, text = self.files[name]
        read_rows = read_measurement_rows if words == MEASURE else read_sample_rows
        assert words in (MEASURE, IMPORT)
        return read_rows(read_table(text.encode()))


def _find_troubles(entry: Entry) -> list[Trouble]:
    if entry.kind is FactKind.MEASUREMENT:
        return find_contradictions(entry.answers, LATER)
    if entry.kind is FactKind.DRAW:
        return find_draw_contradictions(entry.answers, LATER)
    return find_sample_contradictions(entry.matrix, entry.answers)


def _make_tables(seed: int = 1) -> TrialTables:
    hearts = draw_hearts(SHAPE.codes, seed)
    return TrialTables(SHAPE.arm_of, hearts, seed, FIRST_SESSION)


@pytest.mark.parametrize("variant", Blood)
async def test_every_row_of_a_whole_trial_fits(variant: Blood) -> None:
    for seed in range(1, 6):
        brought, tables = Brought(), _make_tables(seed)
        await tables.enter_before(brought)
        await tables.enter_after(brought, make_model(variant), SESSIONS)
        entries = [entry for name in (BEFORE, AFTER, SAMPLES) for entry in brought.read(name)]
        n = {kind: sum(one.kind is kind for one in entries) for kind in FactKind}
        assert n[FactKind.MEASUREMENT] == n[FactKind.DRAW] == 60
        assert n[FactKind.SAMPLE] == 120
        assert [(one.about, _find_troubles(one)) for one in entries if _find_troubles(one)] == []
        unusual = [(one, str(told)) for one in entries for told in find_unusual_entry(one)]
        assert {one.kind for one, _ in unusual} <= {FactKind.MEASUREMENT}, unusual
        assert len(unusual) <= 3, unusual  # a woman of 144 cm is one


async def test_a_course_that_is_not_over_has_what_was_drawn_before_it() -> None:
    brought = Brought()
    await _make_tables().enter_first_blood(brought)
    entries = brought.read(SAMPLES)
    assert {one.time_point.value for one in entries} == {"baseline"}
    assert sum(one.kind is FactKind.SAMPLE for one in entries) == 60


async def test_load_and_last_session_are_those_of_the_sessions_held() -> None:
    brought = Brought()
    blood = await _make_tables().enter_after(brought, make_model(Blood.EFFECT), SESSIONS)
    assert blood.true.centre_au == pytest.approx(2 * (200 + 7))  # the mean of 200 to 214, twice
    drawn = {str(one.code): one for one in brought.read(SAMPLES) if one.kind is FactKind.DRAW}
    hours = {code: one.answers["exercise_h"].number for code, one in drawn.items() if code < "P16"}
    assert {code for code, hour_h in hours.items() if hour_h and 48 <= hour_h < 72} == {
        code
        for code in SHAPE.codes[:15]
        if code != "P03"  # she never came
    }
