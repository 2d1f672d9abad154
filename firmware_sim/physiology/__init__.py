"""Simulated wearers: hearts and chests that follow a circuit session. Seeded, and SIMULATED."""
