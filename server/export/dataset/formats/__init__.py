"""One file a format: rows of a table in, a file out. Another format is one more file."""
