"""From a strap's clock to UTC: when each sample was taken, what is missing, how sure that is."""
