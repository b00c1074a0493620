"""`manage.py reembed [SLUG…]`: bring corpora to the embedder that they are set to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from echomind.common.errors import EchoMindError
from rag.models import Corpus
from rag.services.reembedding import reembed


class Command(BaseCommand):
    help = "Make the vectors of corpora anew, while those they have go on being searched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "slugs", nargs="*", metavar="SLUG", help="which corpora; all by default"
        )

    def handle(self, *args: Any, slugs: list[str], **options: Any) -> None:
        corpora = Corpus.objects.order_by("slug")
        if slugs:
            corpora = corpora.filter(slug__in=slugs)
            unknown = set(slugs) - set(corpora.values_list("slug", flat=True))
            if unknown:
                raise CommandError(f"There is no such corpus: {', '.join(sorted(unknown))}")
        for corpus in corpora:
            self._reembed(corpus)

    def _reembed(self, corpus: Corpus) -> None:
        def tell(done: int, total: int) -> None:
            self.stderr.write(f"  {corpus.slug}: {done} of {total} chunks")

        try:
            embedded = reembed(corpus, tell)
        except EchoMindError as failure:
            detail = failure.data.get("detail", "")
            raise CommandError(f"{failure.sentence} {detail}".strip()) from failure
        self.stdout.write(f"{corpus.slug}: {embedded} chunks were embedded anew.")
