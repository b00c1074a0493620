"""`make native-llm`: builds llama.cpp's server for this very processor, which reads prompts faster.

The source is the MIT one inside the source package of llama-cpp-python; `up` uses what this makes.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from echomind.common.machine_cache import cache_folder
from echomind.stack.machine import fingerprint, usable_cpus

SOURCE_PACKAGE = "llama-cpp-python==0.3.36"
SOURCE_SHA256 = "832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e"
# AMX dies with SIGILL on some virtual machines.
NO_AMX = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16" if platform.machine() == "x86_64" else ""
OPTIONS = {
    "CMAKE_BUILD_TYPE": "Release",
    "CMAKE_C_FLAGS": NO_AMX,
    "CMAKE_CXX_FLAGS": NO_AMX,
    "BUILD_SHARED_LIBS": "OFF",
    "GGML_NATIVE": "ON",
    "LLAMA_OPENSSL": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_APP": "OFF",
    "LLAMA_BUILD_UI": "OFF",
    "LLAMA_USE_PREBUILT_UI": "OFF",
}


def native_server(cache: Path) -> Path:
    """Where the server built for this machine lies, if it was built."""
    return cache / "native" / fingerprint() / "llama-server"


def build(cache: Path) -> Path:
    """Fetch, unpack, compile and put the server into `cache`. Raises SystemExit with a sentence."""
    for tool in ("cmake", "c++", "make"):
        if shutil.which(tool) is None:
            raise SystemExit(f"native-llm needs {tool}: apt-get install cmake g++ make")
    with tempfile.TemporaryDirectory(prefix="native-llm-") as folder:
        source = _unpack(_download(Path(folder)), Path(folder))
        built = _compile(source, Path(folder) / "build")
        target = native_server(cache)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".new")
        shutil.copy2(built, unfinished)
        unfinished.replace(target)
    return target


def _download(folder: Path) -> Path:
    argv = ["download", "--quiet", "--no-deps", "--no-binary", "llama-cpp-python", SOURCE_PACKAGE]
    _run([sys.executable, "-m", "pip", *argv, "--dest", str(folder)])
    (archive,) = folder.glob("*.tar.gz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SOURCE_SHA256:
        raise SystemExit(f"{archive.name} is not the source that was reviewed (sha256 differs).")
    return archive


def _unpack(archive: Path, folder: Path) -> Path:
    shutil.unpack_archive(archive, folder)  # its hash was checked
    return folder / archive.name.removesuffix(".tar.gz") / "vendor" / "llama.cpp"


def _compile(source: Path, into: Path) -> Path:
    flags = [f"-D{name}={value}" for name, value in OPTIONS.items()]
    amx = [f"-DGGML_AMX_{kind}=OFF" for kind in ("TILE", "INT8", "BF16")]
    _run(["cmake", "-S", str(source), "-B", str(into), *flags, *amx])
    _run(["cmake", "--build", str(into), "--target", "llama-server", "-j", str(usable_cpus())])
    return into / "bin" / "llama-server"


def _run(argv: list[str]) -> None:
    if subprocess.run(argv, check=False, preexec_fn=lambda: os.nice(10)).returncode != 0:  # noqa: S603
        raise SystemExit(f"native-llm: {' '.join(argv[:4])} … failed; its messages are above.")


if __name__ == "__main__":
    sys.stdout.write(f"{build(cache_folder())}\n")
