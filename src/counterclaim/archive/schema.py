"""The tables' columns and their types. ``day`` is the folder a row lies in, and is not written twice."""

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from counterclaim.archive.errors import ExtraError

if TYPE_CHECKING:
    import pyarrow as pa

_WHERE = "place:s place_id:s country:s latitude:f longitude:f"
COLUMNS = MappingProxyType(
    {
        "documents": "document:s item:i name:s title:s outlet:s author:s published:s day_basis:s copy_of:s score:f "
        "characters:i claims:i minima:s numbers:s reading:s",
        "claims": "document:s id:s kind:s act:s stance:s speakers:s hedged:b quote:s start:i end:i sentence:s "
        f"first_day:s last_day:s {_WHERE}",
        "figures": "document:s claim:s stance:s speakers:s low:i high:i qualifier:s outcome:s category:s "
        f"subgroup:s side:s relation:s measure:s period:s as_of:s background:b quote:s {_WHERE}",
        "events": "document:s claim:s type:s modes:s actors:s actor_codes:s recipients:s recipient_codes:s "
        f"telling:s score:f quad:i cameo:s quote:s start:i end:i time:s {_WHERE}",
        "problems": "document:s name:s code:s message:s start:i end:i",
        "let_go": "name:s reason:s score:f detail:s",
    }
)
"""By table: each column and its type: s words, i a whole number, f a number, b yes or no."""

BY_DAY = frozenset(COLUMNS) - {"let_go"}
"""Tables that are parted by day; what was let go has none."""


@cache
def schema_of(table: str) -> "pa.Schema":
    """Return a table's Arrow schema.

    Raises:
        ExtraError: If Arrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraError("pyarrow") from error
    types = {"s": pa.string(), "i": pa.int64(), "f": pa.float64(), "b": pa.bool_()}
    parts = (column.split(":") for column in COLUMNS[table].split())
    return pa.schema([(name, types[kind]) for name, kind in parts])
