"""A circuit session as a trainer writes it down on her tablet. SIMULATED, seeded, pure."""
