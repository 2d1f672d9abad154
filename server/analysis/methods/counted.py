"""A number with its word, one or many."""


def count(n: int, word: str) -> str:
    """ "1 participant", "2 participants"."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def be(n: int) -> str:
    """ "is" of one, "are" of more."""
    return "is" if n == 1 else "are"
