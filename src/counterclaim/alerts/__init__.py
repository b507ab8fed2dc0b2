"""Alerts: who wants to be told what, found in the ledger and sent once.

Takes rules in people's words and a ledger; gives matters, and messages by mail, webhook, feed and file, with what
became of each.
Never tells a thing twice on purpose, never sends to an address that its owner did not write down, and never keeps or
prints a secret.
"""
