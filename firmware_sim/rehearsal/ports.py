"""Ports of this machine."""

import socket

from firmware_sim.rehearsal.chain_commands import LOOPBACK


def find_free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
