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
from server.export.dataset.analysis_records import read_analysis
from server.export.dataset.building import APPROVALS, Built, Order
from server.export.dataset.column import Guard
from server.export.dataset.disclosure import Disclosure
from server.export.dataset.manifest import Granted
from server.export.dataset.profiles import ALL
from server.export.dataset.pseudonyms import make_pseudonym
from server.export.dataset.study_view import StudyView
from server.export.source import open_snapshot
from server.gateways.roster import is_wholly_simulated
from server.projection.projecting import PROJECTION_VERSION
from server.sessions.ledger import read_head
from server.study.approval import Approval, Wanted
from server.study.approvals import find_approval, require_approval
from server.study.recipients import HandedOut, read_told_levels, require_part
from server.study.told_levels import EXACT_VALUES
from server.study.told_parts import HALVES, Part

_NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose. `approved` are words of APPROVALS.

    `half` is what goes out where arms aren't among them: one of HALVES.
    """

    profile: str
    recipient: str
    approved: frozenset[str]
    half: str = Part.OUTCOMES

    @property
    def part(self) -> Part:
        """What the dataset holds."""
        return Part.WHOLE if Guard.ARM in self.approved else Part(self.half)

    def check(self) -> None:
        """Raises RuleError for what no dataset can be made of."""
        if self.profile not in ALL:
            raise RuleError(f"there is no profile {self.profile!r}; choose from: {', '.join(ALL)}")
        strangers = self.approved - {*APPROVALS}
        if strangers:
            raise RuleError(f"nothing is called {min(strangers)!r} that could be approved")
        if self.half not in HALVES:
            raise RuleError(f"a dataset without arms holds one of: {', '.join(HALVES)}")

    def find_approval(self, connection: Connection, builder: str) -> Approval | None:
        """The same; None also where there is none that lets her."""
        return find_approval(connection, self.recipient, self.profile, self.approved, builder)

    def make_request(self, reason: str, found: Disclosure) -> Wanted:
        """To a second person; `found` is of exact values."""
        words = tuple(sorted(self.approved))
        counted = (found.k, found.n_in_small_groups)
        return Wanted(self.recipient, self.profile, words, reason, *counted)

    def require_approval(self, connection: Connection, builder: str) -> Approval | None:
        """Which lets her build it; None where nothing needs one. Raises ApprovalNeededError."""
        if not self.approved:
            return None
        return require_approval(connection, self.recipient, self.profile, self.approved, builder)

    def tell_handed_out(self, built: Built, approval: Approval | None) -> HandedOut:
        """As the study notes it."""
        words = tuple(sorted(self.approved))
        reason, number = (
            (None, None) if approval is None else (approval.wanted.reason, approval.number)
        )
        told = (reason, built.manifest_sha256, number, built.survey.levels, self.part)
        return HandedOut(self.recipient, self.profile, words, *told)

    def make_order(
        self, told: Connection, study: Database, key: bytes, approval: Approval | None = None
    ) -> Order:
        """`told` is the snapshot that is exported, `study` what it was taken from, `key` hers.

        Raises RuleError where nobody knows what she was told in bands before, and where another
        dataset of hers beside it would tell who trains.
        """
        is_exact = EXACT_VALUES in self.approved
        before = () if is_exact else read_told_levels(told, self.recipient)
        require_part(told, self.recipient, self.part)
        return Order(
            profile=ALL[self.profile],
            recipient=self.recipient,
            approved=self.approved,
            granted=None if approval is None else _grant(approval),
            is_simulated=is_wholly_simulated(study),
            versions={"doseline": version("doseline"), "projection": PROJECTION_VERSION},
            ledger_hmac=hmac.new(key, read_head(told).hash, "sha256").hexdigest(),
            part=self.part,
            analysis=read_analysis(told),
            before=before,
        )


def _grant(approval: Approval) -> Granted:
    return Granted(approval.number, approval.asked_by, str(approval.approved_by))


@contextmanager
def open_view(
    study: Database, derived: Database, scratch: Path, key: bytes, wall_ns: int
) -> Iterator[StudyView]:
    """A snapshot of both inside `scratch`, with the pseudonyms of this key."""
    at = format_utc_ms(wall_ns // _NS_PER_MS)
    with open_snapshot(study, scratch) as told, open_snapshot(derived, scratch) as worked_out:
        yield StudyView(told, worked_out, partial(make_pseudonym, key), at)
