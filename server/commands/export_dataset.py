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
from server.export.dataset.disclosure import LEAST, Disclosure
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
            approval = choice.require_approval(connection, read_operator())
        Projector(study, derived, time.time_ns).project_new()
        with _open_target(arguments) as out:
            with open_view(study, derived, folder, key, time.time_ns()) as view:
                order = choice.make_order(view.study, study, key, approval)
                built = build_dataset(view, out, order, _tell_progress)
            # Before it is in its place: what was handed out and not noted would be worse.
            noted = choice.tell_handed_out(built, approval)
            note_handed_out(study, noted, read_operator())
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
    words = read_words(arguments.approve)
    return Choice(arguments.profile, arguments.recipient, words, arguments.part)


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


def read_words(told: str | None) -> frozenset[str]:
    """Words of APPROVALS with commas between. Raises SettingsError."""
    words = [word.strip() for word in (told or "").split(",") if word.strip()]
    strangers = [word for word in words if word not in APPROVALS]
    if strangers:
        raise SettingsError(
            f"--approve has no word {strangers[0]!r}; choose from: {', '.join(APPROVALS)}"
        )
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
    if not provenance.apart.is_whole:
        empty, cells = (", ".join(one) for one in (provenance.apart.empty, provenance.apart.cells))
        sys.stdout.write(
            f"arms weren't approved, so it holds {provenance.apart.part} only; without rows:"
            f" {empty}; withheld: {cells}\n"
        )
    if provenance.bands:
        bands = ", ".join(f"{one.table}.{one.column.name}" for one in provenance.bands)
        sys.stdout.write(f"in bands in place of values: {bands}\n")
    sys.stdout.write(f"{tell_alike(provenance.disclosure)} as it goes out")
    sys.stdout.write(f"; {tell_alike(provenance.exact)} in exact values\n")


def tell_alike(found: Disclosure) -> str:
    """The k of k-anonymity."""
    if found.k is None:
        return "nobody is in the study"
    few = f", {found.n_in_small_groups} participants are in smaller groups than {LEAST}"
    return f"the smallest group alike has {found.k}{'' if found.is_safe else few}"
