"""Training: how the data files and weights that ship were made; never imported by the package."""
