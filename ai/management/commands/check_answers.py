"""`manage.py check_answers FILE… --corpus SLUG`: does an assistant cite rightly, and decline rightly?"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ai.evaluation.answers import GivenAnswer, answer_to
from ai.evaluation.grading import declines, grade, is_right
from ai.models import Assistant
from ai.routing import Wishes, brief
from ai.tools.documents import Find
from ai.types import Brief
from echomind.common.errors import EchoMindError
from rag.api import find_passages, load_questions, readable_corpora
from rag.types import Passage, Question


class Command(BaseCommand):
    help = "Ask an assistant questions about a public corpus, and grade what its answers cite."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON lines")
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--assistant", default="echo", metavar="HANDLE")
        parser.add_argument("--each", type=int, default=1, metavar="N", help="ask every Nth only")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        try:
            questions = [question for file in files for question in load_questions(file)]
            assistant = Assistant.objects.select_related("user").get(
                user__username=options["assistant"]
            )
            self._check(questions[:: options["each"]], assistant, _corpus(options["corpus"]))
        except (EchoMindError, OSError, Assistant.DoesNotExist) as failure:
            raise CommandError(str(failure)) from failure

    def _check(self, questions: Sequence[Question], assistant: Assistant, corpus: int) -> None:
        briefs = {
            language: _brief(assistant, language)
            for language in {question.language for question in questions}
        }
        answers = []
        for question in questions:
            answering = answer_to(
                question,
                find=_finding_in(corpus),
                brief=briefs[question.language],
                assistant=assistant.user.username,
            )
            try:
                answers.append(asyncio.run(answering))
            except EchoMindError as failure:  # one of many: the others still say something
                self.stderr.write(f"{question.query}: {failure}")
            else:
                self._tell(answers[-1])
        for name, share in grade(answers).items():
            part = f"{share.count / share.of:.0%}" if share.of else "–"
            self.stdout.write(f"{part:>5}  {share.count} of {share.of}  {name}")

    def _tell(self, answer: GivenAnswer) -> None:
        mark = "right" if is_right(answer) else "declined" if declines(answer) else "other"
        cited = ", ".join(answer.cited) or "nothing"
        self.stdout.write(
            f"[{mark}] {answer.question.query}\n  {' '.join(answer.text.split())}\n"
            f"  cites {cited}; {answer.seconds:.1f} s\n"
        )
        self.stdout.flush()


def _corpus(slug: str) -> int:
    ids = readable_corpora([], slugs=[slug])
    if not ids:
        raise CommandError(f"There is no public corpus {slug}.")
    return ids[0]


def _brief(assistant: Assistant, language: str) -> Brief:
    return brief(
        assistant=assistant.user_id, asker=assistant.user_id, language=language, wishes=Wishes()
    )


def _finding_in(corpus: int) -> Find:
    async def find(query: str, most: int) -> Sequence[Passage]:
        found = await sync_to_async(find_passages)(query, corpora=[corpus], user_ids=[], k=most)
        return found.passages

    return find
