"""Training: scripts that make the data files that ship; never imported by the package."""
