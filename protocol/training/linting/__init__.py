"""What contradicts itself in a training plan: one function a rule, one table of them."""
