"""Locked data as text, and back: every number as the shortest text that gives it back exactly."""

import json
import math
from typing import Any

import numpy as np

from server.analysis.dose_sessions import DoseSession
from server.analysis.frame import Frame
from server.analysis.methods.censored.censoring import CensoredColumn
from server.analysis.study_frame import StudyFrame


def write_locked(told: StudyFrame) -> str:
    """Canonical enough to be hashed by whoever keeps it; read back by `read_locked`."""
    frame = told.frame
    content: dict[str, Any] = {
        "codes": list(frame.codes),
        "group": list(frame.group),
        "columns": {
            name: [None if math.isnan(one) else one for one in column.tolist()]
            for name, column in sorted(frame.columns.items())
        },
        "categories": {name: list(one) for name, one in sorted(frame.categories.items())},
        "censored": {name: one.to_rows() for name, one in sorted(frame.censored.items())},
        "sessions": {
            code: [one.to_row() for one in sessions] for code, sessions in told.sessions.items()
        },
        "why": {name: dict(sorted(one.items())) for name, one in sorted(told.why.items())},
        "remarks": list(told.remarks),
        "dose_remarks": list(told.dose_remarks),
        "plan_sha256": told.plan_sha256,
        "samples": list(told.samples),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def read_locked(text: str) -> StudyFrame:
    """What `write_locked` wrote."""
    content = json.loads(text)
    columns = {
        name: np.array([math.nan if one is None else one for one in values], dtype=np.float64)
        for name, values in content["columns"].items()
    }
    words = {name: tuple(one) for name, one in content.get("categories", {}).items()}
    censored = content.get("censored", {})
    outside = {name: CensoredColumn.from_rows(rows) for name, rows in censored.items()}
    frame = Frame(tuple(content["codes"]), tuple(content["group"]), columns, words, outside)
    sessions = {
        code: tuple(DoseSession.from_row(row) for row in rows)
        for code, rows in content.get("sessions", {}).items()
    }
    return StudyFrame(
        frame,
        content["why"],
        tuple(content["remarks"]),
        sessions,
        tuple(content.get("dose_remarks", ())),
        content.get("plan_sha256"),
        tuple(content.get("samples", ())),
    )
