"""Studies that tests open: one on each kind of database."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.db.database import Database, parse_database_url, sqlite_url
from server.db.opening import init_study
from server.settings import Settings, read_settings
from server.storage import Storage, open_storage


class ProcessEndedError(Exception):
    """The server would have ended its process here."""


def _end_process() -> None:
    raise ProcessEndedError


@dataclass(frozen=True)
class Study:
    """A data directory that `init` made."""

    path: Path
    database_url: str | None
    new_database: Callable[[], str] | None = None

    @property
    def settings(self) -> Settings:
        return read_settings(data=self.path, database=self.database_url, port=0)

    def open(self) -> "OpenStudy":
        return OpenStudy(self.settings)

    def make_sibling(self) -> "Study":
        """Another new study on the same kind of database, by this program's `init`."""
        path, url = self.path.with_name("sibling"), self.new_database and self.new_database()
        init_study(path, url)
        return Study(path, url, self.new_database)

    def connect(self) -> Database:
        """Its database, whatever schema it has."""
        if self.database_url is None:
            return Database(sqlite_url(self.path / "archive.sqlite3"))
        return Database(parse_database_url(self.database_url))

    @property
    def arguments(self) -> list[str]:
        """As a person gives them to a command."""
        where = ["--data", str(self.path)]
        return where if self.database_url is None else [*where, "--database", self.database_url]


class OpenStudy:
    """`with study.open() as storage:`, ending nothing but a test when the store fails."""

    def __init__(self, settings: Settings) -> None:
        self._context = open_storage(settings, _end_process)

    def __enter__(self) -> Storage:
        return self._context.__enter__()

    def __exit__(self, *exception: object) -> None:
        self._context.__exit__(None, None, None)


def make_study(
    path: Path,
    new_database: Callable[[], str] | None = None,
    new_schema: Callable[[], str] | None = None,
) -> Study:
    """A new study in SQLite, or in a database that `new_database` makes.

    `new_schema` makes a database that has our tables already: migrations take longest here.
    """
    if new_database is None:
        shutil.copytree(_make_original(), path, dirs_exist_ok=True)
        return Study(path, None)
    url = (new_schema or new_database)()
    init_study(path, url)
    return Study(path, url, new_database)


@cache
def _make_original() -> Path:
    """An empty study in SQLite as `init` makes it, for copies."""
    folder = Path(tempfile.mkdtemp(prefix="doseline-study-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    init_study(folder / "study", None)
    return folder / "study"
