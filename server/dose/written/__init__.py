"""Dose of what people wrote down, without any sensor: a session's entries to numbers. Pure."""
