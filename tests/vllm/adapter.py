"""The adapter of these tests: trained once, in half a minute, and kept in the cache."""

import subprocess
from pathlib import Path

from echomind.common.machine_cache import cache_folder
from echomind.stack.vllm_settings import vllm_python

ADAPTER = "ahoy"
TRAINER = Path(__file__).with_name("train_adapter.py")


def adapter_for(checkpoint: Path) -> Path:
    """The folder of the adapter for this checkpoint."""
    folder = cache_folder() / "adapters" / f"{checkpoint.name}-{ADAPTER}"
    if not (folder / "adapter_config.json").exists():
        subprocess.run([vllm_python(), "-P", TRAINER, checkpoint, folder], check=True)
    return folder
