"""Figures as SVG text: pure, the same data give the same picture. One file a figure."""
