"""The linker: claims of many documents brought together, one document at a time, each with its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from counterclaim.link.bare_denials import find_answers
from counterclaim.link.claim_features import (
    Statement,
    cannot_be_one,
    compare,
    is_dated,
    keys_of,
    make_statement,
    near_keys,
)
from counterclaim.link.clustering import FORBIDDEN, Group, Groups
from counterclaim.link.comparison_cache import Memory
from counterclaim.link.document_clusters import Stories
from counterclaim.link.document_frequencies import Background, load_background
from counterclaim.link.labels import label_of
from counterclaim.link.origins import find_origins, index_origins, speaks_itself
from counterclaim.link.weights import Weights, load_weights
from counterclaim.link.wires import Wires, find_wires
from counterclaim.link.within_report import find_bonds
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Incident
from counterclaim.records.link import Link, SamenessJudgement, StatementOrigin
from counterclaim.records.problem import Problem, Step
from counterclaim.records.text import Document

RELATED = 0.5
"""Chance of one main happening from which two documents' claims are compared whatever their keys."""

PACKED = 200
"""Claims under one key beyond which it no longer brings any together: the bound of the work for one claim."""

COMPARED = 20
"""Claims of an incident, the latest before one, among which is sought what it agrees with best."""

_SETS = {
    "event": "events",
    "casualty": "casualties",
    "ceasefire": "ceasefires",
    "position": "positions",
    "withheld": "positions",
}


_compared: Memory[tuple[int, int, float], float | None] = Memory(200_000)
"""Chances by the numbers of two statements and their documents' chance of one story. The weights never change."""


class Linker:
    """Incidents over documents. A new document touches only the claims that its own may join.

    The incidents depend on the documents and judgements taken in, not on their order (but for keys so
    common that blocking lets them go: ``PACKED``).
    """

    def __init__(
        self, background: Background | None = None, judgements: Iterable[SamenessJudgement] = ()
    ) -> None:
        self._background = background or load_background()
        self.stories = Stories(self._background)
        self._weights = {kind: load_weights(name) for kind, name in _SETS.items()}
        self._undated = load_weights("events undated")
        self._documents: dict[str, Document] = {}
        self._statements: dict[str, Statement] = {}
        self._index: defaultdict[str, list[str]] = defaultdict(list)
        self._answers: dict[str, tuple[str, ...]] = {}
        self._groups = Groups(0.5, judgements)

    def add(
        self,
        document: Document,
        claims: Sequence[Claim],
        attributions: Sequence[Attribution] = (),
    ) -> frozenset[str]:
        """Take in a document's claims.

        Args:
            document: A text that is there already changes nothing.
            claims: All of the document's, or those of whole incidents.
            attributions: The document's: bare denials among them bear on what they answer.

        Returns:
            Ids of the claims whose incident may have changed: the document's own and their neighbours.
        """
        if document.id in self._documents:
            return frozenset()
        self._documents[document.id] = document
        related = {
            other for other, chance in self.stories.add(document).items() if chance >= RELATED
        }
        touched: set[str] = set()
        for claim in claims:
            touched |= self._take(make_statement(document, claim, self._background), related)
        told = sorted(claims, key=lambda claim: claim.span)
        for left, right in find_bonds(told):
            self._groups.bind(left, right)
        self._answers |= find_answers(told, attributions)
        return frozenset(touched)

    def _take(self, statement: Statement, related: Iterable[str]) -> set[str]:
        name = statement.claim.id
        if name in self._statements:
            return {name}
        found = {name}
        self._groups.add(name, statement.document_id)
        for other in sorted(self._neighbours(statement, related)):
            chance = self._compared(statement, self._statements[other])
            if chance is not None:
                self._groups.tie(name, other, chance)
                found.add(other)
            elif cannot_be_one(statement, self._statements[other]):
                self._groups.tie(name, other, FORBIDDEN)
        self._statements[name] = statement
        self._index[f"{statement.sort}|in {statement.document_id}"].append(name)
        for key in keys_of(statement):
            self._index[key].append(name)
        return found

    def _neighbours(self, statement: Statement, related: Iterable[str]) -> set[str]:
        keys = [*near_keys(statement), f"{statement.sort}|in {statement.document_id}"]
        keys += [f"{statement.sort}|in {document}" for document in related]
        found = (self._index.get(key, ()) for key in keys)
        return {name for names in found if len(names) <= PACKED for name in names}

    def _features(self, left: Statement, right: Statement) -> dict[str, float] | None:
        return compare(left, right, self.stories.chance(left.document_id, right.document_id))

    def _weights_for(self, left: Statement, right: Statement) -> Weights:
        kind = left.claim.kind
        if kind == "event" and not is_dated(left, right):
            return self._undated
        return self._weights[kind]

    def _link(self, left: Statement, right: Statement) -> Link | None:
        features = self._features(left, right)
        if features is None:
            return None
        return self._weights_for(left, right).link(left.claim.id, right.claim.id, features)

    def link(self, left: str, right: str) -> Link | None:
        """Say why two claims are or are not held to be of one happening; None when something forbids it."""
        return self._link(self._statements[left], self._statements[right])

    def likeliest(self, ones: Sequence[str], others: Sequence[str]) -> Link | None:
        """Return the link of the two claims, one of each group, that are most alike; None where all is forbidden.

        Args:
            ones: Ids of claims.
            others: Ids of claims of another group.
        """
        pairs = (sorted((one, other)) for one in ones for other in others)
        links = (self.link(left, right) for left, right in pairs)
        found = [link for link in links if link is not None]
        return max(found, key=lambda item: (item.chance, item.left, item.right), default=None)

    def judge(self, judgement: SamenessJudgement) -> None:
        """Let a judgement about two claims stand; it wins over every chance."""
        self._groups.judge(judgement)

    def problems(self) -> tuple[Problem, ...]:
        """Return the judgements that later ones overrule."""
        return self._groups.problems()

    def incidents(self, reached: AbstractSet[str] | None = None) -> tuple[Incident, ...]:
        """Return incidents, in order of their first claim's publication.

        Args:
            reached: Ids of claims: only incidents that hold one of them are given; all, where it is None.
        """
        groups = self._groups.all_groups()
        if reached is not None:
            groups = tuple(group for group in groups if not reached.isdisjoint(group))
        found = [self._incident(group) for group in groups]
        return tuple(sorted(filter(None, found), key=self._order))

    def groups(self) -> tuple[frozenset[str], ...]:
        """Return the ids of the claims of each incident, without working out the reasons."""
        known = self._statements.keys()
        found = (known & set(group) for group in self._groups.all_groups())
        return tuple(frozenset(group) for group in found if group)

    def incident_of(self, claim_id: str) -> Incident:
        """Return the incident that holds a claim."""
        incident = self._incident(self._groups.group_of(claim_id))
        assert incident is not None
        return incident

    def _order(self, incident: Incident) -> tuple[int, str, int, str]:
        first = self._statements[incident.claim_ids[0]]
        start = first.claim.span.start
        return (first.published or 0, first.document_id, start, incident.claim_ids[0])

    def _sorted(self, group: Group) -> list[Statement]:
        known = [self._statements[name] for name in group if name in self._statements]
        return sorted(
            known, key=lambda item: (item.published or 0, item.document_id, item.claim.span.start)
        )

    def _incident(self, group: Group) -> Incident | None:
        members = self._sorted(group)
        if not members:
            return None
        return Incident(
            label=label_of([item.claim for item in members]),
            kind=members[0].claim.kind,
            claim_ids=tuple(item.claim.id for item in members),
            attribution_ids=tuple(
                saying for item in members for saying in self._answers.get(item.claim.id, ())
            ),
            key=(members[0].sort,),
            trace=tuple(self._steps(members)),
        )

    def _steps(self, members: Sequence[Statement]) -> list[Step]:
        """Say for each claim but the first which earlier one it agrees with best, and why."""
        steps = []
        for index, item in enumerate(members[1:], 1):
            best = self._best(item, members[max(0, index - COMPARED) : index])
            rule = "judgement" if best is None else str(best)
            steps.append(Step("link", rule, item.claim.quote, item.claim.span))
        return steps

    def _best(self, item: Statement, earlier: Sequence[Statement]) -> Link | None:
        """Return the link with the claim that one agrees with best; only that one's reasons are worked out."""
        name = item.claim.id
        chances = [
            (chance, min(name, other.claim.id), -place)
            for place, other in enumerate(earlier)
            if (chance := self._chance(item, other)) is not None
        ]
        return self._link(item, earlier[-max(chances)[2]]) if chances else None

    def _chance(self, left: Statement, right: Statement) -> float | None:
        """Return the chance of one happening, as compared before where that was done."""
        return self._groups.chance(left.claim.id, right.claim.id) or self._compared(left, right)

    def _compared(self, left: Statement, right: Statement) -> float | None:
        story = self.stories.chance(left.document_id, right.document_id)

        def compared() -> float | None:
            features = compare(left, right, story)
            return None if features is None else self._weights_for(left, right).chance_of(features)

        early, late = left.serial, right.serial
        return _compared.get(
            (early, late, story) if early < late else (late, early, story), compared
        )

    def origins(self, incident: Incident) -> tuple[StatementOrigin, ...]:
        """Return who stands behind an incident's claims: one statement in many outlets is one origin."""
        claims = [self._statements[name].claim for name in incident.claim_ids]
        return find_origins(claims, self._homes(claims), self._wires(claims))

    def origin_index(
        self, incidents: Iterable[Incident], corrected: Mapping[str, Claim] | None = None
    ) -> dict[tuple[str, str], StatementOrigin]:
        """Return origins by claim id and speaker's root; ``report`` is the root of an outlet's own voice.

        Args:
            incidents: Their claims are known here.
            corrected: Claims as people corrected them, by id; as read, where none is given.
        """
        found: dict[tuple[str, str], StatementOrigin] = {}
        known = corrected or {}
        for incident in incidents:
            claims = [known.get(name, self._statements[name].claim) for name in incident.claim_ids]
            found |= index_origins(claims, self._homes(claims), self._wires(claims))
        return found

    def _wires(self, claims: Sequence[Claim]) -> Wires:
        """Bring the reports together by hand whose own words an incident's claims are."""
        own = {claim.document_id for claim in claims if speaks_itself(claim)}
        documents = (self._documents[name] for name in sorted(own))
        return find_wires(documents, self._background, one_matter=True)

    def _homes(self, claims: Sequence[Claim]) -> dict[str, Document]:
        return {claim.document_id: self._documents[claim.document_id] for claim in claims}


def link_documents(
    read: Iterable[tuple[Document, Sequence[Claim]]],
    judgements: Iterable[SamenessJudgement] = (),
    attributions: Sequence[Attribution] = (),
) -> Linker:
    """Link the claims of one document or of many.

    Args:
        read: Documents with their claims, in any order.
        judgements: About pairs of claim ids.
        attributions: Of these documents: bare denials among them bear on what they answer.
    """
    linker = Linker(judgements=judgements)
    for document, claims in read:
        own = [item for item in attributions if item.document_id == document.id]
        linker.add(document, claims, own)
    return linker
