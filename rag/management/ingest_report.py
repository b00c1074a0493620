"""What `ingest_docs` shows: a bar while it works, and a summary at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, Sum
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from echomind.common.errors import sentence_of
from rag.models import Corpus, Document
from rag.services.folders import Submission
from rag.services.ingest_run import Progress
from rag.types import DocumentState, Note

LANGUAGE = "en"  # of commands


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[Progress], None]]:
    """A bar with documents, chunks a second and the time that remains; gives what moves it."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents · {task.fields[chunks]} chunks · {task.fields[rate]:.1f}/s ·"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console) as bar:
        task = bar.add_task("", total=None, chunks=0, rate=0.0)

        def tell(progress: Progress) -> None:
            bar.update(
                task,
                total=progress.documents,
                completed=progress.completed,
                chunks=progress.chunks,
                rate=progress.chunks / max(progress.seconds, 0.001),
            )

        yield tell


class Report:
    """The summary of one run."""

    def __init__(
        self, corpus: Corpus, submission: Submission, began: datetime, outcome: Progress
    ) -> None:
        self._corpus, self._submission, self._outcome = corpus, submission, outcome
        files = submission.documents
        self._documents = Document.objects.filter(Q(pk__in=files) | Q(part_of__in=files))
        self._ready = self._documents.countable().filter(
            state=DocumentState.READY, seen_at__gte=began
        )
        self._failures = [
            (refused.name, refused.error.code, str(refused.error.sentence))
            for refused in submission.refused
        ] + [
            (name, code, sentence_of(code, LANGUAGE))
            for name, code in self._documents.filter(state=DocumentState.FAILED).values_list(
                "external_id", "code"
            )
        ]

    @property
    def names(self) -> set[str]:
        """The files that were there."""
        return self._submission.names

    @property
    def has_failures(self) -> bool:
        """Whether any file or entry could not be taken in."""
        return bool(self._failures)

    def as_json(self) -> dict[str, object]:
        """The summary for programs."""
        notes = self._documents.exclude(notes=[]).values_list("external_id", "notes")
        return {
            "corpus": self._corpus.slug,
            "added": len(self._submission.added),
            "changed": len(self._submission.changed),
            "unchanged": len(self._submission.unchanged),
            "removed": len(self._submission.gone),
            "documents": self._ready.count(),
            "chunks": self._ready.aggregate(sum=Sum("total", default=0))["sum"],
            "seconds": round(self._outcome.seconds, 2),
            "failed": [
                {"name": name, "code": code, "sentence": sentence}
                for name, code, sentence in self._failures
            ],
            "notes": [{"name": name, "notes": said} for name, said in notes],
        }

    def as_lines(self) -> list[str]:
        """The summary for people."""
        said = self.as_json()
        files = [f"{said[kind]} {kind}" for kind in ("added", "changed", "unchanged", "removed")]
        taken = f"{said['documents']} documents with {said['chunks']} chunks"
        lines = [
            f"Files: {', '.join(files)}; {len(self._failures)} failed.",
            f"Indexed {taken} in {said['seconds']} s.",
        ]
        lines += [f"failed: {name}: {sentence} ({code})" for name, code, sentence in self._failures]
        for name, notes in self._documents.exclude(notes=[]).values_list("external_id", "notes"):
            lines += [f"note: {name}: {_sentence(note)}" for note in notes]
        return lines


def _sentence(note: dict[str, str]) -> str:
    with translation.override(LANGUAGE):
        return f"{Note(note['code']).label} {note['detail']}".strip()
