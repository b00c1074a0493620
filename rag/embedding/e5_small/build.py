"""Makes the model's files from the installed package: written aside, checked, put there whole."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from echomind.common.machine_cache import alone
from rag.embedding.e5_small.check import compare
from rag.embedding.e5_small.graph import write_graph
from rag.embedding.e5_small.model_folder import MODEL, TOKENIZER, model_folder
from rag.embedding.e5_small.packed import find_packed_file, read_packed_model
from rag.embedding.e5_small.session import Encoder
from rag.embedding.e5_small.tokenizer import make_tokenizer
from rag.errors import EmbedderBuildError

MB = 1_000_000
LEAST_FLOAT, LEAST_INT8 = 0.999, 0.99  # cosine with the reference, of the worst text


def build_model(tell: Callable[[str], None]) -> Path:
    """The model's folder, built if this machine lacks it; `tell` hears how far it is.

    Raises EmbedderBuildError without the package or room on the disk, and if the outcome is not the
    reference's.
    """
    folder = model_folder()
    with alone(folder, tell):
        if not folder.exists():
            for left in folder.parent.glob(f"{folder.name}-*"):  # by a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            try:
                _build(folder, tell)
            except OSError as failure:
                raise EmbedderBuildError(detail=str(failure)) from failure
    return folder


def _build(folder: Path, tell: Callable[[str], None]) -> None:
    began = time.monotonic()
    packed = find_packed_file()
    tell(f"Building the search model from {packed.name} ({packed.stat().st_size / MB:.0f} MB).")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}-") as aside:
        parts = Path(aside) / folder.name
        parts.mkdir()
        model = read_packed_model(packed)
        make_tokenizer(model).save(str(parts / TOKENIZER), pretty=False)
        exact = Path(aside) / "float.onnx"
        onnx.save(write_graph(model), exact)
        _check("32-bit floats", Encoder(exact, parts / TOKENIZER), LEAST_FLOAT, tell)
        _quantize(exact, parts / MODEL)
        _check("8-bit integers", Encoder(parts / MODEL, parts / TOKENIZER), LEAST_INT8, tell)
        parts.replace(folder)
    size = sum(file.stat().st_size for file in folder.iterdir())
    tell(f"The search model is built: {size / MB:.0f} MB, {time.monotonic() - began:.0f} s.")


def _quantize(exact: Path, to: Path) -> None:
    """Weights of the layers in 7 of 8 bits, a scale for each column.

    The last bit would overflow on processors without VNNI, and vectors be others there.
    """
    logging.disable(logging.WARNING)  # it tells of every node that it leaves alone
    try:
        quantize_dynamic(
            exact,
            to,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    finally:
        logging.disable(logging.NOTSET)


def _check(what: str, encoder: Encoder, least: float, tell: Callable[[str], None]) -> None:
    agreement = compare(encoder)
    tell(f"  {what}: cosine with the reference {agreement.mean:.4f}, worst {agreement.worst:.4f}")
    if agreement.worst < least:
        raise EmbedderBuildError(detail=f"{what}: {agreement.worst:.4f} is below {least}")
