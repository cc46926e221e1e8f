"""`python -m cbm`: the command line."""

import sys

from cbm.cli import main

sys.exit(main())
