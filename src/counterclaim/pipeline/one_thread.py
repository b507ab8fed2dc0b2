"""One thread: products of small matrices are not shared out while a report is read.

numpy hands the products of the heads, a hundredth of a millisecond each, to as many threads as there are cores;
each thread then waits on its core for the next one. That costs more than it saves: on two cores two thirds of the
processor time of a reading. The encoders and the parser keep threads of their own, and are not touched.
"""

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

_NAMES = (
    "scipy_openblas_{}_num_threads64_",
    "scipy_openblas_{}_num_threads",
    "openblas_{}_num_threads",
)
"""What the functions are called in the libraries that come with numpy; ``{}`` is ``get`` or ``set``."""


class _Readers:
    """How many readings are under way in this process, and the number of threads before the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count = 0
        self.before = 1


_READERS = _Readers()


@contextmanager
def one_product_thread() -> Iterator[None]:
    """Keep numpy's products on the thread that asks for them; afterwards it has as many as before.

    Readings may overlap, in one thread or in several. Does nothing where numpy has another library than OpenBLAS.
    """
    found = _functions()
    if found is None:
        yield
        return
    ask, choose = found
    with _READERS.lock:
        _READERS.count += 1
        if _READERS.count == 1:
            _READERS.before = ask()
            choose(1)
    try:
        yield
    finally:
        with _READERS.lock:
            _READERS.count -= 1
            if _READERS.count == 0:
                choose(_READERS.before)


def product_threads() -> int | None:
    """Return how many threads numpy's products may take now; None where that cannot be told."""
    found = _functions()
    return None if found is None else found[0]()


@cache
def _functions() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """Return the functions that ask for the number of threads and choose it; None where there are none."""
    home = Path(np.__file__).parent
    for folder in (home.parent / "numpy.libs", home / ".dylibs"):
        for path in sorted(folder.glob("*openblas*")):
            try:
                library = ctypes.CDLL(str(path))  # numpy has it open: this is the same one
            except OSError:
                continue
            for name in _NAMES:
                ask = getattr(library, name.format("get"), None)
                choose = getattr(library, name.format("set"), None)
                if ask is not None and choose is not None:
                    ask.restype, ask.argtypes = ctypes.c_int, ()
                    choose.restype, choose.argtypes = None, (ctypes.c_int,)
                    return ask, choose
    return None
