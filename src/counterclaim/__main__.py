"""``python -m counterclaim`` runs the command line, as ``counterclaim`` does."""

from counterclaim.cli.app import main

if __name__ == "__main__":
    main()
