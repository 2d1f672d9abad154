"""Who participants are: first names and emergency cards, in a database of their own.

Nothing that holds study data imports this package (pyproject.toml has the rule).
"""
