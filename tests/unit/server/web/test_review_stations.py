from typing import Any

import msgspec

from server.dose.quantity import Missing, Quantity
from server.dose.sensed.station_sensed import StationSensed
from server.web.review_stations import tell_station


def sensed(**how: object) -> dict[str, Any]:
    told: dict[str, object] = {
        "enmo_mg": Quantity(34.2, "mg", 1), "mad_mg": Quantity(41.7, "mg", 1),
        "mean_hr_bpm": Quantity(121.6, "bpm", 1), "mean_hrr": Quantity(0.524, "1", 1),
        "posture_s": {"upright": 55.0, "leaning": 0.4, "lying": 4.6, "unknown": 0.0},
        "upright": "warm_up",
    }  # fmt: skip
    built: dict[str, Any] = msgspec.to_builtins(StationSensed(**{**told, **how}))  # type: ignore[arg-type]
    return built


def test_a_set_in_words() -> None:
    assert tell_station(sensed()) == (
        "ENMO 34 mg, MAD 42 mg, mean heart rate 122 bpm, 52 % of her reserve, upright 55 s,"
        " lying 5 s"
    )


def test_an_upright_that_was_not_measured_is_said() -> None:
    assert tell_station(sensed(upright="h10_axes")).endswith("upright by the axes of an H10")


def test_what_is_missing_is_not_told_as_zero() -> None:
    nothing = {
        name: Quantity.missing_for(Missing.NO_DATA, "1", 1)
        for name in ("enmo_mg", "mad_mg", "mean_hr_bpm", "mean_hrr")
    }
    unknown = {"upright": 0.0, "leaning": 0.0, "lying": 0.0, "unknown": 60.0}
    assert tell_station(sensed(**nothing, posture_s=unknown, upright=None)) == ""
    assert tell_station(None) == ""
