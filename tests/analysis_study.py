"""A SIMULATED trial in small: sixteen women in two arms, a whole course, blood before and after."""

from datetime import UTC, datetime, timedelta
from typing import Final

from protocol.identifiers import parse_participant_code
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.db.database import Database
from server.gateways.roster import add_straps
from server.storage import Storage
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from tests.dose_course import rate, schedule, tell, write
from tests.ledger_entries import Tablet, attending
from tests.study_people import measured, read_values, store

SIGNS: Final = (
    "Fig", "Tea", "Sea", "Oak", "Elm", "Ash", "Rye", "Hay", "Ivy", "Fir", "Yew", "Bay", "Pea",
    "Nut", "Owl", "Hen",
)  # fmt: skip
N: Final = len(SIGNS)
CODES: Final = tuple(f"P{n:02d}" for n in range(1, N + 1))
TRAINING: Final = CODES[::2]
EFFECT_PG_ML, NOISE_PG_ML = 200.0, 5.0
DAYS: Final = (0, 2, 4)
RATINGS: Final = (13, 9, 15, 11, 9, 15, 11, 13)  # of the whole session, Borg 6-20, a woman each
PLAN: Final = {
    "outcomes.bdnf": "yes",
    "dose": "srpe_load_au",
    "matrix": "",
    "baseline.age_y": "yes",
    "alpha": "0.05",
    "permutations": "1000",
    "bootstrap": "1000",
    "seed": "20260101",
    "dose_sessions": "complete",
    "attendance": "",
    "sessions_planned": "24",
}


def fill(database: Database) -> None:
    """16 women of whom the last has no post, for a reason; training has 200 pg/mL more."""
    people = [
        Participant(parse_participant_code(code), sign, _find_arm(code))
        for code, sign in zip(CODES, SIGNS, strict=True)
    ]
    add_participants(database, people, "os:test")
    store(database, *(entry for n in range(1, N + 1) for entry in _list_entries(n)))


def simulate(database: Database) -> None:
    """The one strap on the roster is a simulated one."""
    add_straps(database, [RosterStrap("51ADA001", "h10", "01", list(ConsentedStream))])


def hold_course(storage: Storage, first: datetime) -> None:
    """24 sessions from a Monday on, to all of which all of training came and said how hard it was.

    A woman's dose is 24 times the load of her rating.
    """
    monday = (first - timedelta(days=first.weekday())).replace(tzinfo=UTC)
    ids = schedule(storage, monday, TRAINING, DAYS)
    for place, session in enumerate(ids):
        week, day = divmod(place, len(DAYS))
        _hold(storage, session, monday + timedelta(days=7 * week + DAYS[day]))


def _hold(storage: Storage, session: str, start: datetime) -> None:
    hand = Tablet(session.replace("-", "")[:16])
    at, after = tell(start), tell(start + timedelta(minutes=60))
    came = [hand.write("attendance", code, attending(), at) for code in TRAINING]
    said = [
        hand.write("session_rpe", code, rate(rating), after)
        for code, rating in zip(TRAINING, RATINGS, strict=True)
    ]
    end = hand.write("session_closed", "session", {"summary": {}}, after)
    write(storage, session, *came, *said, end)


def _find_arm(code: str) -> Arm:
    return Arm.TRAINING if code in TRAINING else Arm.CONTROL


def _list_entries(n: int) -> list[Entry]:
    code = parse_participant_code(CODES[n - 1])
    pre, noise = 200.0 + n, (n * 37 % 11) - NOISE_PG_ML
    trains = _find_arm(code) is Arm.TRAINING
    post: object = pre + noise + (EFFECT_PG_ML if trains else 0.0)
    if n == N:
        post = MissingReason.HAEMOLYSED
    found = {TimePoint.BASELINE: pre, TimePoint.POST: post}
    samples = [
        Entry(FactKind.SAMPLE, code, point, read_values({"value": value, "unit": "pg/mL"}),
              "bdnf", "plasma")
        for point, value in found.items()
    ]  # fmt: skip
    smoking = "never" if n % 3 else "former"
    return [measured(code, TimePoint.BASELINE, age_y=30 + n, smoking=smoking), *samples]
