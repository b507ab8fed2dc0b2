"""Formats: one writer for each, by name, with the suffix of its files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TextIO

from counterclaim.exchange.acled import write_acled
from counterclaim.exchange.annotation import write_annotation
from counterclaim.exchange.ftm import write_ftm, write_ftm_statements
from counterclaim.exchange.gdelt import write_gdelt
from counterclaim.exchange.geojson import write_geojson
from counterclaim.exchange.hxl import write_hxl
from counterclaim.exchange.losses import Losses
from counterclaim.exchange.plover import write_plover, write_polecat
from counterclaim.exchange.schema_org import write_schema_org
from counterclaim.exchange.ucdp import write_ucdp
from counterclaim.records.flat import FlatRow

Write = Callable[[Iterable[FlatRow], TextIO], Losses]
"""Writes rows of the table ``claims`` to a stream, and returns what was lost."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the field."""

    name: str
    write: Write
    what: str


_ALL = (
    Format("acled", write_acled, "event rows in ACLED's columns (CSV)"),
    Format("ucdp", write_ucdp, "deaths by happening in UCDP GED's columns (CSV)"),
    Format("plover", write_plover, "PLOVER records (JSON lines)"),
    Format("polecat", write_polecat, "event rows in POLECAT's columns (tab-separated)"),
    Format("gdelt2", write_gdelt, "event rows in GDELT 2's columns (tab-separated, no header)"),
    Format("hxl", write_hxl, "casualty figures with HXL tags (CSV)"),
    Format("geojson", write_geojson, "a feature for each claim, with all its fields (RFC 7946)"),
    Format("ftm", write_ftm, "FollowTheMoney entities (JSON lines)"),
    Format("ftm-statements", write_ftm_statements, "FollowTheMoney statements (CSV)"),
    Format("annotation", write_annotation, "W3C Web Annotations with PROV (JSON-LD)"),
    Format("schema-org", write_schema_org, "schema.org Claims, without ratings (JSON-LD)"),
)

FORMATS: Mapping[str, Format] = MappingProxyType({item.name: item for item in _ALL})
"""Formats of the field by name."""
