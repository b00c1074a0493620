"""Tiny generators of the agreed form, made without training: random pictures, right in every other way."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LATENT = 64
Metadata = dict[str, str]


def save_generator(
    file: Path, style: str, *, shown: tuple[int, int], native: tuple[int, int]
) -> None:
    """A generator of pictures of `shown` (width, height), drawn at `native`."""
    metadata = {
        "style": style,
        "width": str(shown[0]),
        "height": str(shown[1]),
        "latent": str(LATENT),
        "scaling": "nearest",
    }
    save_onnx(file, metadata, native=native)


def save_onnx(file: Path, metadata: Metadata, *, native: tuple[int, int], colours: int = 3) -> None:
    """z [n, 64] → tanh(z · W) as image [n, colours, h, w]; W depends on the metadata alone."""
    width, height = native
    source = np.random.default_rng(len(metadata.get("style", "")))
    weights = source.standard_normal((LATENT, colours * height * width)).astype(np.float32) / 4
    nodes = [
        helper.make_node("MatMul", ["z", "w"], ["drawn"]),
        helper.make_node("Tanh", ["drawn"], ["levels"]),
        helper.make_node("Reshape", ["levels", "shape"], ["image"]),
    ]
    shape = np.array([-1, colours, height, width], dtype=np.int64)
    graph = helper.make_graph(
        nodes,
        "generator",
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, ["n", LATENT])],
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", colours, height, width])],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(shape, "shape")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    helper.set_model_props(model, metadata)
    file.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, file)


def save_all(folder: Path) -> None:
    """A generator for each kind that the site knows."""
    for style in ("minimalist", "comic", "pixel", "realistic"):
        save_generator(folder / f"{style}.onnx", style, shown=(128, 128), native=(16, 16))
    save_generator(folder / "shiba.onnx", "shiba", shown=(832, 384), native=(26, 12))
