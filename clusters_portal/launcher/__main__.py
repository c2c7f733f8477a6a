"""`python3 -m clusters_portal.launcher COMMAND`: what the Makefile calls.

Written so that any Python 3 can read it: the first thing it does is to say which is needed.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "The portal needs Python 3.11 or newer; this is Python %d.%d."  # noqa: UP031
        " Install a newer one, or name it: make run PYTHON=python3.12" % sys.version_info[:2]
    )

from clusters_portal.launcher.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
