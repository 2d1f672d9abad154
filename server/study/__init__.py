"""Who takes part, as study data know them: by code, never by name."""
