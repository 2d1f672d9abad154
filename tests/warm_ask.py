"""Stands for `python -m PROGRAM`: has a command run by the warm process that listens at ADDRESS.

Usage: python warm_ask.py ADDRESS PROGRAM WORDS … . What serves until it is killed is started from
nothing, in this very process.
"""

import json
import os
import socket
import sys

SERVES = "serve"


def main() -> int:
    address, program, *words = sys.argv[1:]
    if words[0] == SERVES:
        os.execv(sys.executable, [sys.executable, "-P", "-m", program, *words])  # noqa: S606
    request = {
        "program": program,
        "words": words,
        "folder": os.getcwd(),  # noqa: PTH109 - pathlib takes as long as the rest
        "environment": dict(os.environ),
    }
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        line.connect(address)
        socket.send_fds(line, [json.dumps(request).encode()], [0, 1, 2])
        return int(line.recv(16))


if __name__ == "__main__":
    sys.exit(main())
