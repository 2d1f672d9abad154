"""Tablets of the study: enrolled once by a code, revoked for good, and what a revoked one had."""
