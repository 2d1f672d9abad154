"""Where each table comes from: one file a table, and one line in `ALL` of `tables.py`."""
