"""The report shipped with the package: public facts of October 2020, in our own words."""

from datetime import date
from importlib.resources import files

from counterclaim.records.text import Document


def demo_document() -> Document:
    """Return the demo report with its day, its title and the reader thread under it."""
    return Document(
        text=(files("counterclaim.pipeline") / "demo.txt").read_text("utf-8"),
        published=date(2020, 10, 14),
        outlet="the demo desk",
        title="Strikes inside Armenia admitted as a ceasefire frays",
        name="demo",
    )
