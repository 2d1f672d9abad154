"""Builds one dataset in a folder: every table, codebook, guide and manifest."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from server.errors import TableFailedError
from server.export.dataset import codebook, guide
from server.export.dataset.column import Guard
from server.export.dataset.formats.csv_file import write_csv
from server.export.dataset.generalised import generalise
from server.export.dataset.manifest import Band, Granted, Provenance, write_manifest
from server.export.dataset.profiles import Profile
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table, write_rows
from server.export.dataset.tables import ALL, Source
from server.export.dataset.tallied import Tally
from server.export.dataset.telling_apart import Protection, protect
from server.export.dataset.withholding import Withheld, find_withheld, withhold
from server.study.told_levels import EXACT_VALUES, Levels

APPROVALS: Final = (*(one.value for one in Guard), EXACT_VALUES)
TellProgress = Callable[[str, int], None]
TakeTable = Callable[[Table, Iterable[Row]], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `approved` are words of APPROVALS, `granted` who approved them.

    `before`: how finely earlier datasets in bands told this recipient.
    """

    profile: Profile
    recipient: str
    approved: frozenset[str]
    granted: Granted | None
    is_simulated: bool
    versions: Mapping[str, Any]
    ledger_hmac: str
    before: Sequence[Levels] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What a dataset holds: rows and absent values of each table, and what is left out of it.

    `levels`: how finely it tells what may tell who somebody is; None of exact values.
    """

    tallies: tuple[Tally, ...]
    provenance: Provenance
    levels: Levels | None


@dataclass(frozen=True, slots=True)
class Built:
    """`manifest_sha256` names exactly these files."""

    survey: Survey
    manifest_sha256: str


def survey_dataset(view: StudyView, order: Order, tell: TellProgress | None = None) -> Survey:
    """As `build_dataset` would count and cut it, with nothing written.

    Raises TableFailedError, and RuleError for what would leave too few alike.
    """
    return _go_through(view, order, _check_rows, tell)


def build_dataset(
    view: StudyView, folder: Path, order: Order, tell: TellProgress | None = None
) -> Built:
    """Write everything into an empty folder. `tell` hears of each table that is done.

    Raises TableFailedError, and RuleError for what would leave too few alike.
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
    protection = protect(view, order.before)
    if EXACT_VALUES not in order.approved:
        protection.require_safe()
    sources = [_cut(one, order, protection) for one in ALL]
    tallies = []
    for one in sources:
        tallies.append(_take_table(view, one, take))
        if tell is not None:
            tell(one.table.name, tallies[-1].n_rows)
    levels = None if EXACT_VALUES in order.approved else protection.told
    return Survey(tuple(tallies), _tell_provenance(view, order, sources, protection), levels)


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


def _cut(source: Source, order: Order, protection: Protection) -> Source:
    """Without what nobody approved; what may tell who somebody is in bands, or not at all, and
    nothing by which it could be worked out.
    """
    approved = frozenset(one for one in Guard if one.value in order.approved)
    table = source.table.leave_out(approved)
    if EXACT_VALUES in order.approved:
        return Source(table, source.read)
    coarser = generalise(table, source.read, protection.levels)
    return withhold(coarser, find_withheld(protection.levels))


def _tell_provenance(
    view: StudyView, order: Order, sources: list[Source], protection: Protection
) -> Provenance:
    is_exact = EXACT_VALUES in order.approved
    return Provenance(
        profile=order.profile.name,
        recipient=order.recipient,
        is_simulated=order.is_simulated,
        approved=sorted(order.approved),
        granted=order.granted,
        left_out=_list_left_out(order, sources, protection),
        bands=() if is_exact else _list_bands(sources, protection),
        withheld=(Withheld() if is_exact else find_withheld(protection.levels)).list_names(),
        disclosure=protection.exact if is_exact else protection.going_out,
        exact=protection.exact,
        time_zone=view.time_zone,
        versions=order.versions,
        ledger_hmac=order.ledger_hmac,
    )


def _list_bands(sources: list[Source], protection: Protection) -> tuple[Band, ...]:
    """In the order of tables and columns."""
    levels = {one.column.name: one for one in protection.levels.values() if one.is_coarser}
    return tuple(
        Band(source.table.name, one, levels[one.name].of, levels[one.name].limits)
        for source in sources
        for one in source.table.columns
        if one.name in levels
    )


def _list_left_out(
    order: Order, sources: list[Source], protection: Protection
) -> dict[str, list[str]]:
    """Columns by the word that would have let them out; one that goes out in bands isn't lost."""
    lost: dict[str, list[str]] = {word: [] for word in APPROVALS}
    for whole, kept in zip(ALL, sources, strict=True):
        there = {one.name for one in kept.table.columns}
        for one in whole.table.columns:
            is_told = one.name in there or (one.is_quasi and one.name in protection.levels)
            if not is_told:
                is_guarded = one.guard is not None and one.guard.value not in order.approved
                word = one.guard if is_guarded and one.guard is not None else EXACT_VALUES
                lost[word].append(f"{whole.table.name}.{one.name}")
    return lost


def _write_beside(folder: Path, order: Order, survey: Survey) -> None:
    tables = [one.table for one in survey.tallies]
    write_csv(folder / "codebook.csv", codebook.TABLE, codebook.list_codebook(tables))
    order.profile.write_beside(folder, tables)
    text = guide.write_guide(order.profile, survey.provenance, survey.tallies)
    (folder / guide.FILE).write_text(text, encoding="utf-8")
