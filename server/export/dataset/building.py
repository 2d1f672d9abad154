"""Builds one dataset in a folder: every table, codebook, guide and manifest."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from server.errors import TableFailedError
from server.export.dataset import codebook, guide
from server.export.dataset.column import Guard
from server.export.dataset.disclosure import Disclosure, check_disclosure
from server.export.dataset.formats.csv_file import write_csv
from server.export.dataset.manifest import Provenance, write_manifest
from server.export.dataset.profiles import Profile
from server.export.dataset.sources import measurements
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table, write_rows
from server.export.dataset.tables import ALL, Source
from server.export.dataset.tallied import Tally

SMALL_GROUPS: Final = "small_groups"
APPROVALS: Final = (*(one.value for one in Guard), SMALL_GROUPS)
TellProgress = Callable[[str, int], None]
TakeTable = Callable[[Table, Iterable[Row]], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `approved` are words of APPROVALS, with the one `reason` for them."""

    profile: Profile
    recipient: str
    approved: frozenset[str]
    reason: str | None
    is_simulated: bool
    versions: Mapping[str, Any]
    ledger_hmac: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What a dataset holds: rows and absent values of each table, and what is left out of it."""

    tallies: tuple[Tally, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Built:
    """`manifest_sha256` names exactly these files."""

    survey: Survey
    manifest_sha256: str


def survey_dataset(view: StudyView, order: Order, tell: TellProgress | None = None) -> Survey:
    """As `build_dataset` would count and cut it, with nothing written.

    Raises TableFailedError.
    """
    return _go_through(view, order, _check_rows, tell)


def build_dataset(
    view: StudyView, folder: Path, order: Order, tell: TellProgress | None = None
) -> Built:
    """Write everything into an empty folder. `tell` hears of each table that is done.

    Raises TableFailedError.
    """

    def write(table: Table, rows: Iterable[Row]) -> None:
        order.profile.write(folder / order.profile.name_file(table), table, rows)

    survey = _go_through(view, order, write, tell)
    _write_beside(folder, order, survey)
    sha256 = write_manifest(folder, survey.provenance, survey.tallies)
    return Built(survey, sha256)


def _go_through(
    view: StudyView, order: Order, take: TakeTable, tell: TellProgress | None
) -> Survey:
    disclosure = check_disclosure(measurements.TABLE, _list_baseline(view))
    sources = [_cut(one, order, disclosure) for one in ALL]
    tallies = []
    for one in sources:
        tallies.append(_take_table(view, one, take))
        if tell is not None:
            tell(one.table.name, tallies[-1].n_rows)
    return Survey(tuple(tallies), _tell_provenance(order, sources, disclosure))


def _take_table(view: StudyView, source: Source, take: TakeTable) -> Tally:
    tally = Tally(source.table)
    try:
        take(source.table, tally.count(source.read(view)))
    except (ValueError, KeyError, TypeError) as error:
        raise TableFailedError(source.table.name, tally.n_begun, str(error)) from error
    return tally


def _check_rows(table: Table, rows: Iterable[Row]) -> None:
    """Every row as it would be written."""
    deque(write_rows(table, rows), maxlen=0)


def _list_baseline(view: StudyView) -> Iterator[Row]:
    """A row a participant, as she was known when she was enrolled."""
    return (row for row in measurements.read(view) if row["time_point"] == "baseline")


def _cut(source: Source, order: Order, disclosure: Disclosure) -> Source:
    """Without what nobody approved."""
    approved = frozenset(one for one in Guard if one.value in order.approved)
    table = source.table.leave_out(approved)
    if not disclosure.is_safe and SMALL_GROUPS not in order.approved:
        table = replace(table, columns=tuple(one for one in table.columns if not one.is_quasi))
    return Source(table, source.read)


def _tell_provenance(order: Order, sources: list[Source], disclosure: Disclosure) -> Provenance:
    kept = {one.table.name: one.table for one in sources}
    return Provenance(
        profile=order.profile.name,
        recipient=order.recipient,
        is_simulated=order.is_simulated,
        approved=sorted(order.approved),
        left_out={
            word: [
                f"{one.table.name}.{name}"
                for one in ALL
                for name in _list_lost(one.table, kept[one.table.name], word)
            ]
            for word in APPROVALS
        },
        disclosure=disclosure,
        versions=order.versions,
        ledger_hmac=order.ledger_hmac,
    )


def _list_lost(whole: Table, kept: Table, word: str) -> list[str]:
    there = {one.name for one in kept.columns}
    return [
        one.name
        for one in whole.columns
        if one.name not in there and (one.guard == word if one.guard else word == SMALL_GROUPS)
    ]


def _write_beside(folder: Path, order: Order, survey: Survey) -> None:
    tables = [one.table for one in survey.tallies]
    write_csv(folder / "codebook.csv", codebook.TABLE, codebook.list_codebook(tables))
    order.profile.write_beside(folder, tables)
    text = guide.write_guide(order.profile, survey.provenance, survey.tallies)
    (folder / guide.FILE).write_text(text, encoding="utf-8")
