"""What linking sees of the ledger: rows under the ids that they were filed under."""

from counterclaim.ledger.codec import dump
from counterclaim.ledger.linking_view import _claim
from tests.happenings import claim, document, killed


def test_ledger_a_claim_filed_by_an_earlier_version_keeps_its_id() -> None:
    told = claim(document("Twelve people of Kestria died in the market at Kel."), killed(12))
    found = _claim("c-earlier", dump(told))
    assert found.id == "c-earlier"
    assert found.payload == told.payload
