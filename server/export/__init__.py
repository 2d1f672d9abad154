"""Hands out what the server holds: the same data give the same bytes."""
