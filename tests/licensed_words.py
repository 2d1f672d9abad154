"""Anchor packs for tests. The words are made up: no licensed wording is in this repository."""

HEAD = 'language = "fa"\nlicence = "77-A"\nlicensee = "Uni"\n'
BORG = f"""scale = "borg_6_20"
{HEAD}
[[anchors]]
number = 6
words = "made-up six"
[[anchors]]
number = 20
words = "made-up twenty"
"""
CR10 = BORG.replace("borg_6_20", "borg_cr10").replace("20", "10").replace("= 6", "= 0")
