"""The plan and the lock that a dataset is of, so that a published one can be tied to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from server.analysis.plan_in_force import read_in_force


@dataclass(frozen=True, slots=True)
class AnalysisHashes:
    """SHA-256 in hex of the plan in force and of the locked data; None where there is none."""

    plan_sha256: str | None = None
    lock_sha256: str | None = None

    @property
    def is_locked(self) -> bool:
        return self.lock_sha256 is not None

    def describe(self) -> Mapping[str, str | None]:
        """For manifests."""
        return {"plan_sha256": self.plan_sha256, "lock_sha256": self.lock_sha256}


def read_analysis(study: Connection) -> AnalysisHashes:
    """Raises RuleError where the records don't vouch for plan and lock."""
    found = read_in_force(study)
    return AnalysisHashes(
        None if found.record is None else found.record.sha256,
        None if found.lock is None else found.lock.sha256,
    )
