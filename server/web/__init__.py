"""HTTP at the edge: problems, health, who may call what, pages."""
