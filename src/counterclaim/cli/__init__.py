"""The command line: each command parses its words, calls the desk, and prints.

Takes arguments; gives text on standard output, problems on standard error, and an exit code.
Never reads a report itself, and never prints colours into a pipe.
"""
