"""Reads the agreement of detector and trainers out of what is derived."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from server.dose.repetitions.agreement_report import (
    FEW_PAIRS,
    ExerciseAgreement,
    SetProposal,
    report_agreement,
)
from server.dose.repetitions.detector import DETECTOR_VERSION
from server.projection.person_store import read_proposals


def read_agreement(derived: Connection) -> list[ExerciseAgreement]:
    """Over every session that is there; all exercises together first."""
    found = read_proposals(derived)
    return report_agreement(SetProposal(who, one) for (_, who, _), one in sorted(found.items()))


def tell_agreement(rows: list[ExerciseAgreement]) -> dict[str, Any]:
    """As JSON: `all` exercises together, and `exercises` one by one."""
    told = [
        {
            **msgspec.to_builtins(one),
            "cant_tell_share": one.cant_tell_share,
            "has_few_pairs": one.has_few_pairs,
        }
        for one in rows
    ]
    return {
        "detector_version": DETECTOR_VERSION,
        "few_pairs_below": FEW_PAIRS,
        "all": told[0],
        "exercises": told[1:],
    }
