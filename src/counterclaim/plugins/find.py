"""Finding: entry points of installed packages, and the loading of the one that is asked for."""

from importlib.metadata import EntryPoint, entry_points
from typing import Literal

from counterclaim.errors import CounterclaimError

Group = Literal["exporters", "importers", "lexicons", "sources"]


class PluginError(CounterclaimError):
    """A plugin cannot be used; the message names it and its package."""

    def __init__(self, group: Group, name: str, what: str, remedy: str) -> None:
        super().__init__(f"plugin {name!r} of counterclaim.{group}: {what}; {remedy}")


def plugin_names(group: Group) -> tuple[str, ...]:
    """Return the names that installed packages offer in a group, in the order of the alphabet."""
    return tuple(sorted({point.name for point in entry_points(group=f"counterclaim.{group}")}))


def load_plugin(group: Group, name: str) -> object | None:
    """Load what a package offers under a name; None where none does.

    Raises:
        PluginError: If two packages offer the name, or what is offered cannot be loaded.
    """
    found = tuple(entry_points(group=f"counterclaim.{group}", name=name))
    if not found:
        return None
    if len({point.value for point in found}) > 1:
        owners = " and ".join(sorted({_package(point) for point in found}))
        raise PluginError(group, name, f"{owners} both bring it", "uninstall one of them")
    try:
        return found[0].load()  # type: ignore[no-any-return]  # an entry point may be anything
    except Exception as error:
        what = f"it cannot be loaded ({type(error).__name__}: {error})"
        remedy = f"mend or uninstall {_package(found[0])}"
        raise PluginError(group, name, what, remedy) from error


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value
