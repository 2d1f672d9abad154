"""The hour: warm-up, eight stations of three sets with rests, cool-down; each starts elsewhere."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from firmware_sim.physiology.activities import Activity

WARM_UP_S = 600.0  # 10 + 45 + 5 minutes, three sets, one minute of rest: the study's protocol
MAIN_S = 2700.0
COOL_DOWN_S = 300.0
SETS = 3
REST_S = 60.0
STATIONS = (
    Activity.SIT_TO_STAND,
    Activity.BAND,
    Activity.LUNGE,
    Activity.SUPINE_CORE,
    Activity.WALK,
    Activity.STEP_UP,
    Activity.TANDEM_STANCE,
    Activity.JUMP,
)
SET_S = MAIN_S / (len(STATIONS) * SETS) - REST_S  # 52.5 s of work
_WARM_UP = (
    (Activity.STAND, 60.0),
    (Activity.WALK, 240.0),
    (Activity.BAND, 120.0),
    (Activity.WALK, 180.0),
)
_SEATED_REST = {Activity.SIT_TO_STAND, Activity.SUPINE_CORE, Activity.JUMP}
_COOL_DOWN = ((Activity.WALK, 120.0), (Activity.SUPINE_CORE, 90.0), (Activity.SIT, 90.0))


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of one activity, in seconds of real time since the simulation's start.

    `station` and `set_number` count from 0 and are None outside the sets. `load` multiplies how
    hard the activity is for her heart; `repetitions` None: as many as there is time for.
    """

    starts_s: float
    ends_s: float
    activity: Activity
    station: int | None = None
    set_number: int | None = None
    load: float = 1.0
    repetitions: int | None = None


class Timetable:
    """Segments without holes; before the first and after the last the wearer sits."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = tuple(segments)
        self._starts_s = [each.starts_s for each in self.segments]

    def at(self, elapsed_s: float) -> Segment:
        """The segment that holds this moment."""
        index = bisect_right(self._starts_s, elapsed_s) - 1
        if index < 0:
            return Segment(float("-inf"), self._starts_s[0], Activity.SIT)
        last = self.segments[-1]
        if elapsed_s >= last.ends_s:
            return Segment(last.ends_s, float("inf"), Activity.SIT)
        return self.segments[index]


def build_timetable(first_station: int, session_s_at_start: float, time_factor: float) -> Timetable:
    """The session of a wearer who begins at `first_station`.

    The simulation starts `session_s_at_start` seconds into her session, and `time_factor` session
    seconds pass in one real second.
    """
    segments = []
    at_s = 0.0
    for activity, lasts_s, station, set_number in _hour(first_station):
        begins = (at_s - session_s_at_start) / time_factor
        at_s += lasts_s
        ends = (at_s - session_s_at_start) / time_factor
        segments.append(Segment(begins, ends, activity, station, set_number))
    return Timetable(segments)


def _hour(first_station: int) -> list[tuple[Activity, float, int | None, int | None]]:
    hour: list[tuple[Activity, float, int | None, int | None]] = [
        (activity, lasts_s, None, None) for activity, lasts_s in _WARM_UP
    ]
    for turn in range(len(STATIONS)):
        station = (first_station + turn) % len(STATIONS)
        for set_number in range(SETS):
            hour.append((STATIONS[station], SET_S, station, set_number))
            hour.append((_rest_after(STATIONS[station]), REST_S, None, None))
    return hour + [(activity, lasts_s, None, None) for activity, lasts_s in _COOL_DOWN]


def _rest_after(activity: Activity) -> Activity:
    return Activity.SIT if activity in _SEATED_REST else Activity.STAND
