"""The chains of a study beside its ledger: what each is called where its head is noted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from server.sessions.audit import AuditReport, check_chain
from server.sessions.chain import Head
from server.study.facts import read_audited_facts, read_facts_head
from server.study.record_chain import check_records, read_records_head


@dataclass(frozen=True, slots=True)
class StudyChain:
    """`word` stands before its heads; those of the ledger stand alone. `label` is for people."""

    word: str
    label: str
    check: Callable[[Connection, Sequence[Head]], AuditReport]
    read_head: Callable[[Connection], Head]

    def describe_head(self, head: Head) -> str:
        """As `verify-audit` prints and reads it."""
        return f"{self.word} {head.n} {head.hash.hex()}"


def check_facts(connection: Connection, noted: Sequence[Head]) -> AuditReport:
    """The chain of what was measured, drawn and found."""
    return check_chain(read_audited_facts(connection), noted)


STUDY_CHAINS: Final = (
    StudyChain("facts", "study facts", check_facts, read_facts_head),
    StudyChain("records", "study records", check_records, read_records_head),
)
