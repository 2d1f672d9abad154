"""`python -m gateway` is the same as the installed command."""

import sys

from gateway.cli import main

sys.exit(main())
