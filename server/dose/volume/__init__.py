"""Dose from sets: repetitions, holds, bands; as logged, as observed, the share between. Pure."""
