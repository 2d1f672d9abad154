"""Simulated straps, their wearers and their radio. Everything it makes is SIMULATED data."""
