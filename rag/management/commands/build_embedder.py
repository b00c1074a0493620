"""`manage.py build_embedder`: make the search model's files in the cache. `up` does the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from echomind.common.errors import EchoMindError
from rag.embedding.e5_small.build import build_model


class Command(BaseCommand):
    help = "Build the embedded search model into the cache that clones share."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = build_model(self.stderr.write)
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure
        self.stdout.write(str(folder))
