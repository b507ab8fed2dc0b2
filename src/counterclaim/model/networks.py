"""Networks: the two that score pieces, as ONNX sessions or whatever else runs them."""

from pathlib import Path
from typing import Protocol, cast

from counterclaim.model.labels import Floats, Ints


class Networks(Protocol):
    """The encoder, run once a window, and the role layers, run once a cue."""

    def encode(self, ids: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return hidden states and cue scores of windows.

        Args:
            ids: Piece ids. Shape: (windows, pieces).
            mask: 1 for a piece, 0 for padding. Shape: (windows, pieces).

        Returns:
            Hidden states, shape (windows, pieces, width), and scores (logits), shape
            (windows, pieces, CUE_LABELS).
        """
        ...

    def mark(self, hidden: Floats, mask: Ints, distance: Ints) -> Floats:
        """Return role scores (logits) of windows with one cue marked in each.

        Args:
            hidden: Shape: (cues, pieces, width).
            mask: Shape: (cues, pieces).
            distance: Signed distance of each piece to the cue, in pieces; 0 on it.
                Shape: (cues, pieces).

        Returns:
            Shape: (cues, pieces, ROLE_LABELS).
        """
        ...


class OnnxNetworks:
    """The two networks as ONNX sessions on the processor."""

    def __init__(self, encoder: Path, roles: Path, *, threads: int) -> None:
        import onnxruntime  # noqa: PLC0415 - a third of a second that --help must not pay

        onnxruntime.disable_telemetry_events()  # also where somebody imported it before us
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._encoder, self._roles = (
            onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            for path in (encoder, roles)
        )

    def encode(self, ids: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Run the encoder; see Networks."""
        found = self._encoder.run(["hidden", "cues"], {"ids": ids, "mask": mask})
        return cast("tuple[Floats, Floats]", tuple(found))

    def mark(self, hidden: Floats, mask: Ints, distance: Ints) -> Floats:
        """Run the role layers; see Networks."""
        inputs = {"hidden": hidden, "mask": mask, "distance": distance}
        return cast("Floats", self._roles.run(["roles"], inputs)[0])
