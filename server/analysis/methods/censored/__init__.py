"""What becomes of the comparison when values outside an assay's limits aren't left out. Pure."""
