"""The command line: each command parses its words, calls the pipeline or a service, and prints.

Takes arguments; gives text on standard output, problems on standard error, and an exit code.
Never reads a report itself, and never prints colours into a pipe.
"""
