"""What is found in blood before and after a trial, and what a laboratory makes of it. Pure."""
