"""Bench: the project measured, with the command that makes every figure again.

``python -m bench TASK IN.jsonl OUT.jsonl`` runs one task over rows of JSON; ``python -m bench report``
measures on the corpora beside the checkout, where they are, and writes ``bench/results``.
"""
