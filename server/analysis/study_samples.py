"""What every outcome was measured in: plate, flags, dilution, limits, hour and state of each draw.

No analysis reads it from here. It is locked with the numbers, so that nobody can say later that a
sample was on another plate, or drawn on another day.
"""

from collections.abc import Sequence
from typing import Any

from server.study.answers_json import view_answer
from server.study.fields.field import Answers
from server.study.recorded import Sample

SampleRow = dict[str, Any]


def list_sample_rows(samples: Sequence[Sample]) -> tuple[SampleRow, ...]:
    """One a concentration, as JSON has it; numbers as text: canonical JSON takes no floats."""
    return tuple(
        {
            "code": str(one.key.code),
            "time_point": one.key.time_point.value,
            "analyte": one.key.analyte,
            "matrix": one.key.matrix,
            "sample": _write(one.answers),
            "draw": _write(one.draw.answers),
        }
        for one in samples
    )


def _write(answers: Answers) -> dict[str, Any]:
    told = {name: view_answer(one) for name, one in sorted(answers.items())}
    return {name: repr(one) if isinstance(one, float) else one for name, one in told.items()}
