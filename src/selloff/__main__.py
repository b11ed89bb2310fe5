"""`python -m selloff` is the command line."""

from selloff.apps.cli import main

main()
