"""Publish: chosen incidents and accounts as pages that need no server, as sheets on paper, and copies of their sources.

Takes a ledger and what is chosen of it; gives a folder of a site, one printable page, or a WARC of the reports as they were read.
Never publishes what nobody chose, never says who is right, and never puts anything from outside on a page but as words.
"""
