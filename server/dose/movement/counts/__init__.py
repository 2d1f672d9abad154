"""Activity counts as an ActiGraph makes them, by the published open algorithm."""
