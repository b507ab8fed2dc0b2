"""What coders share of a document stands in one order, however Python shuffles its sets."""

from itertools import permutations

from counterclaim.coders.ceasefires.sides import Sides
from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.text import Document


def test_context_belligerents_that_the_report_is_not_at_home_with_come_by_name() -> None:
    parties = [Party(name, None, "state") for name in ("Kestria", "Ardenia", "Lowland", "Ost")]
    for left, right in permutations(parties, 2):
        setting = DocumentContext(Document(text="War."), (), Resolution(), fights=((left, right),))
        roots = [party.root for party in setting.belligerents]
        assert roots == sorted(roots)


def test_context_sides_of_a_truce_that_the_report_is_not_at_home_with_come_by_name() -> None:
    parties = [Party(name, None, "state") for name in ("Kestria", "Ardenia", "Lowland", "Ost")]
    by_root = {party.root: party for party in parties}
    for left, right in permutations(by_root, 2):
        sides = Sides({frozenset({left, right}): 1}, by_root, (), frozenset())
        roots = [party.root for party in sides.both()]
        assert roots == sorted((left, right))
