"""A closed session's records in a tenth of the room; the same bytes come back."""
