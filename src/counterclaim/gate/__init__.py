"""Gate: whether a text may tell of armed conflict, before anyone parses it.

Takes the beginning of a plain text; gives its score, and whether it may pass.
Never decides what a text says, and never lets a text go unseen: who uses it counts and lists those.

Door: ``open_gate``. Weights and their card: ``data/gate.npz``, ``data/gate.json``.
"""

from counterclaim.gate.model import Gate as Gate
from counterclaim.gate.model import GateError as GateError
from counterclaim.gate.model import open_gate as open_gate

__all__ = ["Gate", "GateError", "open_gate"]
