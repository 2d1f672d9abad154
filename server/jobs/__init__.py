"""Work that somebody begins on a page and waits for: one at a time, its files in a folder."""
