"""Login throttle: how often a name or an address may try a password."""

from counterclaim.serve.people.rate_limit import Limiter


class Logins:
    """The limits of one workbench: by name and address together, by address, and by name."""

    def __init__(self) -> None:
        """Begin with nobody counted."""
        self._pairs = Limiter(5, 300)
        self._origins = Limiter(30, 300)
        self._names = Limiter(100, 3600)

    def wait(self, name: str, origin: str) -> int:
        """Return the seconds until a further attempt is taken; 0, and the attempt is counted.

        A name under attack from elsewhere stays open to its owner's own address for long: only a hundred
        wrong passwords in an hour close it to all.
        """
        keys = self._keys(name, origin)
        longest = max(limiter.wait(key) for limiter, key in keys)
        if longest:
            return int(longest) + 1
        for limiter, key in keys:
            limiter.count(key)
        return 0

    def succeeded(self, name: str, origin: str) -> None:
        """Forget the attempts of a name at an address that then knew its password."""
        limiter, key = self._keys(name, origin)[0]
        limiter.forget(key)

    def _keys(self, name: str, origin: str) -> tuple[tuple[Limiter, str], ...]:
        folded = name.casefold()[:200]
        return (
            (self._pairs, f"{origin}|{folded}"),
            (self._origins, origin),
            (self._names, folded),
        )
