"""Borders: whose land a place is, on a day, and whether some wording agrees with that."""

from dataclasses import dataclass
from datetime import date

from counterclaim.atlas.areas import Holding, find_area, find_holdings, holding_on
from counterclaim.atlas.countries import find_country
from counterclaim.atlas.frontiers import country_at, frontier_within, nearest_country
from counterclaim.atlas.gazetteer import Gazetteer
from counterclaim.atlas.polygons import Polygon, areas_at, load_polygons
from counterclaim.records.place import Agreement, LandWord, Place, Sovereignty

EDGE_KM = 7.0
"""Nearer than this to a disputed area's edge, the polygon may be wrong about the side: 95 of 100
errors of the coarser layer lie within it (measured on 30,004 places of 13 countries)."""

FAR_KM = 1000.0
"""Edges farther away than this are not worth telling."""

NEAREST_KM = 25.0
"""A bare point off all outlines takes the country of the nearest town or land only within this
distance."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How words such as ``inside Armenia`` stand to what is recognised."""

    agreement: Agreement
    reason: str
    """One sentence for the reader."""


def sovereignty(
    place: Place, on: date | None, *, gazetteer: Gazetteer | None = None
) -> Sovereignty:
    """Say whose land a place is on a day: who is recognised, who held it, who claims it.

    Accepts:
      1. a named place with a point     recognised country by the gazetteer's code for it, unless
                                        the table of recognition says otherwise for an area that
                                        holds the point, or for the place itself
      2. a disputed area by name        as the table of recognition has it
      3. a bare point                   the country whose outline holds it; off all outlines, the
                                        nearest town's or outline's within ``NEAREST_KM``
      4. a country, or no place         not computable, and said so in ``note``

    Args:
        place: As it was resolved.
        on: The day asked for. Without one, ``held_by`` stays None where it changed over time, and
            the note lists the changes.
        gazetteer: For bare points off all outlines only.

    Returns:
        Codes are ISO alpha-2; claimants without a code are named. Distances in kilometres.

    Source:
        data/recognition.csv; data/disputed_areas.json (Natural Earth 4). Measured: of 235,062 towns
        250 get another country than GeoNames' code, each by the table of recognition.
    """
    area_code = _after(place.gazetteer_id, "area:")
    if area_code is not None:
        return _of_area(area_code, place, on)
    if place.precision == "country" or _after(place.gazetteer_id, "iso:") is not None:
        return _of_country(place)
    if place.latitude is None or place.longitude is None:
        return _unknown(
            f"“{place.name}” is not in the gazetteer, so its country is not computable."
        )
    return _of_point(place, place.latitude, place.longitude, on, gazetteer)


def compare_wording(said: str, found: Sovereignty) -> Wording:
    """Set words such as ``inside Armenia`` beside what is recognised.

    Args:
        said: ISO alpha-2 of the country that the words name.
        found: What ``sovereignty`` gave for the place.

    Returns:
        ``consistent`` or ``inconsistent`` with the recognised country; ``not computable`` where no
        place was named or sovereignty is unsettled. Says nothing on who ought to hold the place.
    """
    named = _name(said)
    if found.recognised is None:
        if found.disputed_area is None or said in found.claimants:
            return Wording("not computable", found.note or "The country is not known.")
        claims = _list(found.claimants)
        reason = f"Sovereignty is unsettled between {claims}; {named} is not among them."
        return Wording("inconsistent", reason)
    home = find_country(found.recognised)
    same = said == found.recognised or (home is not None and home.of == said)
    recognised = _name(found.recognised)
    reason = f"Recognised as {recognised} ({found.basis})"
    if found.disputed_area is not None and found.disputed_area != recognised:
        reason += f"; in {found.disputed_area}"
        if found.held_by is not None:
            reason += f", held {_day(found.on)}by {found.held_by}"
    return Wording("consistent" if same else "inconsistent", f"{reason}; the words say {named}.")


def compare_holding(said: LandWord, holder: str | None, found: Sovereignty) -> Wording:
    """Set ``occupied`` or ``held by`` beside who held the place on the day.

    Args:
        said: ``occupied`` (its holder is not its sovereign) or ``held``.
        holder: ISO alpha-2 of the holder that the words name; None when they name none.
        found: What ``sovereignty`` gave for the place on that day.

    Returns:
        ``not computable`` unless the table says who is recognised and who held the place, beyond
        doubt: it knows disputed areas, not the front of a war.
    """
    if found.recognised is None:
        return Wording("not computable", found.note or "The recognised country is not known.")
    if found.held_by is None:
        return Wording("not computable", _unheld(found))
    reason = f"Recognised as {_name(found.recognised)}, held {_day(found.on)}by {found.held_by}"
    if found.is_uncertain:
        return Wording("not computable", f"{reason}; control is uncertain.")
    is_own = _name(found.recognised) in found.held_by
    if said == "occupied" and is_own:
        return Wording("inconsistent", f"{reason}; the words say it is occupied.")
    if holder is None:
        return Wording("consistent", f"{reason}.")
    agreement: Agreement = "consistent" if _name(holder) in found.held_by else "inconsistent"
    return Wording(agreement, f"{reason}; the words say {_name(holder)}.")


def _unheld(found: Sovereignty) -> str:
    where = found.disputed_area or "a place outside the disputed areas"
    when = "on that day" if found.on is not None else "without a day"
    return f"Who held {where} {when} is not in the table."


def _of_country(place: Place) -> Sovereignty:
    where = f"{place.within} {place.name}" if place.within else place.name
    return _unknown(
        f"“{where}” names a country and no place in it: whose land it was is not computable."
    )


def _of_area(code: str, place: Place, on: date | None) -> Sovereignty:
    polygon = load_polygons().get(code)
    row = holding_on(code, on)
    if row is None and polygon is None:
        return _unknown(f"The table of recognition says nothing of “{place.name}”.", on)
    area = find_area(code)
    name = place.name if area is None else area.name
    return _overlaid(name, code, polygon, place.country, on=on)


def _of_point(
    place: Place, latitude: float, longitude: float, on: date | None, gazetteer: Gazetteer | None
) -> Sovereignty:
    country, basis, note = place.country, "GeoNames country code", None
    if country is None:
        country, basis, note = _country_of_point(latitude, longitude, gazetteer)
    own = place.gazetteer_id
    if own is not None and find_holdings(own):
        return _overlaid(place.name, own, None, country, on=on)
    for polygon in areas_at(latitude, longitude):
        distance = polygon.distance_km(latitude, longitude)
        if distance < EDGE_KM and country is not None and country not in _involved(polygon):
            continue  # a neighbour's place on the wrong side of a rough line
        return _overlaid(polygon.name, polygon.code, polygon, country, on=on, distance=distance)
    if country is not None and find_holdings(f"iso:{country}"):
        return _overlaid(_name(country), f"iso:{country}", None, country, on=on)
    near = _nearest_area(country, latitude, longitude)
    if near is not None and near[1] < EDGE_KM:
        note = f"{_km(near[1])} from the edge of {near[0].name}: the line may be off by as much."
    if country is None and note is None:
        note = "No country is known for this point."
    return Sovereignty(
        recognised=country,
        basis=basis if country is not None else "none",
        on=on,
        distance_km=None if near is None else round(near[1], 1),
        note=note,
    )


def _country_of_point(
    latitude: float, longitude: float, gazetteer: Gazetteer | None
) -> tuple[str | None, str, str | None]:
    """Return the country of a point without a name, on what that rests, and a word of caution."""
    country = country_at(latitude, longitude)
    if country is not None:
        km = frontier_within(country, latitude, longitude, EDGE_KM)
        near = "" if km is None else f", {_km(km).lower()} from the drawn border or coast"
        return country, "Natural Earth outline", f"A bare point{near}."
    town = None if gazetteer is None else gazetteer.nearest_town(latitude, longitude)
    coast = nearest_country(latitude, longitude, NEAREST_KM)
    if town is not None and town[1] <= (NEAREST_KM if coast is None else coast[1] + EDGE_KM):
        note = f"A bare point: {town[1]:.0f} km from {town[0].name}."
        return town[0].country, "country code of the nearest town", note
    if coast is None:
        return None, "none", None
    note = f"A bare point at sea, {coast[1]:.0f} km from the nearest land drawn."
    return coast[0], "nearest Natural Earth outline", note


def _overlaid(
    name: str,
    code: str,
    polygon: Polygon | None,
    country: str | None,
    *,
    on: date | None,
    distance: float | None = None,
) -> Sovereignty:
    """Tell what the table of recognition, or an undated polygon, says of a place."""
    rows = find_holdings(code)
    km = None if distance is None else round(distance, 1)
    if not rows:
        assert polygon is not None, "a code has rows, or a polygon, or both"
        return _undated(polygon, country, on, km)
    row = holding_on(code, on) or rows[-1]
    silent = on is not None and not row.covers(on)
    held_by = None if silent or (on is None and len(rows) > 1) else row.held_by
    claimants = row.claimants
    if on is None:
        claimants = tuple(dict.fromkeys(code for every in rows for code in every.claimants))
    return Sovereignty(
        recognised=row.recognised,
        basis=row.basis or "practice",
        disputed_area=name,
        held_by=held_by,
        is_uncertain=held_by is not None and row.control == "uncertain",
        claimants=claimants,
        on=on,
        distance_km=km,
        note=_note(row, rows, on, km),
    )


def _undated(
    polygon: Polygon, country: str | None, on: date | None, km: float | None
) -> Sovereignty:
    holder = None if polygon.holder is None else _name(polygon.holder)
    claimants = dict.fromkeys(
        code for code in (polygon.holder, *polygon.claimants) if code is not None
    )
    return Sovereignty(
        recognised=country or polygon.home,
        basis="GeoNames country code" if country is not None else "Natural Earth",
        disputed_area=polygon.name,
        held_by=holder,
        claimants=tuple(claimants),
        on=on,
        distance_km=km,
        note="Natural Earth (2017) gives holder and claims without dates.",
    )


def _note(
    row: Holding, rows: tuple[Holding, ...], on: date | None, distance: float | None
) -> str | None:
    parts: list[str] = []
    if row.recognised is None:
        parts.append(f"Sovereignty is unsettled, claimed by {_list(row.claimants)}.")
    if on is None and len(rows) > 1:
        parts.append("Without a day, who held it is open: " + "; ".join(map(_period, rows)) + ".")
    elif on is not None and not row.covers(on):
        parts.append(f"The table says nothing of {on.isoformat()}.")
    else:
        if row.control == "uncertain":
            parts.append("Control on that day is uncertain.")
        if row.note is not None:
            parts.append(row.note[0].upper() + row.note[1:] + ".")
    if distance is not None and distance < EDGE_KM:
        parts.append(f"{_km(distance)} from the area's edge: the line may be off by as much.")
    return " ".join(parts) or None


def _km(distance: float) -> str:
    return "Less than 1 km" if distance < 1 else f"{distance:.0f} km"


def _period(row: Holding) -> str:
    since = "" if row.since is None else f"from {row.since.isoformat()} "
    until = "" if row.until is None else f"to {row.until.isoformat()} "
    return f"{since}{until}{row.held_by}"


def _nearest_area(
    country: str | None, latitude: float, longitude: float
) -> tuple[Polygon, float] | None:
    """Find the nearest disputed area that is recognised as the same country's."""
    found: tuple[Polygon, float] | None = None
    for polygon in load_polygons().values():
        if country is not None and country in _countries_of(polygon):
            km = polygon.distance_km(latitude, longitude)
            if km < (FAR_KM if found is None else found[1]):
                found = polygon, km
    return found


def _countries_of(polygon: Polygon) -> frozenset[str]:
    rows = find_holdings(polygon.code)
    recognised = {row.recognised for row in rows if row.recognised is not None}
    if recognised:
        return frozenset(recognised)
    return frozenset(code for code in (polygon.holder, *polygon.claimants) if code is not None)


def _involved(polygon: Polygon) -> frozenset[str | None]:
    """Collect the countries that have to do with an area."""
    rows = find_holdings(polygon.code)
    claimants = [code for row in rows for code in (row.recognised, *row.claimants)]
    return frozenset((polygon.home, polygon.holder, *polygon.claimants, *claimants))


def _unknown(note: str, on: date | None = None) -> Sovereignty:
    return Sovereignty(recognised=None, basis="not computable", on=on, note=note)


def _after(code: str | None, prefix: str) -> str | None:
    return code[len(prefix) :] if code is not None and code.startswith(prefix) else None


def _name(code: str) -> str:
    country = find_country(code) if len(code) == 2 else None
    return code if country is None else country.name


def _list(codes: tuple[str, ...]) -> str:
    return ", ".join(map(_name, codes)) or "nobody known"


def _day(on: date | None) -> str:
    return "" if on is None else f"on {on.isoformat()} "
