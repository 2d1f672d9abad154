"""Copies of a study elsewhere, proof that they are whole, and the way back."""
