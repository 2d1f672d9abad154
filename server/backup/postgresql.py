"""PostgreSQL's own tools, which know best how its databases are copied."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL

from server.db.database import parse_database_url
from server.errors import SettingsError

DUMP: Final = "study.pgdump"


def dump_database(database_url: str, target: Path) -> None:
    """A consistent copy of the whole database, vault and all. Raises SettingsError."""
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    _run("pg_dump", database_url, words)


def restore_database(dump: Path, database_url: str) -> None:
    """Fill an empty database in one transaction. Raises SettingsError."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", database_url, [*words, str(dump)])


def _run(tool: str, database_url: str, words: list[str]) -> None:
    found = shutil.which(tool)
    if found is None:
        raise SettingsError(f"{tool} isn't here; install PostgreSQL's client tools and try again")
    url = parse_database_url(database_url)
    told = {**os.environ, **_tell_password(url)}
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(
        [found, f"--dbname={address}", *words], env=told, capture_output=True, check=False
    )
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it gave no reason"]
        raise SettingsError(f"{tool} failed: {lines[0]}")


def _tell_password(url: URL) -> dict[str, str]:
    """By the environment: other users of this machine can read command lines."""
    return {} if url.password is None else {"PGPASSWORD": str(url.password)}
