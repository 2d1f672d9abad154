"""Who runs a command: the name that this machine knows her by."""

import getpass
import os


def read_operator() -> str:
    """`os:NAME`, so that it can't be taken for somebody who signed in."""
    try:
        return f"os:{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user without a name
        return f"os:{os.getuid()}"
