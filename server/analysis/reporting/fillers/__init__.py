"""What data say for items of checklists: pure functions of a study's facts, by topic."""
