"""Secondary questions about those who came: per protocol, and the effect among compliers. Pure.

The primary analysis is of everybody as randomised; nothing here replaces it.
"""
