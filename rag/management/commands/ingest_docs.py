"""`manage.py ingest_docs PATH… --corpus SLUG`: take files and folders into a corpus."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from accounts.api import User
from echomind.common.errors import EchoMindError
from rag.embedding.registry import embedder
from rag.management.ingest_report import Report, progress_bar
from rag.models import Corpus
from rag.services.corpora import change_sizes, create_corpus
from rag.services.folders import files_in, submit
from rag.services.ingest_run import IngestRun


class Command(BaseCommand):
    help = "Take files and folders into a corpus; again does nothing, what changed is replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument(
            "--create", action="store_true", help="make the corpus if it is missing"
        )
        parser.add_argument("--owner", default="", help="of a new corpus; else the first of staff")
        parser.add_argument("--glob", default="**/*", help="which files of a folder")
        parser.add_argument("--chunk-size", type=int, metavar="TOKENS")
        parser.add_argument("--overlap", type=int, metavar="TOKENS")
        parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1))
        parser.add_argument(
            "--watch", action="store_true", help="go on when files come, change or go"
        )
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}.")
        try:
            corpus = self._corpus(options)
            embedder(corpus.embedder)  # before anything is taken in that could not be indexed
        except EchoMindError as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        if options["watch"]:
            self._watch(corpus, options)
        elif self._ingest(corpus, options).has_failures:
            sys.exit(1)

    def _corpus(self, options: dict[str, Any]) -> Corpus:
        slug = options["corpus"]
        sizes = {"chunk_tokens": options["chunk_size"], "overlap_tokens": options["overlap"]}
        corpus = Corpus.objects.filter(slug__iexact=slug).first()
        if corpus is not None:
            change_sizes(corpus=corpus, **sizes)
            return corpus
        if not options["create"]:
            raise CommandError(f"There is no corpus {slug}: --create makes it.")
        return create_corpus(owner=_owner(options["owner"]), slug=slug, name=slug, **sizes)

    def _ingest(
        self, corpus: Corpus, options: dict[str, Any], before: Collection[str] = ()
    ) -> Report:
        run = IngestRun(corpus, max(1, options["jobs"]))
        submission = submit(corpus, files_in(options["paths"], options["glob"]), before)
        console = Console(stderr=True, quiet=options["json"])
        with progress_bar(console) as tell:
            outcome = run.run(tell)
        report = Report(corpus, submission, run.began, outcome)
        lines = [json.dumps(report.as_json(), ensure_ascii=False)]
        self.stdout.write("\n".join(lines if options["json"] else report.as_lines()))
        return report

    def _watch(self, corpus: Corpus, options: dict[str, Any]) -> None:
        """The first look comes when changes are already noticed: none falls between.

        A folder that is gone as a whole is rather not mounted, so its documents stay.
        """
        import watchfiles  # waits in Rust; nobody else needs it

        folders = [path for path in options["paths"] if path.is_dir()]
        before: Collection[str] | None = None
        for changes in watchfiles.watch(
            *options["paths"], raise_interrupt=False, yield_on_timeout=True, rust_timeout=1000
        ):
            has_work = before is None or changes
            if has_work and all(folder.is_dir() for folder in folders):
                before = self._ingest(corpus, options, before or ()).names


def _owner(username: str) -> User:
    users = User.objects.filter(is_active=True)
    wanted = users.filter(username=username) if username else users.filter(is_staff=True)
    owner = wanted.order_by("pk").first()
    if owner is None:
        raise CommandError("Nobody can own the corpus: name a person with --owner.")
    return owner
