"""Wire formats of chest straps: one module a format, bytes in, values out."""
