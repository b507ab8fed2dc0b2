"""An exporter: claims with a point, as KML for Google Earth."""

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape

from counterclaim.exchange.cells import many, point, said_by
from counterclaim.exchange.losses import Losses
from counterclaim.records.flat import FlatRow

CARRIED = ("id", "quote", "sentence", "speakers", "stance", "latitude", "longitude")


def write_kml(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write KML: a mark for each claim with a told point."""
    losses = Losses("kml", CARRIED)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
    for row in rows:
        where = point(row)
        if where is None:
            losses.skip(row, "it has no point")
            continue
        north, east = where
        name = escape(" & ".join(many(row, "speakers")) or "the report")
        stream.write(
            f'<Placemark id="{escape(str(row["id"]))}"><name>{name}</name>'
            f"<description>{escape(said_by(row))}</description>"
            f"<Point><coordinates>{east},{north}</coordinates></Point></Placemark>\n"
        )
        losses.carry(row)
    stream.write("</Document></kml>\n")
    return losses
