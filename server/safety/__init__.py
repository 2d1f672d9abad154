"""Limits that a clinician signs for the study, and whom to call."""
