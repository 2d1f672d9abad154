"""Statistics as pure functions: arrays in, a typed result with its notes out."""
