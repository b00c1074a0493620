"""Files of folders on their way into a corpus: which there are, and what is new of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from echomind.common.errors import EchoMindError
from rag import store
from rag.errors import CorpusFullError, FormatUnknownError, SameNameError, UnreadableFileError
from rag.models import Corpus, Document
from rag.readers.formats import SUFFIXES
from rag.services.capacity import documents_left
from rag.services.documents import add_file, delete_document, is_current
from rag.types import Description


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file, and its name in the corpus: its path in the folder that was named."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    error: EchoMindError


@dataclass(slots=True)
class Submission:
    """What became of the files: ids of documents by what there is to do.

    `left` is how many documents more the corpus could hold before; `names` are the files that were
    there, and `gone` those of an earlier look that are not.
    """

    left: int
    names: set[str] = field(default_factory=set)
    gone: list[str] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def documents(self) -> list[int]:
        """Every document that these files are."""
        return [*self.added, *self.changed, *self.unchanged]


def files_in(paths: Sequence[Path], pattern: str) -> Iterator[NamedFile]:
    """The files named, and in folders those that match and have a format which is read.

    Hidden files and links that lead elsewhere are left alone.
    """
    for path in paths:
        if not path.is_dir():
            yield NamedFile(path, path.name)
            continue
        root = path.resolve()
        for found in sorted(root.glob(pattern)):
            name = found.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in name.split("/"))
            if _is_read(found) and not hidden and found.resolve().is_relative_to(root):
                yield NamedFile(found, name)


def submit(corpus: Corpus, files: Iterable[NamedFile], before: Collection[str] = ()) -> Submission:
    """Hand in what is new or changed. A file that cannot be taken is named, and the rest goes on.

    Documents of the names in `before`, which an earlier look found, are deleted where there is no
    such file any more.
    """
    outcome = Submission(documents_left(corpus))
    for file in files:
        try:
            _submit(corpus, file, outcome)
        except EchoMindError as error:
            outcome.refused.append(Refused(file.name, error))
        except OSError:
            outcome.refused.append(Refused(file.name, UnreadableFileError()))
    outcome.gone = sorted(set(before) - outcome.names)
    for document in corpus.documents.filter(external_id__in=outcome.gone).defer("text"):
        delete_document(document=document)
    return outcome


def _submit(corpus: Corpus, file: NamedFile, outcome: Submission) -> None:
    """Raises EchoMindError or OSError."""
    if file.path.suffix.lower() not in SUFFIXES:
        raise FormatUnknownError
    if file.name in outcome.names:
        raise SameNameError(name=file.name)
    size = file.path.stat().st_size
    outcome.names.add(file.name)
    store.require_small(size)
    known = Document.objects.filter(corpus=corpus, external_id=file.name).first()
    with file.path.open("rb") as content:
        if known and is_current(known, corpus, store.hash_of(content)):
            outcome.unchanged.append(known.pk)
            return
        if known is None and len(outcome.added) >= outcome.left:
            raise CorpusFullError
        content.seek(0)
        said = Description(file.name) if known is None else _as_before(known)
        document = add_file(corpus=corpus, description=said, file=content, file_name=file.path.name)
    (outcome.changed if known else outcome.added).append(document.pk)


def _as_before(known: Document) -> Description:
    """What people have said of a document stays when its file changes."""
    return Description(
        known.external_id, known.given_title, known.source, known.language, known.as_of
    )


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()
