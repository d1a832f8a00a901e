"""`python -m hequan.cli`: the same door as the command `hequan`."""

import sys

from hequan.cli import main

sys.exit(main())
