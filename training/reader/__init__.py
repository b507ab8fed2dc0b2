"""Training of the reader: one encoder and small heads that say what each number, happening and name is."""
