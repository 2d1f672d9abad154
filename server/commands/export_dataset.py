"""`export --profile csv|parquet|spss|redcap`: the study as tidy tables for one recipient."""

import hmac
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from server.commands.operator import read_operator
from server.commands.secret_files import read_secret
from server.commands.study_arguments import open_command_study, read_study_settings
from server.db.database import Database
from server.db.folder import new_folder
from server.errors import SettingsError
from server.export.dataset.building import APPROVALS, Built, Order, build_dataset
from server.export.dataset.profiles import ALL
from server.export.dataset.pseudonyms import make_pseudonym
from server.export.dataset.study_view import StudyView
from server.export.source import open_snapshot
from server.gateways.roster import is_wholly_simulated
from server.projection.opening import open_derived
from server.projection.projecting import PROJECTION_VERSION, Projector
from server.sessions.ledger import read_head
from server.study.recipients import HandedOut, note_handed_out, require_recipient

_NS_PER_MS: Final = 1_000_000


def export_dataset(arguments: Namespace) -> int:
    """Returns the exit code."""
    key = _read_key(arguments)
    approved = _read_approvals(arguments)
    folder = read_study_settings(arguments).data
    with open_command_study(arguments) as study, open_derived(folder) as derived:
        with study.reading() as connection:
            require_recipient(connection, arguments.recipient, key)
        Projector(study, derived, time.time_ns).project_new()
        with new_folder(arguments.out, mode=0o700) as out:
            with _open_view(study, derived, folder, key) as view:
                order = _make_order(arguments, approved, view.study, study, key)
                built = build_dataset(view, out, order, _tell_progress)
            note_handed_out(study, _tell_handed_out(order, built), read_operator())
    _report(arguments.out, built)
    return 0


@contextmanager
def _open_view(
    study: Database, derived: Database, scratch: Path, key: bytes
) -> Iterator[StudyView]:
    at = format_utc_ms(time.time_ns() // _NS_PER_MS)
    with open_snapshot(study, scratch) as told, open_snapshot(derived, scratch) as worked_out:
        yield StudyView(told, worked_out, partial(make_pseudonym, key), at)


def _make_order(
    arguments: Namespace,
    approved: frozenset[str],
    connection: Connection,
    study: Database,
    key: bytes,
) -> Order:
    return Order(
        profile=ALL[arguments.profile],
        recipient=arguments.recipient,
        approved=approved,
        reason=arguments.reason if approved else None,
        is_simulated=is_wholly_simulated(study),
        versions={"doseline": version("doseline"), "projection": PROJECTION_VERSION},
        ledger_hmac=hmac.new(key, read_head(connection).hash, "sha256").hexdigest(),
    )


def _read_key(arguments: Namespace) -> bytes:
    if not arguments.recipient or arguments.key_file is None:
        raise SettingsError(
            "tables are made for somebody: give --recipient NAME and --key-file F;"
            " 'doseline-server recipients add NAME --key-file F' makes both"
        )
    try:
        return bytes.fromhex(read_secret(arguments.key_file))
    except ValueError:
        raise SettingsError(f"{arguments.key_file} holds no recipient's key") from None


def _read_approvals(arguments: Namespace) -> frozenset[str]:
    words = [word.strip() for word in (arguments.approve or "").split(",") if word.strip()]
    strangers = [word for word in words if word not in APPROVALS]
    if strangers:
        raise SettingsError(
            f"--approve has no word {strangers[0]!r}; choose from: {', '.join(APPROVALS)}"
        )
    if words and not (arguments.reason or "").strip():
        raise SettingsError("--approve needs --reason: who approved it, and why")
    return frozenset(words)


def _tell_handed_out(order: Order, built: Built) -> HandedOut:
    return HandedOut(
        order.recipient,
        order.profile.name,
        tuple(sorted(order.approved)),
        order.reason,
        built.manifest_sha256,
    )


def _tell_progress(table: str, n_rows: int) -> None:
    sys.stderr.write(f"{table}: {n_rows} rows\n")


def _report(out: Path, built: Built) -> None:
    provenance = built.provenance
    simulated = "SIMULATED data: " if provenance.is_simulated else ""
    n_rows = sum(one.n_rows for one in built.tallies)
    sys.stdout.write(
        f"{simulated}{len(built.tallies)} tables, {n_rows} rows in {out};"
        f" manifest {built.manifest_sha256}\n"
    )
    for word, columns in provenance.left_out.items():
        if columns:
            sys.stdout.write(f"left out, as {word} weren't approved: {', '.join(columns)}\n")
