"""Dose out of what straps sent: each number over the part of the evening that it is about."""
