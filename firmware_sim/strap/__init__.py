"""Straps as their firmware behaves: sans-IO, with bytes written by hand."""
