"""One evening for tests of the tablet: fifteen invented people, eight stations, two of staff."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, Final

SESSION: Final = "01a22d78-7a00-7744-9d40-2616c6d9fc82"
SIGNS: Final = ("Fig", "Tea", "Sea", "Oak", "Sun", "Fox", "Ink", "Jam", "Elm", "Bee", "Ice", "Owl",
                "Pea", "Rye", "Yew")  # fmt: skip
FIRST_NAMES: Final = ("Leila", "Maryam", "Nasrin", "Parvin", "Shirin", "Soraya", "Taraneh",
                      "Zahra", "Azadeh", "Banu", "Darya", "Elham", "Fereshteh", "Golnaz",
                      "Homa")  # fmt: skip
CODES: Final = tuple(f"P{number:02d}" for number in range(1, 16))
QUALIFICATIONS: Final = {"sara": "physiotherapist, MSc", "mina": "nursing student"}
PINS: Final = {"sara": "271828", "leyla": "314159", "mina": "141421"}
ROLES: Final = {"sara": "trainer", "leyla": "trainer", "mina": "assistant"}
PIN_ITERATIONS: Final = 1000  # a test needn't wait for a real one
SUPPORTS: Final = ("none", "hold", "within_reach")
STATIONS: Final = (
    ("sit-to-stand", "Sit-to-stand", "reps", 10, "both", None),
    ("hip-abduction-band", "Hip abduction, band", "reps", 12, "each_side", "green"),
    ("tandem-stance-foam", "Tandem stance on foam", "seconds", 20, "both", None),
    ("bird-dog", "Opposite arm and leg", "reps", 8, "each_side", None),
    ("zigzag-walk", "Zigzag walk", "laps", 4, "both", None),
    ("shoulder-flexion-band", "Shoulder flexion, band", "reps", 12, "both", "red"),
    ("static-lunge", "Static lunge", "reps", 10, "each_side", None),
    ("pelvic-tilt", "Pelvic tilt", "reps", 12, "both", None),
)  # name, what it is called, unit, amount, sides, band


ALTERNATIVES: Final = (
    ("wall-squat", "Wall squat", "reps", 8, None, 6, False),
    ("step-touch", "Step and touch, arms out", "laps", 4, "red", None, False),
    ("vertical-jump", "Vertical jump", "reps", 5, None, 3, True),
)  # name, what it is called, unit, amount, band, amount on a lighter day, locked


def serial(number: int) -> str:
    """As tests.live_scene names the straps."""
    return f"8AA87D{number:02X}"


def make_planned(rounds: int = 3, work_s: float = 45.0, rest_s: int = 60) -> dict[str, Any]:
    """A planned session as protocol.training expands it."""
    stations: list[dict[str, Any]] = [
        {
            "station": place, "exercise": exercise, "name": name, "category": "strength",
            "cue": "Neutral spine, breathe out on effort", "support": SUPPORTS[place % 3],
            "needs": [], "level": None, "instead": None, "sets": rounds, "amount_low": 3,
            "amount_high": 30, "amount": amount, "unit": unit, "sides": sides,
            "band_ceiling": band, "work_s": 33.0, "alternatives": make_alternatives(),
        }
        for place, (exercise, name, unit, amount, sides, band) in enumerate(STATIONS, 1)
    ]  # fmt: skip
    return {
        "plan": "eight-week-as-printed", "plan_digest": "ab" * 32, "language": "en",
        "week": 5, "session": 14, "session_in_week": 2,
        "rounds": rounds, "rest_s": rest_s, "rest_scope": "between_stations",
        "changeover_s": 10, "rotation": "forward",
        "band_ceiling": "blue", "stations": stations,
        "effort": {"weeks": [3, 5], "word": "low", "target": [11, 11], "accept": [10, 12],
                   "cr10": [2.0, 2.0]},
        "minutes": {"warmup": 10, "late_warmup": 5, "main": 45, "cooldown": 5,
                    "turn_work_s": work_s, "expected_main": 41.0, "fits": True,
                    "formula": "24 × 45 s + 23 × 60 s"},
    }  # fmt: skip


def make_alternatives() -> list[dict[str, Any]]:
    """What she can do at a station instead; the last one is locked."""
    return [
        {"exercise": exercise, "name": name, "cue": "Slowly", "support": "within_reach",
         "amount": amount, "unit": unit, "sides": "both", "band": band, "work_s": 3.0 * amount,
         "lighter": less and {"amount": less, "band": band}, "locked": locked}
        for exercise, name, unit, amount, band, less, locked in ALTERNATIVES
    ]  # fmt: skip


def make_prescriptions() -> dict[str, Any]:
    """Each woman's own amounts: the plan's, one or two up or down."""
    return {
        code: {
            exercise: _prescribe(exercise, (place + station) % 9 == 0, {
                "exercise": exercise, "name": name, "amount": max(1, amount + place % 3 - 1),
                "unit": unit, "band": band, "sides": sides,
                "support": SUPPORTS[(place + station) % 3],
                "lighter": {"amount": max(1, amount + place % 3 - 3), "band": band},
                "while_locked": None,
            })
            for station, (exercise, name, unit, amount, sides, band) in enumerate(STATIONS)
        }
        for place, code in enumerate(CODES)
    }  # fmt: skip


def _prescribe(exercise: str, steps: bool, target: dict[str, Any]) -> dict[str, Any]:
    """With a step up by one that the trainer may refuse: of the zigzag walk, from the slalom."""
    before = {**target, "amount": target["amount"] - 1}
    axis, value = "repetitions", "amount"
    if exercise == "zigzag-walk":
        before |= {"exercise": "slalom-walk", "name": "Slalom walk"}
        axis, value = "type", "exercise"
    values = {"needed": 3, "amount": target["amount"], "sessions": "12, 13"}
    return {
        **target, "rule": "earned" if steps else "once_more",
        "values": values if steps else {"session": 13, "needed": 2},
        "decision": "step_up" if steps else "hold", "axis": axis if steps else None,
        "from": before[value] if steps else None, "to": target[value] if steps else None,
        "stay": before if steps else None,
    }  # fmt: skip


def make_rotation(planned: dict[str, Any]) -> dict[str, Any]:
    """Floor order round the stations; effort is asked at each round's end."""
    n_stations = len(planned["stations"])
    starts = {code: place % n_stations for place, code in enumerate(CODES)}
    asked_after = [n_stations] * planned["rounds"]
    return {"direction": 1, "start_station": starts, "asked_after": asked_after}


def make_people() -> list[dict[str, Any]]:
    """With one heat-sensitive, one whose heart rate is unreliable."""
    flags = {"P02": ["heat_sensitive"], "P09": ["hr_unreliable"]}
    return [
        {"code": code, "sign": SIGNS[place], "first_name": FIRST_NAMES[place],
         "flags": flags.get(code, []), "usual_strap": serial(place + 1),
         "resting_hr_history": [70, 72, 71, 74], "plyometrics_ready": False}
        for place, code in enumerate(CODES)
    ]  # fmt: skip


def let_jump(code: str) -> dict[str, Any]:
    """A bundle's keys: one is signed off for jumps and is prescribed one at the first station."""
    people = [one | {"plyometrics_ready": one["code"] == code} for one in make_people()]
    prescriptions = make_prescriptions()
    station, name, unit, amount, sides, band = STATIONS[0]
    stand_in = {"exercise": station, "name": name, "amount": amount, "unit": unit, "band": band,
                "sides": sides, "support": "hold", "lighter": {"amount": 7, "band": None},
                "while_locked": None}  # fmt: skip
    jump = {
        "exercise": "vertical-jump", "name": "Vertical jump", "amount": 4, "lighter": None,
        "support": "none", "while_locked": stand_in, "rule": "plan_same", "stay": None,
        "values": {}, "decision": "hold", "axis": None, "from": None, "to": None,
    }  # fmt: skip
    prescriptions[code][station] |= jump
    return {"people": people, "prescriptions": prescriptions}


def make_verifier(name: str) -> dict[str, Any]:
    """PBKDF2-HMAC-SHA256 over the six digits."""
    salt = hashlib.sha256(name.encode()).digest()[:16]
    made = hashlib.pbkdf2_hmac("sha256", PINS[name].encode(), salt, PIN_ITERATIONS)
    return {"salt": salt.hex(), "iterations": PIN_ITERATIONS, "hash": made.hex()}


def make_bundle(actors: list[str], planned: dict[str, Any], server_utc: str) -> dict[str, Any]:
    """Everything a tablet needs for an evening."""
    now = datetime.fromisoformat(server_utc)
    sessions = [
        {"id": SESSION if n == 14 else f"01a22d78-7a00-7744-9d40-{n:012d}", "ordinal": n,
         "week": (n + 2) // 3, "state": "planned" if n >= 14 else "closed",
         "planned_start": format_utc(now.replace(minute=0) + timedelta(days=2 * (n - 14)))}
        for n in range(1, 25)
    ]  # fmt: skip
    return {
        "server_utc": server_utc, "study": "razi", "user": actors[0], "actors": actors,
        "staff": [{"name": name, "role": ROLES[name], "verifier": make_verifier(name),
                   "qualification": QUALIFICATIONS.get(name)}
                  for name in PINS],
        "sessions": sessions, "tonight": SESSION, "planned": planned,
        "last_room": {"session": sessions[12]["id"], "when": "end", "temperature_c": 23.5,
                      "planned_start": sessions[12]["planned_start"]},
        "prescriptions": make_prescriptions(), "rotation": make_rotation(planned),
        "people": make_people(),
        "straps": [{"serial": serial(n), "label": f"{n:02d}", "model": "h10"}
                   for n in range(1, 18)],
        "safety": {"hr_ceiling_bpm": None, "hr_ceiling_bpm_of": {}, "rpe_look": None,
                   "rpe_act": None, "signed_by": None, "phones": []},
        "signoffs_n": 0,
        "effort": {"scale": "borg_6_20", "words": {"6": "No exertion", "20": "Maximal"},
                   "anchor_pack": "none", "language": None},
        "emergency_cards": {code: {"contact": f"Brother 0912 555 01 {place:02d}",
                                   "allergies": "Penicillin", "drugs": "Fingolimod", "notes": ""}
                            for place, code in enumerate(CODES[:12])},
    }  # fmt: skip


def format_utc(moment: datetime) -> str:
    """As the API writes times."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
