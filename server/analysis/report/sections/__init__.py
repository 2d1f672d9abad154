"""Sections of the report: one a file, and one line in `ALL` of `writing.py`."""
