"""Is a published table of two arms at two times arithmetically possible? Pure.

`check.check_summary` takes typed cells (`table`) and returns findings; `reading` makes the cells
from TOML text. Every range runs over all data that give the printed numbers.
"""
