"""Gateways, their tokens, and the straps they may record."""
