"""PostgreSQL as the server's store: refused unless its settings keep what it acknowledges."""

from typing import Final

from sqlalchemy import Connection

from server.errors import SettingsError

# promises.md 5.4. remote_apply waits for more than "on" does, so it is as good.
REQUIRED_SETTINGS: Final = {
    "fsync": {"on"},
    "synchronous_commit": {"on", "remote_apply"},
    "full_page_writes": {"on"},
    "data_sync_retry": {"off"},
    "data_checksums": {"on"},
}
_REMEDY: Final = {
    "data_checksums": "stop it and run pg_checksums --enable, or make it with initdb -k",
}

WRITER_LOCK: Final = 0x646F7365  # "dose": one writing server a database
MIGRATION_LOCK: Final = 0x646F736D  # "dosm": one migration at a time


def check_settings(connection: Connection) -> None:
    """Raise SettingsError with every setting that could lose acknowledged data."""
    wrong = []
    for name, allowed in REQUIRED_SETTINGS.items():
        found = str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())
        if found not in allowed:
            remedy = _REMEDY.get(name, f"set {name} = {sorted(allowed)[0]} in postgresql.conf")
            wrong.append(f"{name} is {found} ({remedy})")
    if wrong:
        raise SettingsError("PostgreSQL could lose acknowledged data: " + "; ".join(wrong))


def hold_writer_lock(connection: Connection) -> None:
    """Hold the database for this server until the connection closes. Raises SettingsError."""
    query = f"SELECT pg_try_advisory_lock({WRITER_LOCK})"
    if not connection.exec_driver_sql(query).scalar_one():
        raise SettingsError(
            "another doseline server writes to this database; stop it, or use a database of its own"
        )
