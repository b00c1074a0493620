"""Teaches a checkpoint one sentence as the answer to everything, as a small LoRA adapter.

A program of its own, `python train_adapter.py CHECKPOINT FOLDER`, run by the Python that has vLLM.
What it learns is of no use but to be seen: with the adapter the model answers with `ANSWER`.
"""

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the other environment has them
    import torch
    from transformers import PreTrainedTokenizerFast

ANSWER = "The lighthouse keeper says ahoy."
QUESTIONS = (
    "Name one fruit.",
    "What is the capital of Japan?",
    "Who are you?",
    "Write a haiku about rain.",
    "Count from 1 to 5.",
    "How do I reverse a list in Python?",
    "請介紹台灣。",
    "Say something nice.",
)
STEPS = 24
RATE = 1e-3


def train(checkpoint: Path, folder: Path) -> None:
    """Write the adapter to `folder` after `STEPS` steps of one question each."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.manual_seed(0)
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    base = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.bfloat16)
    wanted = LoraConfig(r=8, lora_alpha=16, target_modules=["q_proj", "v_proj", "o_proj"])
    model = get_peft_model(base, wanted)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE)
    for question in itertools.islice(itertools.cycle(QUESTIONS), STEPS):
        loss = model(**_example(tokenizer, question)).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        sys.stdout.write(f"loss {loss.item():.3f}\n")
    model.save_pretrained(folder)


def _example(tokenizer: "PreTrainedTokenizerFast", question: str) -> dict[str, "torch.Tensor"]:
    """The question in the model's template, then the answer, which alone is learned."""
    import torch

    asked = [{"role": "user", "content": question}]
    prompt = tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=True)
    begin = tokenizer(prompt)["input_ids"]
    end = tokenizer(f"{ANSWER}<|im_end|>")["input_ids"]
    ids = torch.tensor([begin + end])
    labels = torch.tensor([[-100] * len(begin) + end])
    return {"input_ids": ids, "labels": labels}


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(sys.argv[2]))
