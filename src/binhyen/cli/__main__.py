"""Entry for `python -m binhyen.cli`."""

import sys

from binhyen.cli.main import main

sys.exit(main())
