"""Decoded values as JSON objects, in the shapes that `doseline-gateway decode` promises."""

from dataclasses import asdict
from typing import Any

from protocol.ble.advertising import StrapName, decode_manufacturer_data
from protocol.ble.heart_rate import HeartRateMeasurement
from protocol.ble.movesense import Measured, Response, Series
from protocol.ble.pmd import (
    AccelerationFrame,
    AccelerationUnit,
    ControlAnswer,
    EcgFrame,
    Features,
    Frame,
    FrameHeader,
    Measurement,
    MeasurementsStopped,
    Operation,
    PpgFrame,
    PpiFrame,
    decode_answer_settings,
    decode_measurement_states,
    decode_sdk_mode,
)
from protocol.errors import MalformedPayloadError

JsonObject = dict[str, Any]


def malformed_json(error: MalformedPayloadError, payload: bytes) -> JsonObject:
    """Why the whole payload is no value."""
    return {"kind": "malformed", "reason": error.reason, "payload": payload.hex()}


def heart_rate_json(value: HeartRateMeasurement) -> JsonObject:
    """Heart rate in bpm, RR in ticks of 1/1024 s and in ms, energy in kJ."""
    return {
        "kind": "heart_rate",
        "bpm": value.bpm,
        "contact": value.contact,
        "energy_kj": value.energy_kj,
        "rr_ticks": list(value.rr_ticks),
        "rr_ms": list(value.rr_ms),
        "trailing_bytes": value.trailing_bytes,
    }


def battery_json(percent: int) -> JsonObject:
    """Battery level in percent."""
    return {"kind": "battery", "percent": percent}


def advertisement_json(payload: bytes, name: str | None, known: StrapName | None) -> JsonObject:
    """Manufacturer data with its company id, and what the name (if any was given) tells."""
    company, heart_rate = decode_manufacturer_data(payload)
    return {
        "kind": "advertisement",
        "name": name,
        "services": [],
        "model": known.model if known else None,
        "serial": known.serial if known else None,
        "bpm": heart_rate.bpm if heart_rate else None,
        "contact": heart_rate.contact if heart_rate else None,
        "battery_low": heart_rate.battery_low if heart_rate else None,
        "company": company,
        "frame_counter": heart_rate.frame_counter if heart_rate else None,
    }


def frame_json(frame: Frame, factor: float | None) -> JsonObject:
    """A PMD frame. Acceleration stays in raw counts, but compressed type 0 with a factor is in g.

    `unit` "g" with `factor` null: the counts are in g only after the strap's factor.
    """
    head = _header_json(frame.header, truncated=frame.truncated)
    match frame:
        case AccelerationFrame():
            return head | _acceleration_json(frame, factor)
        case EcgFrame():
            return head | _ecg_json(frame)
        case PpgFrame():
            return head | {"unit": "count", "samples": [list(s) for s in frame.samples]}
        case PpiFrame():
            return head | {"samples": [asdict(s) for s in frame.samples]}
        case _:
            return head | {"samples": [asdict(s) for s in frame.samples]}


def _header_json(header: FrameHeader, *, truncated: bool) -> JsonObject:
    return {
        "kind": Measurement(header.measurement).name.lower(),
        "timestamp_ns": header.timestamp_ns,
        "frame_type": header.frame_type,
        "compressed": header.compressed,
        "truncated": truncated,
    }


def _acceleration_json(frame: AccelerationFrame, factor: float | None) -> JsonObject:
    used = factor if frame.unit is AccelerationUnit.G else None
    rows = [[axis if used is None else axis * used for axis in row] for row in frame.samples]
    return {"unit": frame.unit.value, "factor": used, "samples": rows}


def _ecg_json(frame: EcgFrame) -> JsonObject:
    told = {"unit": "uV", "samples": [sample.microvolts for sample in frame.samples]}
    if frame.header.frame_type == 0:
        return told
    extras = [{k: v for k, v in asdict(s).items() if v is not None} for s in frame.samples]
    return told | {"details": extras}


def control_point_json(
    value: Features | ControlAnswer | MeasurementsStopped, whole: ControlAnswer | None
) -> JsonObject:
    """A control point value; `whole` is the answer joined with the parts before it.

    Raises MalformedPayloadError for a whole answer whose settings are cut short.
    """
    match value:
        case Features():
            return {
                "kind": "features",
                "measurements": [m.name.lower() for m in value.measurements],
            }
        case MeasurementsStopped():
            return {"kind": "stopped", "measurements": list(value.measurements)}
        case ControlAnswer():
            return {
                "kind": "response",
                "op": value.operation,
                "measurement": value.measurement,
                "status": value.status,
                "status_name": value.status_name,
                "more": value.more,
                **(_params_json(whole) if whole else {"settings": {}}),
            }


def _params_json(answer: ControlAnswer) -> JsonObject:
    chosen = decode_answer_settings(answer)
    settings: JsonObject = {s.name.lower(): list(values) for s, values in chosen.values.items()}
    if chosen.factor is not None:
        settings["factor"] = chosen.factor
    told: JsonObject = {"settings": settings}
    if chosen.undecoded:
        told["undecoded"] = chosen.undecoded.hex()
    if answer.succeeded and answer.operation == Operation.MEASUREMENT_STATUS:
        states = decode_measurement_states(answer.params)
        told["states"] = [{"measurement": m, "state": state.value} for m, state in states]
    if answer.succeeded and answer.operation == Operation.SDK_MODE_STATUS:
        told["sdk_mode"] = decode_sdk_mode(answer.params)
    return told


def movesense_json(response: Response) -> JsonObject:
    """One notification; its payload follows the header and, where there is one, the status."""
    told: JsonObject = {
        "kind": "movesense",
        "response": "hello" if response.hello else response.kind.name.lower(),
        "reference": response.reference,
        "status": response.status,
        "path_hint": None,
        "payload": response.payload.hex(),
    }
    if response.hello:
        told |= {"version": response.hello.version, "strings": list(response.hello.strings)}
    return told


def measured_json(measured: Measured) -> JsonObject:
    """Values of one Movesense path, each quantity with its unit."""
    return {
        "path": measured.path,
        "first_sample_ms": measured.first_sample_ms,
        "values": {s.name: {"unit": s.unit, "samples": _samples(s)} for s in measured.series},
    }


def _samples(series: Series) -> list[Any]:
    rows = [
        [value if series.scale == 1.0 else value * series.scale for value in sample]
        for sample in series.samples
    ]
    return rows if any(len(row) > 1 for row in rows) else [value for row in rows for value in row]
