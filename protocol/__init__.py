"""Shared contracts of doseline's three programs: wire formats, messages, names, errors.

No I/O, no clock, no logging, no randomness; imports the standard library and msgspec only.
"""
