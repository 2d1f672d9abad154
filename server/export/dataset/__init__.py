"""The study as tidy tables for a stranger: no names, no dates, one vocabulary, a codebook."""
