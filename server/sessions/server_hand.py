"""Entries that no tablet made: written by the server, for a person or by itself."""

from typing import Final

SERVER_DEVICE: Final = "0" * 16  # the server's own hand; no tablet has this id
