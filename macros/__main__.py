"""`python -m macros`: the same as the command `guide`."""

import sys

from macros.cli import main

sys.exit(main())
