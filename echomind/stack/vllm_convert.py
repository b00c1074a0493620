"""Unpacks a GGUF file into the folder of weights, tokenizer and template that vLLM loads.

A program of its own, `python vllm_convert.py FILE FOLDER`, run by the Python that has vLLM: nothing
of EchoMind is importable there.
"""

import sys
from pathlib import Path


def convert(file: Path, folder: Path) -> None:
    """Write `folder` from `file`: bfloat16 weights, and the chat template that the file carries."""
    import torch  # as below: only the other environment has it
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    place, name = str(file.parent), file.name
    model = AutoModelForCausalLM.from_pretrained(
        place,
        gguf_file=name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.bfloat16,
    )
    tokenizer = AutoTokenizer.from_pretrained(place, gguf_file=name)
    if not tokenizer.chat_template:
        raise SystemExit(f"{name} carries no chat template.")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
