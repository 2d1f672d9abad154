"""`export --profile csv|parquet|spss|redcap`: the study as tidy tables for one recipient."""

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.commands.operator import read_operator
from server.commands.secret_files import read_secret
from server.commands.study_arguments import open_command_study, read_study_settings
from server.db.folder import new_folder
from server.errors import RuleError, SettingsError
from server.export.dataset.building import APPROVALS, Built, build_dataset
from server.export.dataset.ordering import Choice, open_view
from server.export.zip_file import new_zip
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.study.recipients import note_handed_out, read_key, require_recipient


def export_dataset(arguments: Namespace) -> int:
    """Returns the exit code."""
    key = _read_key(arguments)
    choice = _read_choice(arguments)
    folder = read_study_settings(arguments).data
    with open_command_study(arguments) as study, open_derived(folder) as derived:
        with study.reading() as connection:
            require_recipient(connection, choice.recipient, key)
        Projector(study, derived, time.time_ns).project_new()
        with _open_target(arguments) as out:
            with open_view(study, derived, folder, key, time.time_ns()) as view:
                order = choice.make_order(view.study, study, key)
                built = build_dataset(view, out, order, _tell_progress)
            # Before it is in its place: what was handed out and not noted would be worse.
            note_handed_out(study, choice.tell_handed_out(built.manifest_sha256), read_operator())
    _report(arguments.out, built)
    return 0


@contextmanager
def _open_target(arguments: Namespace) -> Iterator[Path]:
    """A folder that becomes OUT, or is packed into it."""
    if not arguments.zip:
        with new_folder(arguments.out, mode=0o700) as out:
            yield out
        return
    with new_zip(arguments.out) as out:
        yield out


def _read_choice(arguments: Namespace) -> Choice:
    approved = _read_approvals(arguments)
    return Choice(arguments.profile, arguments.recipient, approved, arguments.reason)


def _read_key(arguments: Namespace) -> bytes:
    if not arguments.recipient or arguments.key_file is None:
        raise SettingsError(
            "tables are made for somebody: give --recipient NAME and --key-file F;"
            " 'doseline-server recipients add NAME --key-file F' makes both"
        )
    try:
        return read_key(read_secret(arguments.key_file))
    except RuleError:
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


def _tell_progress(table: str, n_rows: int) -> None:
    sys.stderr.write(f"{table}: {n_rows} rows\n")


def _report(out: Path, built: Built) -> None:
    tallies, provenance = built.survey.tallies, built.survey.provenance
    simulated = "SIMULATED data: " if provenance.is_simulated else ""
    n_rows = sum(one.n_rows for one in tallies)
    sys.stdout.write(
        f"{simulated}{len(tallies)} tables, {n_rows} rows in {out};"
        f" manifest {built.manifest_sha256}\n"
    )
    for word, columns in provenance.left_out.items():
        if columns:
            sys.stdout.write(f"left out, as {word} weren't approved: {', '.join(columns)}\n")
