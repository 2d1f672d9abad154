"""Dose from perceived exertion: session load, its variants, and what weeks add up to. Pure."""
