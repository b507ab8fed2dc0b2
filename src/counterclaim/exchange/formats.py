"""Formats: one writer for each, by name; packages may bring further ones."""

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
from counterclaim.plugins import PluginError, load_plugin, plugin_names
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


def format_names() -> tuple[str, ...]:
    """Return the names of all formats: the house's own, then those that packages bring."""
    return (*FORMATS, *(name for name in plugin_names("exporters") if name not in FORMATS))


def find_format(name: str) -> Format:
    """Return a format by name: the house's own before a package's.

    Raises:
        PluginError: If a package's cannot be used, or there is none of the name.
    """
    if name in FORMATS:
        return FORMATS[name]
    found = load_plugin("exporters", name)
    if not callable(found):
        raise PluginError("exporters", name, "it is no function", "see docs/plugins.md")

    def write(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
        losses = found(rows, stream)
        if not isinstance(losses, Losses):
            raise PluginError("exporters", name, "it tells no losses", "see docs/plugins.md")
        return losses

    return Format(name, write, (found.__doc__ or name).strip().splitlines()[0])
