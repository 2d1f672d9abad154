"""What a fact of the study is about. Pure."""

from enum import StrEnum

from server.sessions.audit import ERASURE_KIND


class FactKind(StrEnum):
    """What a fact is about."""

    MEASUREMENT = "measurement"  # about P07/baseline
    DRAW = "draw"  # about P07/baseline
    SAMPLE = "sample"  # about P07/baseline/bdnf/serum
    NEXT_DAY = "next_day"  # about P07/<session's id>
    NEXT_DAY_DONE = "next_day_done"  # about the id of a next day's answer
    ERASED = ERASURE_KIND  # about the id of the fact whose content is gone
