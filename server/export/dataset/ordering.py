"""What is asked for, as an order on a study; and the study as that order reads it."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.errors import RuleError
from server.export.dataset.building import APPROVALS, Order
from server.export.dataset.profiles import ALL
from server.export.dataset.pseudonyms import make_pseudonym
from server.export.dataset.study_view import StudyView
from server.export.source import open_snapshot
from server.gateways.roster import is_wholly_simulated
from server.projection.projecting import PROJECTION_VERSION
from server.sessions.ledger import read_head
from server.study.recipients import HandedOut

MAX_REASON: Final = 500  # characters
_NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose. `approved` are words of APPROVALS, with one `reason` for all."""

    profile: str
    recipient: str
    approved: frozenset[str]
    reason: str | None

    def check(self) -> None:
        """Raises RuleError for what no dataset can be made of."""
        if self.profile not in ALL:
            raise RuleError(f"there is no profile {self.profile!r}; choose from: {', '.join(ALL)}")
        strangers = self.approved - {*APPROVALS}
        if strangers:
            raise RuleError(f"nothing is called {min(strangers)!r} that could be approved")
        if self.approved and not (self.reason or "").strip():
            raise RuleError("an approval needs a reason: who approved it, and why")
        if len(self.reason or "") > MAX_REASON:
            raise RuleError(f"a reason has at most {MAX_REASON} characters")

    def tell_handed_out(self, manifest_sha256: str) -> HandedOut:
        """As the study notes it."""
        approved = tuple(sorted(self.approved))
        reason = self._kept_reason
        return HandedOut(self.recipient, self.profile, approved, reason, manifest_sha256)

    def make_order(self, told: Connection, study: Database, key: bytes) -> Order:
        """`told` is the snapshot that is exported, `study` what it was taken from, `key` hers."""
        return Order(
            profile=ALL[self.profile],
            recipient=self.recipient,
            approved=self.approved,
            reason=self._kept_reason,
            is_simulated=is_wholly_simulated(study),
            versions={"doseline": version("doseline"), "projection": PROJECTION_VERSION},
            ledger_hmac=hmac.new(key, read_head(told).hash, "sha256").hexdigest(),
        )

    @property
    def _kept_reason(self) -> str | None:
        return self.reason if self.approved else None


@contextmanager
def open_view(
    study: Database, derived: Database, scratch: Path, key: bytes, wall_ns: int
) -> Iterator[StudyView]:
    """A snapshot of both inside `scratch`, with the pseudonyms of this key."""
    at = format_utc_ms(wall_ns // _NS_PER_MS)
    with open_snapshot(study, scratch) as told, open_snapshot(derived, scratch) as worked_out:
        yield StudyView(told, worked_out, partial(make_pseudonym, key), at)
