"""Dose from a heart: judged heart rates and beats, and what is summed over them. Pure."""
