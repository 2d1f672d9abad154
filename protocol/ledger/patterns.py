"""Regular expressions that mean the same in Python, in JSON schema and in a browser."""

from typing import Final

UUID7_FORM: Final = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def whole(form: str) -> str:
    """A pattern that matches a text of this form and nothing else.

    Python's `$` lets a line's end after it pass, JavaScript's doesn't.
    """
    return rf"^{form}$(?!\n)"
