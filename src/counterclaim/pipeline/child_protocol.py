"""The wire between a process that files and one that reads: frames of a length and a pickled record.

Both ends are this program. What the reading end sends is trusted as far as the reading end is: the limits hold
hostile texts to their cost, and are no wall against code that has taken a process over.
"""

import pickle
import struct
from typing import Any, BinaryIO

from counterclaim.records.pickling import allow_mappings

HEAD = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    """Write one frame."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(HEAD.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one frame.

    Raises:
        EOFError: If the other end is gone.
    """
    (length,) = HEAD.unpack(_exactly(stream, HEAD.size))
    return pickle.loads(_exactly(stream, length))  # noqa: S301 - both ends are this program


def _exactly(stream: BinaryIO, length: int) -> bytes:
    found = stream.read(length)
    if len(found) < length:
        raise EOFError
    return found


allow_mappings()
