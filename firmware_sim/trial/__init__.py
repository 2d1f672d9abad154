"""What straps of a whole trial sent, told from what was entered. SIMULATED, seeded, pure."""
