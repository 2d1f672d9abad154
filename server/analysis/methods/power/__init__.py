"""How many participants a design needs, and what a given number of them can show. Pure.

The effect is one that is named before there are data: power at an observed effect is only its
p-value in other words (Hoenig and Heisey 2001), and nothing here takes data.
"""
