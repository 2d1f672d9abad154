"""A process that has loaded others' libraries, and forks one of our programs off for each request.

Libraries take most of a program's start. Our own modules are not among them: each child imports
them anew, so that a cycle among them shows as in a start from nothing.
"""

import gc
import importlib
import json
import os
import runpy
import socket
import sys
import time
from contextlib import suppress
from typing import TypedDict

# What `doseline-server` and its migrations load of others'.
LIBRARIES = (
    "alembic.autogenerate", "alembic.command", "alembic.config", "alembic.context", "argon2",
    "cryptography.hazmat.primitives.asymmetric.ed25519", "msgspec", "pydantic_settings",
    "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite",
)  # fmt: skip
LONGEST_REQUEST_BYTES = 1 << 18
LOOK_FOR_PARENT_EVERY_S = 1.0


class Request(TypedDict):
    """A program of ours (a package that `python -m` runs), its words, and where it runs."""

    program: str
    words: list[str]
    folder: str
    environment: dict[str, str]


def main() -> None:
    """Fork, one child at a time, as long as our parent lives; in each child, become a program.

    The parent gives us the socket on which it and others ask.
    """
    parent = os.getppid()
    _load_libraries()
    listening = socket.socket(fileno=int(sys.argv[1]))
    listening.settimeout(LOOK_FOR_PARENT_EVERY_S)
    while True:
        try:
            asked, _ = listening.accept()
        except TimeoutError:
            if os.getppid() != parent:
                return
            continue
        with asked:
            told, streams, _, _ = socket.recv_fds(asked, LONGEST_REQUEST_BYTES, 3)
            child = os.fork()
            if child == 0:
                break
            for stream in streams:
                os.close(stream)
            _, status = os.waitpid(child, 0)
            with suppress(BrokenPipeError):  # who asked was killed
                asked.send(str(os.waitstatus_to_exitcode(status)).encode())
    listening.close()
    _become(json.loads(told), streams)


def _load_libraries() -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    with suppress(ImportError):  # there is a wheel of it for some machines only
        importlib.import_module("pysqlite3")
    gc.freeze()


def _become(request: Request, streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.path[0] = request["folder"]
    sys.argv = [request["program"], *request["words"]]
    runpy.run_module(request["program"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
