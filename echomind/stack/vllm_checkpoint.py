"""The folder of weights that vLLM loads: a model of the catalogue is unpacked into one, once."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from ai.catalogue import find_model, load_catalogue
from ai.fetch import fetch_model
from echomind.stack.errors import StackError

CONVERTER = Path(__file__).with_name("vllm_convert.py")
FOLDER = "checkpoints"


def checkpoint_of(name: str, python: Path, cache: Path, tell: Callable[[str], None]) -> str:
    """What vLLM loads for a model: a folder in `cache` for one of the catalogue, else the name itself.

    Raises the errors of `fetch_model`, and StackError where the file cannot be unpacked.
    """
    if name not in load_catalogue():
        return name
    model = find_model(name)
    folder = cache / FOLDER / f"{name}-{model.sha256[:12]}"
    if not folder.exists():
        file = fetch_model(model, cache)
        tell(f"Unpacking {model.title} for vLLM, which takes minutes and happens once.")
        _unpack(file, folder, python)
    return str(folder)


def _unpack(file: Path, folder: Path, python: Path) -> None:
    """Make `folder` whole or not at all; another process may make the same one meanwhile."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unpacking-") as place:
        unfinished = Path(place) / "checkpoint"
        done = subprocess.run(  # noqa: S603  (our own program, by the Python that has vLLM)
            [str(python), "-P", str(CONVERTER), str(file), str(unfinished)],
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
            check=False,
            preexec_fn=lambda: os.nice(10),
        )
        if done.returncode != 0:
            raise StackError(f"{file.name} could not be unpacked for vLLM; see the lines above.")
        if not folder.exists():
            unfinished.rename(folder)
