"""The database: engines whose settings are proven at start, one edge that commits, migrations."""
