"""The shapes are promises: every test compares the whole object."""

from typing import Any

from gateway.decoding import ValueDecoder

STAMP = "0094357700000000"  # 2 000 000 000 ns


def decode(service: str, *wires: str, **options: Any) -> list[dict[str, Any]]:
    decoder = ValueDecoder(service, **options)
    return [decoder.decode(bytes.fromhex(wire)) for wire in wires]


def test_heart_rate() -> None:
    assert decode("hrs", "1e4a2c01410341", "004a") == [
        {
            "kind": "heart_rate",
            "bpm": 74,
            "contact": True,
            "energy_kj": 300,
            "rr_ticks": [833],
            "rr_ms": [813.4765625],
            "trailing_bytes": 1,
        },
        {
            "kind": "heart_rate",
            "bpm": 74,
            "contact": None,
            "energy_kj": None,
            "rr_ticks": [],
            "rr_ms": [],
            "trailing_bytes": 0,
        },
    ]


def test_battery() -> None:
    assert decode("battery", "2a") == [{"kind": "battery", "percent": 42}]


def test_malformed_carries_the_whole_payload() -> None:
    (told,) = decode("battery", "ff")
    reason = "battery level 255 is above 100 %"
    assert told == {"kind": "malformed", "reason": reason, "payload": "ff"}
    (told,) = decode("pmd", f"02{STAMP}55c0ffee")
    assert told["payload"] == f"02{STAMP}55c0ffee"


def test_raw_acceleration_is_counts_in_mg() -> None:
    wire = f"02{STAMP}01ffff0100e803ff"
    expected = {
        "kind": "acceleration",
        "timestamp_ns": 2_000_000_000,
        "frame_type": 1,
        "compressed": False,
        "truncated": True,
        "unit": "mg",
        "factor": None,
        "samples": [[-1, 1, 1000]],
    }
    assert decode("pmd", wire) == [expected]
    assert decode("pmd", wire, factor=0.5) == [expected]


def test_factor_scales_compressed_type_0_and_only_it() -> None:
    """In g with the factor; raw counts without it. Type 1 is in mg already."""
    reference = "d0ff6501e40f"
    (raw,) = decode("pmd", f"02{STAMP}80{reference}")
    assert (raw["unit"], raw["factor"], raw["samples"]) == ("g", None, [[-48, 357, 4068]])
    assert (raw["frame_type"], raw["compressed"]) == (0, True)
    (scaled,) = decode("pmd", f"02{STAMP}80{reference}", factor=0.25)
    assert (scaled["unit"], scaled["factor"]) == ("g", 0.25)
    assert scaled["samples"] == [[-12.0, 89.25, 1017.0]]
    (type_1,) = decode("pmd", f"02{STAMP}81{reference}", factor=0.25)
    assert (type_1["unit"], type_1["factor"]) == ("mg", None)
    assert type_1["samples"] == [[-48, 357, 4068]]


def test_ecg_is_microvolts() -> None:
    head = {"kind": "ecg", "timestamp_ns": 2_000_000_000, "compressed": False, "truncated": False}
    assert decode("pmd", f"00{STAMP}00680000ffffff", f"00{STAMP}02ffff1f") == [
        head | {"frame_type": 0, "unit": "uV", "samples": [104, -1]},
        head
        | {
            "frame_type": 2,
            "unit": "uV",
            "samples": [262143],
            "details": [{"microvolts": 262143, "ecg_data_tag": 7, "pace_data_tag": 0}],
        },
    ]


def test_optical_frames() -> None:
    head = {"timestamp_ns": 2_000_000_000, "frame_type": 0, "compressed": False, "truncated": False}
    ppi, ppg, recorded = decode(
        "pmd",
        f"03{STAMP}003c27031e0107",
        f"01{STAMP}00010000020000030000ffffff",
        f"0e{STAMP}0048",
    )
    interval = {"bpm": 60, "interval_ms": 807, "error_ms": 286, "blocked": True, "contact": True}
    assert ppi == head | {"kind": "ppi", "samples": [interval]}
    assert ppg == head | {"kind": "ppg", "unit": "count", "samples": [[1, 2, 3, -1]]}
    assert recorded == head | {
        "kind": "offline_heart_rate",
        "samples": [{"bpm": 72, "quality": None, "corrected_bpm": None}],
    }


def test_features_and_events() -> None:
    assert decode("pmd-control", "0f0500", "010200") == [
        {"kind": "features", "measurements": ["ecg", "acceleration"]},
        {"kind": "stopped", "measurements": [2, 0]},
    ]


def answer(op: int, measurement: int, **rest: Any) -> dict[str, Any]:
    told = {"kind": "response", "op": op, "measurement": measurement, "status": 0}
    return told | {"status_name": "success", "more": False, "settings": {}} | rest


def test_answers_with_their_settings() -> None:
    assert decode(
        "pmd-control",
        "f001020000 0001c800 01011000 02010800 040103",
        "f00202000005010000803e",
        "f00202000001",
        "f001000a",
    ) == [
        answer(
            1, 2, settings={"sample_rate": [200], "resolution": [16], "range": [8], "channels": [3]}
        ),
        answer(2, 2, settings={"factor": 0.25}),
        answer(2, 2, undecoded="01"),
        answer(1, 0, status=10, status_name="invalid_mtu"),
    ]


def test_an_unknown_status_is_told_by_number() -> None:
    assert decode("pmd-control", "f0030263") == [answer(3, 2, status=99, status_name="unknown_99")]


def test_an_answer_in_two_parts_has_its_settings_in_the_last() -> None:
    first, last = decode("pmd-control", "f001020001 0004 3200 3400", "f001020000 6400 6800")
    assert first == answer(1, 2, more=True)
    assert last == answer(1, 2, settings={"sample_rate": [50, 52, 100, 104]})


def test_settings_cut_short_are_malformed() -> None:
    (told,) = decode("pmd-control", "f001020000 0004 3200 3400")
    assert told["kind"] == "malformed"
    assert "truncated value" in told["reason"]
    assert told["payload"] == "f001020000000432003400"


def test_what_runs() -> None:
    states = [{"measurement": 2, "state": "online"}, {"measurement": 0, "state": "none"}]
    assert decode("pmd-control", "f005000000 4200", "f006000000 01", "f006000000 00") == [
        answer(5, 0, states=states),
        answer(6, 0, sdk_mode=True),
        answer(6, 0, sdk_mode=False),
    ]


def test_advertisement() -> None:
    nothing: dict[str, Any] = {
        "kind": "advertisement",
        "name": None,
        "services": [],
        "model": None,
        "serial": None,
    }
    assert decode("advertisement", "6b0023004847", "4c000102") == [
        nothing
        | {
            "bpm": 71,
            "contact": True,
            "battery_low": True,
            "company": 0x6B,
            "frame_counter": 0,
        },
        nothing
        | {
            "bpm": None,
            "contact": None,
            "battery_low": None,
            "company": 0x4C,
            "frame_counter": None,
        },
    ]


def test_an_advertised_name_tells_model_and_serial() -> None:
    (told,) = decode("advertisement", "6b00", name="Polar H10 51ADA001")
    assert (told["name"], told["model"]) == ("Polar H10 51ADA001", "H10")
    assert (told["serial"], told["bpm"]) == ("51ADA001", None)


def test_movesense_responses() -> None:
    base = {"kind": "movesense", "status": None, "path_hint": None}
    assert decode("movesense", "0208aabb", "0109c8000102", "010502410042 00") == [
        base | {"response": "data", "reference": 8, "payload": "aabb"},
        base | {"response": "command_response", "reference": 9, "status": 200, "payload": "0102"},
        base
        | {
            "response": "hello",
            "reference": 5,
            "payload": "0241004200",
            "version": 2,
            "strings": ["A", "B"],
        },
    ]


def test_movesense_values_of_a_path() -> None:
    (told,) = decode("movesense", "0208 e8030000 0000803f 00000040 00004040", path="/Meas/Acc/52")
    assert told["path"] == "/Meas/Acc/52"
    assert told["first_sample_ms"] == 1000
    assert told["values"] == {"acceleration": {"unit": "m/s2", "samples": [[1.0, 2.0, 3.0]]}}
    (told,) = decode("movesense", "0208 00000000 e8030000", path="/Meas/ECG/125")
    assert told["values"] == {"ecg": {"unit": "uV", "samples": [381.469726563]}}
    (told,) = decode("movesense", "0208 00000000 e803", path="/Meas/ECG/125/mV")
    assert told["values"] == {"ecg": {"unit": "uV", "samples": [1000]}}
