"""`python -m clinic_desk` and the `clinic-desk` command."""

import sys

from clinic_desk.cli import run


def main() -> int:
    """Run the command line; the result is the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
