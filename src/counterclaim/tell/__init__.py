"""Tell: incidents, statuses and acts in plain words, the same on a page, in a terminal and for programs.

Takes claims and findings; gives titles, questions and sentences that need no codebook.
Never reads a report, never decides a status, and never says more than the claims do.

Doors: ``titles.title_of``, ``words``. Words of happenings: ``happenings.yaml``.
"""
