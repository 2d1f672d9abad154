"""What a session was for a body: pure formulas over what was decoded and written down."""
