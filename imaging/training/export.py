"""From a checkpoint to an ONNX file that says what it is, and how it compares with torch."""

import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import psutil
import torch
from numpy.typing import NDArray
from onnx import helper
from torch import Tensor, nn

from imaging.training.levels import LATENT
from imaging.training.onnx_graph import LARGE, halve, strip_traces
from imaging.training.steps import seeded_latents
from imaging.training.upscaler import Upscaler
from imaging.types import HIGHEST_SEED

OPSET = 18
COMPARED = 4  # pictures, torch against the file
TIMED = 40
EXPORTERS = ("onnx_ir", "onnxscript", "torch.onnx")  # loggers that tell of every node

Metadata = dict[str, str]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, and what was measured of it."""

    path: Path
    bytes: int
    difference: float  # largest, between torch and the file, of values in -1 … 1
    milliseconds: dict[int, tuple[float, float]]  # by threads: p50 and p99 of one picture
    memory: int  # bytes that a process grows by as it opens the file and draws once


class Drawer(nn.Module):
    """The whole way from `z` to `image`: a generator at its depth, and the enlarging network if any."""

    def __init__(self, generator: nn.Module, depth: int, upscaler: Upscaler | None) -> None:
        super().__init__()
        self.generator, self.depth, self.upscaler = generator, depth, upscaler

    def forward(self, z: Tensor) -> Tensor:
        image: Tensor = self.generator(z, self.depth)
        if self.upscaler is not None:
            image = self.upscaler(image.clamp(-1, 1))
        return image.clamp(-1, 1)


def write(drawer: Drawer, path: Path, metadata: Metadata) -> Exported:
    """Writes the file, checks it and measures it."""
    _round_weights(drawer.float().eval())
    path.parent.mkdir(parents=True, exist_ok=True)
    for name in EXPORTERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    program = torch.onnx.export(
        drawer, (torch.zeros(2, LATENT),), dynamo=True, opset_version=OPSET, verbose=False,
        input_names=["z"], output_names=["image"],
        dynamic_shapes={"z": {0: torch.export.Dim("n", min=1, max=64)}},
    )  # fmt: skip
    model = program.model_proto
    halve(model)
    strip_traces(model)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    memory, times = _memory(path), _times(path)
    return Exported(path, path.stat().st_size, _difference(drawer, path), times, memory)


def metadata_of(
    style: str, shown: tuple[int, int], native: tuple[int, int], scaling: str, **more: object
) -> Metadata:
    """What a file says of itself; all values are text. Other parts of the site rely on these names."""
    return {
        "style": style,
        "width": str(shown[1]),
        "height": str(shown[0]),
        "native": f"{native[1]}x{native[0]}",
        "latent": str(LATENT),
        "scaling": scaling,
        "seed_space": str(HIGHEST_SEED + 1),
        **{
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in more.items()
        },
    }


def open_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session as the site opens one: few threads, none of them spinning."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def draw(path: Path, style: str, seeds: range) -> NDArray[np.uint8]:
    """The pictures that a file makes of seeds: uint8 [n, h, w, 3]."""
    session = open_session(path)
    latents = seeded_latents(style, seeds).numpy()
    images = (session.run(["image"], {"z": z[None]})[0][0] for z in latents)
    levels = [np.clip((image + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8) for image in images]
    return np.stack(levels).transpose(0, 2, 3, 1)


@torch.no_grad()
def _round_weights(drawer: Drawer) -> None:
    """To what half precision can hold, so that storing them so changes nothing."""
    for weight in drawer.parameters():
        if weight.numel() >= LARGE:
            weight.copy_(weight.half())


def _difference(drawer: Drawer, path: Path) -> float:
    z = torch.from_numpy(np.random.default_rng(0).standard_normal((COMPARED, LATENT), np.float32))
    with torch.no_grad():
        expected = drawer(z).numpy()
    found: Any = open_session(path).run(["image"], {"z": z.numpy()})[0]
    return float(np.abs(expected - found).max())


def _memory(path: Path) -> int:
    process = psutil.Process()
    before: int = process.memory_info().rss
    open_session(path).run(None, {"z": np.zeros((1, LATENT), np.float32)})
    return int(process.memory_info().rss) - before


def _times(path: Path) -> dict[int, tuple[float, float]]:
    z = np.zeros((1, LATENT), np.float32)
    times: dict[int, tuple[float, float]] = {}
    for threads in (1, 2):
        session = open_session(path, threads)
        session.run(None, {"z": z})
        taken = []
        for _ in range(TIMED):
            started = time.perf_counter()
            session.run(None, {"z": z})
            taken.append((time.perf_counter() - started) * 1e3)
        times[threads] = (_rounded(taken, 50), _rounded(taken, 99))
    return times


def _rounded(values: list[float], share: int) -> float:
    return round(float(np.percentile(values, share)), 2)
