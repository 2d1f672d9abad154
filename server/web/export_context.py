"""What the pages of an export may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.approval_context import RequestRow
from server.web.contexts import Link


@dataclass(frozen=True, slots=True)
class Choosable:
    """A profile, a recipient, or what may be approved."""

    word: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class HandedOutRow:
    """A dataset that was handed out."""

    number: int
    recipient: str
    profile: str
    approved: str
    manifest_sha256: str
    by: str
    taken: str


@dataclass(frozen=True, slots=True)
class ExportPageContext:
    """What to choose. `empty` says why there is no form."""

    template: ClassVar[str] = "export.html"

    language: str
    name: str
    is_simulated: bool
    refusal: str
    empty: str
    profiles: list[Choosable]
    recipients: list[Choosable]
    approvals: list[Choosable]
    halves: list[Choosable]
    requests: list[RequestRow]
    jobs: list[Link]
    handed_out: list[HandedOutRow]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of the dataset; `absent` are cells by reason."""

    name: str
    n_rows: int
    n_columns: int
    absent: str


@dataclass(frozen=True, slots=True)
class ExportJobContext:
    """One export. `standing` is a sentence for each stage; what doesn't apply is empty.

    `approval`: where a second person's approval of it stands; `ask_path`: where to ask for it.
    """

    template: ClassVar[str] = "export_job.html"

    language: str
    name: str
    is_simulated: bool
    path: str
    asked: str
    standing: str
    is_running: bool
    progress: list[str]
    failure: str
    refusal: str
    can_build: bool
    file_path: str
    manifest_sha256: str
    tables: list[TableRow]
    bands: list[str]
    left_out: list[str]
    apart: str
    disclosure: str
    exact: str
    approval: str
    ask_path: str
