"""Where the built model lies, and what its files are called."""

from pathlib import Path

from echomind.common.machine_cache import cache_folder
from rag.embedding.e5_small.packed import SHA256

RECIPE = "int8-1"  # grows with every change of the build that changes vectors
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
FINGERPRINT = f"e5_small@{SHA256[:12]}:{RECIPE}:mean"


def model_folder() -> Path:
    """In the machine's cache; it exists once the model is built, whole and checked."""
    return cache_folder() / f"multilingual-e5-small-{SHA256[:12]}-{RECIPE}"
