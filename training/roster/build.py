"""Makes the roster: python training/roster/build.py [--shared ../shared]

From PETRARCH's actor and agent dictionaries (MIT, Open Event Data Alliance) a compact file of names
with dated roles, and agent nouns with their sectors: src/counterclaim/lexicon/data/roster.txt.gz.
"""

import argparse
import gzip
import json
from pathlib import Path

TARGET = Path(__file__).parents[2] / "src/counterclaim/lexicon/data/roster.txt.gz"
SECTORS = {"HLH": "MED", "MED": "JRN", "DEV": "SOC", "ENV": "SOC", "HRI": "SOC", "INS": "REB", "SEP": "REB", "RAD": "REB",
           "MUS": "REL", "CHR": "REL", "HIN": "REL", "JEW": "REL", "BUD": "REL", "PPL": "CVL"}
KNOWN = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP REL SOC".split())
BODIES = {"IGO", "NGO", "NGM", "IMG", "MNC"}


def sectors(code):
    """Cut a run of three-letter codes into PLOVER sectors, in order, each once."""
    found = [SECTORS.get(code[i:i + 3], code[i:i + 3]) for i in range(0, len(code), 3)]
    return [item for item in dict.fromkeys(found) if item in KNOWN]


def day(words):
    """Read YYMMDD: two-digit years above 20 are of the last century."""
    year = int(words[:2])
    return f"{(19 if year > 20 else 20)}{year:02d}-{words[2:4]}"


def role(text):
    code, _, dates = text.partition(" ")
    country, rest = code[:3], code[3:]
    if country in BODIES and rest[:3] in {"UNO", "EUR", "EEC"}:
        country, rest = {"EEC": "EUR"}.get(rest[:3], rest[:3]), rest[3:]
    found = sectors(rest)
    if not country.isalpha() or country == "MNC":
        return None
    first = last = ""
    if dates.startswith(">"):
        first = day(dates[1:])
    elif dates.startswith("<"):
        last = day(dates[1:])
    elif "-" in dates:
        first, last = (day(part) for part in dates.split("-", 1))
    return " ".join([country, "+".join(found), first, last]).rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = parser.parse_args().shared / "data" / "actors"
    lines = []
    for line in (folder / "petrarch_agents.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found = sectors(row["code"].strip("~"))
        if found:
            words = [" ".join(word.split()) for word in (row["agent"], row["plural"]) if word]
            lines.append("A\t" + ";".join(word.lower() for word in words) + "\t" + "+".join(found))
    for line in (folder / "petrarch_actors.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        try:
            roles = [item for item in map(role, row["codes"]) if item]
        except ValueError:
            continue
        plain_state = any(len(code.split()[0]) == 3 and " " not in code for code in row["codes"])
        if not roles or (plain_state and row["src"].startswith("Phoenix.Countries")):
            continue
        names = [" ".join(name.lower().split()) for name in [row["name"], *row["aliases"]] if len(name) > 2]
        lines.append("N\t" + ";".join(names) + "\t" + ",".join(roles))
    TARGET.parent.mkdir(exist_ok=True)
    with gzip.GzipFile(TARGET, "wb", mtime=0) as stream:
        stream.write("\n".join(sorted(set(lines))).encode("utf-8"))
    print(f"{len(lines)} lines, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
