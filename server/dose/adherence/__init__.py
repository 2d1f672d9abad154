"""How much of what was prescribed was done, and why not the rest. Pure."""
