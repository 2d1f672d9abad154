"""`python -m firmware_sim` is the same as the installed command."""

import sys

from firmware_sim.cli import main

sys.exit(main())
