"""`manage.py evaluate_rag FILE… --corpus SLUG`: measure search on questions with known answers."""

from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from echomind.common.errors import EchoMindError
from rag.evaluation.questions import load_questions, unknown_ids
from rag.evaluation.searches import search_all
from rag.evaluation.summary import Asked, by_group, separations, summarise
from rag.evaluation.tables import groups_table, separations_table, stages_table
from rag.models import Corpus
from rag.selectors.corpora import count_documents
from rag.types import Question

GROUPS = ("language", "kind")
WIDTH = 200  # of a line of a table, also where the output goes to a file


class Command(BaseCommand):
    help = "Print recall, MRR and nDCG of each stage of search, with 95 % bootstrap intervals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON lines")
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--by", choices=GROUPS, action="append", default=[])
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")

    def handle(self, *args: Any, files: list[Path], corpus: str, **options: Any) -> None:
        try:
            questions = [question for file in files for question in load_questions(file)]
            asked = self._ask(questions, _ready_corpus(corpus, questions))
        except (EchoMindError, OSError) as failure:
            raise CommandError(str(failure)) from failure
        self._tell(asked, options["by"])
        if options["json"]:
            figures = {"stages": summarise(asked), "separations": separations(asked)}
            options["json"].write_bytes(msgspec.json.format(msgspec.json.encode(figures)))

    def _ask(self, questions: list[Question], corpus: Corpus) -> Asked:
        answers = track(
            search_all(questions, corpus),
            "Searching",
            total=len(questions),
            console=Console(stderr=True),
        )
        return list(zip(questions, answers, strict=True))

    def _tell(self, asked: Asked, fields: list[str]) -> None:
        stages = summarise(asked)
        self._show(stages_table(stages))
        for field in fields:
            self._show(groups_table(field, by_group(asked, field), list(stages)))
        if told := separations(asked):
            self._show(separations_table(told))

    def _show(self, table: Table) -> None:
        console = Console(width=WIDTH)
        with console.capture() as captured:
            console.print(table)
        self.stdout.write(f"{captured.get().strip()}\n")


def _ready_corpus(slug: str, questions: list[Question]) -> Corpus:
    """Raises CommandError where figures would be wrong: documents missing, or still on their way."""
    corpus = Corpus.objects.filter(slug__iexact=slug).first()
    if corpus is None:
        raise CommandError(f"There is no corpus {slug}.")
    if waiting := count_documents(corpus).pending:
        raise CommandError(f"{waiting} documents of {slug} are not indexed yet.")
    known = set(corpus.documents.values_list("external_id", flat=True))
    if unknown := unknown_ids(questions, known):
        raise CommandError(f"{slug} has no document {', '.join(unknown)}.")
    if not any(question.relevant for question in questions):
        raise CommandError("No question has an answer.")
    return corpus
