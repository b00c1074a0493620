"""Runs a generator's ONNX file on the processor: one session a process, without spinning threads."""

from pathlib import Path

import numpy as np
import onnxruntime
from django.conf import settings
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as runtime
from PIL import Image

from imaging.errors import GeneratorUnfitError
from imaging.generators.base import Pixels, Sheet
from imaging.generators.gan.card import Card, read_card
from imaging.latents import latent

_REFUSALS = (
    runtime.Fail,
    runtime.InvalidArgument,
    runtime.InvalidGraph,
    runtime.InvalidProtobuf,
    runtime.NoSuchFile,
    runtime.NotImplemented,
    runtime.RuntimeException,
)
_SCALERS = {"nearest": Image.Resampling.NEAREST, "lanczos": Image.Resampling.LANCZOS}
COLOURS = 3
ENDS = [("z", "tensor(float)"), ("image", "tensor(float)")]


class GanGenerator:
    """`z` float32 [1, latent] in, `image` float32 [1, 3, h, w] in -1 to 1 out."""

    def __init__(self, session: onnxruntime.InferenceSession, card: Card) -> None:
        self._session, self._card = session, card

    @property
    def sheet(self) -> Sheet:
        """What it draws."""
        return self._card.sheet

    def draw(self, seed: int) -> Pixels:
        """The picture of a seed at the size in which it is shown. Raises GeneratorError."""
        z = latent(self._card.sheet.style, seed, self._card.latent)
        try:
            (made,) = self._session.run(["image"], {"z": z[np.newaxis]})
        except _REFUSALS as error:
            raise GeneratorUnfitError(reason=str(error)[:200]) from error
        return self._shown(made)

    def _shown(self, made: NDArray[np.float32]) -> Pixels:
        sheet = self._card.sheet
        if made.ndim != 4 or made.shape[:2] != (1, COLOURS) or not np.isfinite(made).all():
            raise GeneratorUnfitError(reason=f"the picture has the shape {made.shape}")
        levels: Pixels = np.clip((made[0].transpose(1, 2, 0) + 1) * 127.5 + 0.5, 0, 255).astype(
            np.uint8
        )
        picture = Image.fromarray(levels)
        if picture.size == (sheet.width, sheet.height):
            return levels
        if self._card.scaling == "none":
            raise GeneratorUnfitError(reason=f"the picture is {picture.size}")
        scaled = picture.resize((sheet.width, sheet.height), _SCALERS[self._card.scaling])
        return np.asarray(scaled)


def open_generator(file: Path, sha256: str) -> GanGenerator:
    """Open a file and draw with it once. Raises GeneratorUnfitError."""
    try:
        session = onnxruntime.InferenceSession(  # as bytes: a refusal then names no folder
            file.read_bytes(), _options(), providers=["CPUExecutionProvider"]
        )
    except (OSError, *_REFUSALS) as error:
        raise GeneratorUnfitError(reason=str(error)[:200]) from error
    ends = [(each.name, each.type) for each in (*session.get_inputs(), *session.get_outputs())]
    if ends != ENDS:
        raise GeneratorUnfitError(reason=f"inputs and outputs are {ends}"[:200])
    card = read_card(session.get_modelmeta().custom_metadata_map)
    generator = GanGenerator(session, card)
    generator.draw(0)
    return generator


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = settings.PICTURE_THREADS
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # what is wrong is raised and told by us
    return options
