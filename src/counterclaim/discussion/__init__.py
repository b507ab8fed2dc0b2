"""Discussion: what readers do in the thread under a report.

Takes a Document and its Division; gives the comments with types, checkable spans and replies.
Never makes a reader a source: nothing said in a thread becomes a claim of the ledger.
"""

from counterclaim.discussion.thread import read_comments

__all__ = ["read_comments"]
