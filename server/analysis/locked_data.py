"""Locked data as text, and back: every number as the shortest text that gives it back exactly."""

import json
import math
from typing import Any

import numpy as np

from server.analysis.frame import Frame
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
        "why": {name: dict(sorted(one.items())) for name, one in sorted(told.why.items())},
        "remarks": list(told.remarks),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def read_locked(text: str) -> StudyFrame:
    """What `write_locked` wrote."""
    content = json.loads(text)
    columns = {
        name: np.array([math.nan if one is None else one for one in values], dtype=np.float64)
        for name, values in content["columns"].items()
    }
    frame = Frame(tuple(content["codes"]), tuple(content["group"]), columns)
    return StudyFrame(frame, content["why"], tuple(content["remarks"]))
