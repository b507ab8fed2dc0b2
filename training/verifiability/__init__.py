"""Training of what tells whether a reader's proposition can be verified."""
