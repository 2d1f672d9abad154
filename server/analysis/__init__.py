"""Dose and blood together: one frame, statistics by a plan, what a published table can be."""
