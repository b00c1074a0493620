"""`make bench-quality`: what search finds of the first corpus, and what a model answers from it.

Brings stores of its own, indexes the corpus with the embedded search model and asks its questions.
`--answers` also asks the embedded language models that are named, every Nth question with `--each`.
"""

import argparse
import logging
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.test.utils import override_settings

from ai.catalogue import load_catalogue
from bench.real_model import running_model
from bench.stores import Stores

FOLDER = Path("rag") / "first_corpus"
QUESTIONS = (FOLDER / "queries.jsonl", FOLDER / "unanswered.jsonl")
REPLY_TOKENS = 256


def main() -> None:
    """Index, evaluate, and ask the models."""
    given = _arguments()
    stores = Stores()
    try:
        stores.start()
        django.setup()
        logging.disable(logging.INFO)  # a line for each answer would stand between the answers
        _index()
        _measure(given.answers, given.each, stores.folder)
    finally:
        stores.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("--answers", nargs="+", default=[], choices=list(load_catalogue()))
    parser.add_argument("--each", type=int, default=1, metavar="N", help="ask every Nth question")
    return parser.parse_args()


def _index() -> None:
    from rag.services.indexing import index_next  # needs Django's settings

    call_command("migrate", verbosity=0)
    call_command("seed")
    while index_next():
        pass


def _measure(models: list[str], each: int, folder: Path) -> None:
    from rag.types import FIRST_CORPUS

    call_command("evaluate_rag", *QUESTIONS, corpus=FIRST_CORPUS, by=["language", "kind"])
    for name in models:
        sys.stdout.write(f"\n{name}\n")
        with (
            running_model(folder, reply_tokens=REPLY_TOKENS, name=name) as model,
            override_settings(**model.settings),
        ):
            call_command("check_answers", *QUESTIONS, corpus=FIRST_CORPUS, each=each)


if __name__ == "__main__":
    main()
