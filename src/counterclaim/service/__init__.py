"""Service: what people do with a ledger, for the command line, the pages and the API alike.

Takes readings, judgements and questions; gives filed rows, views of the ledger and accounts.
Never reads a report's words, and never writes over a row.
"""
