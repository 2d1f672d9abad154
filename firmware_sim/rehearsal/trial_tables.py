"""Measurements and samples into a simulated study, by the commands that people bring files with."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from firmware_sim.evening.ending import COOLDOWN_MIN
from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.rehearsal.study import RunServer
from firmware_sim.trial.blood.draws import find_morning
from firmware_sim.trial.blood.model import BASELINE, POST, TRAINING, Blood, BloodModel, make_model
from firmware_sim.trial.blood.samples import Course, SimulatedBlood
from firmware_sim.trial.measured import draw_measured, draw_measured_again
from firmware_sim.trial.study_tables import write_measured, write_table
from protocol.ledger.instants import parse_utc_ms

Truth = Mapping[str, Any]
Bring = Callable[[Sequence[str], str, str], Awaitable[None]]  # command's words, file's name, text

MEASURE: Final = ("participants", "measure")
IMPORT: Final = ("samples", "import")
BEFORE: Final = "measurements-before.csv"
AFTER: Final = "measurements-after.csv"
SAMPLES: Final = "samples.csv"


class TrialTables:
    """What is known of everybody before the first session, and after the last one."""

    def __init__(
        self,
        arms: Mapping[str, str],
        hearts: Mapping[str, HeartTraits],
        seed: int,
        first_session: datetime,
    ) -> None:
        self._arms, self._seed, self._first_session = arms, seed, first_session
        day = find_morning(first_session, BASELINE).date()
        self._before = draw_measured(seed, arms, hearts, day)

    async def enter_before(self, bring: Bring) -> None:
        """Measurements at baseline, resting and maximum heart rate among them."""
        await bring(MEASURE, BEFORE, write_measured(self._before, BASELINE))

    async def enter_first_blood(self, bring: Bring) -> None:
        """Blood of a course that isn't over: what was drawn before its first session."""
        begins, no_loads = self._first_session, dict[str, float]()
        course = Course(self._seed, self._arms, no_loads, begins, begins, {}, self._before)
        blood = SimulatedBlood(make_model(Blood.EFFECT), course)
        await bring(IMPORT, SAMPLES, write_table(blood.list_rows((BASELINE,))))

    async def enter_after(
        self, bring: Bring, model: BloodModel, sessions: Sequence[Truth]
    ) -> SimulatedBlood:
        """Measurements after the training, and blood of both time points: a laboratory runs it on
        one day, as the study's did. `sessions` is the truth about those that were held.
        """
        ends = find_end(sessions)
        after = draw_measured_again(self._seed, self._before, find_morning(ends, POST).date())
        await bring(MEASURE, AFTER, write_measured(after, POST))
        course = Course(
            seed=self._seed,
            arms=self._arms,
            loads_au=sum_loads(self._arms, sessions),
            begins=self._first_session,
            ends=ends,
            exercised_until=find_last_ends(sessions),
            before=self._before,
        )
        blood = SimulatedBlood(model, course)
        await bring(IMPORT, SAMPLES, write_table(blood.list_rows()))
        return blood


async def bring_file(  # noqa: PLR0913 (a command, its file, where both are, who runs it)
    words: Sequence[str], name: str, text: str, folder: Path, data: Path, run_server: RunServer
) -> None:
    """Write it to `folder`, and have the server read it into `data`. Raises ProgramError."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    await run_server(data, *words, str(path))


def sum_loads(arms: Mapping[str, str], sessions: Sequence[Truth]) -> dict[str, float]:
    """AU over all sessions, of who trains."""
    loads = {code: 0.0 for code, arm in arms.items() if arm == TRAINING}
    for session in sessions:
        for person in session["people"]:
            loads[person["participant"]] += person["srpe_load_au"]
    return loads


def find_end(sessions: Sequence[Truth]) -> datetime:
    """Of the last session, its cool-down included."""
    return max(map(_find_end, sessions))


def find_last_ends(sessions: Sequence[Truth]) -> dict[str, datetime]:
    """By code, the end of the last session that she came to."""
    return {
        person["participant"]: _find_end(session)
        for session in sorted(sessions, key=_find_end)
        for person in session["people"]
        if person["came"]
    }


def _find_end(session: Truth) -> datetime:
    at_ms = parse_utc_ms(session["clock_until"])
    return datetime.fromtimestamp(at_ms / 1000, UTC) + timedelta(minutes=COOLDOWN_MIN)
