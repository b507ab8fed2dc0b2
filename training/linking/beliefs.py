"""The weights that are set by hand: for dated events, losses, ceasefires and positions no open gold exists.

    python -m training.linking.beliefs

Set on invented reports, and looked at on the development war corpus (``python -m bench war``); they are
beliefs, and say so in docs/linking.md. Unit: logarithm of odds.
"""

import json
import sys
from pathlib import Path

PATH = Path(__file__).parents[2] / "src" / "counterclaim" / "link" / "data" / "weights.json"

BELIEFS = {
    "events": {
        "constant": -5.5,
        "weights": {
            "same actor": 0.9, "same recipient": 0.9, "same place": 2.2, "same region": 0.4, "place within": 0.5,
            "same day": 1.5, "days apart": -1.2, "same mode": 0.8, "same word": 0.4, "wording": 5.0, "story": 0.8,
            "same sentence": -2.5, "answer": 1.2,
        },
    },
    "casualties": {
        "constant": -4.2,
        "weights": {
            "same recipient": 1.0, "same place": 2.2, "same region": 0.3, "place within": 0.5, "same day": 1.4,
            "days apart": -1.2, "same word": 0.2, "wording": 5.0, "story": 0.8, "same sentence": -4.0, "answer": 1.0,
        },
    },
    "ceasefires": {
        "constant": 2.1,
        "weights": {
            "same actor": 1.0, "same recipient": 0.8, "same day": 0.8, "days apart": -2.6, "wording": 1.5,
            "story": 0.5, "same terms": 1.2,
        },
    },
    "positions": {
        "constant": -3.5,
        "weights": {"same actor": 1.0, "same recipient": 0.8, "days apart": -0.7, "wording": 7.0, "story": 0.5},
    },
}


def main() -> int:
    """Put the beliefs into data/weights.json beside the fitted sets."""
    kept = json.loads(PATH.read_text("utf-8")) if PATH.exists() else {}
    for name, row in BELIEFS.items():
        kept[name] = {"constant": row["constant"], "threshold": 0.5, "weights": row["weights"]}
    PATH.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
