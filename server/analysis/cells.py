"""A column of a study before it is a column of numbers: what everybody's cell holds."""

# A number, or the word of the one vocabulary that says why there is none.
Cell = float | str
Cells = dict[str, Cell]  # by participant's code
