"""What our code sees in the other vectors of Polar Measurement Data."""

from protocol.ble import pmd
from protocol.ble.pmd import timing
from tests.contract.ble_vectors.see_acceleration import see_header
from tests.contract.ble_vectors.vectors import Seen, Vector

SPLIT_ANSWER = ("f001020001000432003400", "f00102000064006800")


def see_ecg(wire: bytes, _: Vector) -> Seen:
    frame = pmd.decode_frame(wire)
    assert isinstance(frame, pmd.EcgFrame)
    assert not frame.truncated
    return see_header(wire) | {
        "sample_count": len(frame.samples),
        "samples": [ecg_sample(s) for s in frame.samples],
        "samples_uv": [s.microvolts for s in frame.samples],
    }


def ecg_sample(sample: pmd.EcgSample) -> Seen:
    told: Seen = {"uv": sample.microvolts}
    if sample.ecg_data_tag is not None:
        told |= {"ecg_data_tag": sample.ecg_data_tag, "pace_data_tag": sample.pace_data_tag}
    return told


def see_optical(wire: bytes, vector: Vector) -> Seen:
    if wire[0] == 0x14:  # its source calls the parser directly, with a measurement that isn't one
        return {
            "samples": [
                {"hr": s.bpm, "ppg_quality": s.quality, "corrected_hr": s.corrected_bpm}
                for s in pmd.decode_recorded_heart_rate(pmd.decode_header(wire), wire[10:]).samples
            ]
        }
    frame = pmd.decode_frame(wire)
    if isinstance(frame, pmd.PpgFrame):
        names = ("ppg0", "ppg1", "ppg2", "ambient")
        return {"samples": [dict(zip(names, s, strict=True)) for s in frame.samples]}
    assert isinstance(frame, pmd.PpiFrame)
    return {
        "timestamp_ns": frame.header.timestamp_ns,
        "samples": [
            {
                "hr": s.bpm,
                "pp_ms": s.interval_ms,
                "err_ms": s.error_ms,
                "blocker": s.blocked,
                "contact": bool(s.contact),
                "contact_supported": s.contact is not None,
            }
            for s in frame.samples
        ],
    }


def see_sample_times(_: bytes, vector: Vector) -> Seen:
    given: Seen = vector["expected"]
    previous, stamp, n = given["previous_ns"], given["frame_ns"], given["samples"]
    times = (
        timing.sample_times_between(previous, stamp, n)
        if previous
        else timing.sample_times_at_rate(stamp, n, given["rate_hz"])
    )
    return given | {"sample_timestamps_ns": list(times)}


def see_control_point(wire: bytes, vector: Vector) -> Seen:
    name = vector["name"]
    if name.startswith("measurement status"):
        ((measurement, state),) = pmd.decode_measurement_states(wire)
        return {"type": measurement, "state": state.value}
    if name.startswith("settings TLV"):
        return {"settings": in_capitals(pmd.decode_settings(wire))}
    if name.startswith("feature read"):
        features = pmd.decode_control_point(wire)
        assert isinstance(features, pmd.Features)
        short = {"ACCELERATION": "ACC", "GYROSCOPE": "GYRO", "OFFLINE_HEART_RATE": "OFFLINE_HR"}
        names = [m.name for m in features.measurements]
        return {"features": sorted(short.get(n, n) for n in names)}
    return see_request(wire) if "request" in name else see_answer(wire)


def see_answer(wire: bytes) -> Seen:
    answer = pmd.decode_control_point(wire)
    assert isinstance(answer, pmd.ControlAnswer)
    told: Seen = {
        "op": answer.operation,
        "type": answer.measurement,
        "status": answer.status,
        "more": answer.more,
        "params": answer.params.hex(),
    }
    if wire.hex() in SPLIT_ANSWER:
        joiner = pmd.AnswerJoiner()
        parts = [pmd.decode_control_point(bytes.fromhex(part)) for part in SPLIT_ANSWER]
        first, whole = [joiner.add(p) for p in parts if isinstance(p, pmd.ControlAnswer)]
        assert first is None
        assert whole is not None
        return told | {"joined_settings": in_capitals(pmd.decode_answer_settings(whole))}
    settings = pmd.decode_answer_settings(answer)
    return told | {"settings": in_capitals(settings), "factor_f32": settings.factor}


def see_request(wire: bytes) -> Seen:
    """Requests are only ever encoded: what the bytes hold must encode to these very bytes."""
    operation = pmd.Operation(wire[0])
    if len(wire) == 1:
        encoded = {5: pmd.encode_get_measurement_status, 6: pmd.encode_get_sdk_mode_status}[
            operation
        ]()
        assert encoded == wire
        return {"op": operation, "type": None, "settings": None}
    measurement = pmd.Measurement(wire[1])
    chosen = pmd.decode_settings(wire[2:])
    one_each = {setting: value for setting, (value,) in chosen.values.items()}
    if operation is pmd.Operation.START:
        assert pmd.encode_start(measurement, one_each) == wire
    else:
        encode = {1: pmd.encode_get_settings, 3: pmd.encode_stop}[operation]
        assert encode(measurement) == wire
    return {"op": operation, "type": measurement, "settings": in_capitals(chosen) or None}


def in_capitals(settings: pmd.Settings) -> dict[str, list[int]]:
    return {setting.name: list(values) for setting, values in settings.values.items()}
