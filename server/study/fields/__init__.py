"""What a study writes down of a participant and of her blood, as data: one field, one entry."""
