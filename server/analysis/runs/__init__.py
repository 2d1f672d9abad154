"""Runs of the console: an analysis begun on a page, its log, and what must be read before it."""
