"""Brings a document's content into a draft, or the entries of a file into documents of their own."""

from collections.abc import Sequence

from django.db import transaction

from echomind.common.errors import EchoMindError
from rag import store
from rag.errors import NoTextError
from rag.models import Chunk, Document, Draft
from rag.readers.cleaning import cleaned
from rag.readers.limited import read_file
from rag.readers.reading import Entry, Reading
from rag.services.capacity import require_capacity
from rag.services.documents import LONGEST, add_document, delete_rows, sizes_of
from rag.services.work import Work
from rag.types import Description, DocumentState, Note

NAMED = 20  # entries that a note names


def read_document(work: Work) -> Draft | None:
    """The draft of the version at work, made if it is missing; None for a file of many documents.

    Raises one of the errors of `rag.readers.limited`, NoTextError or CorpusFullError.
    """
    document = work.document
    draft = Draft.objects.filter(document=document, version=document.version).first()
    if draft is not None:
        return draft
    reading = read_file(store.path_of(document.sha256), document.file_name)
    if reading.is_collection:
        _take_entries(work, reading)
        return None
    return _draft(work, reading.entries[0], _noted(reading))


def _draft(work: Work, entry: Entry, notes: list[dict[str, str]]) -> Draft:
    text, more = cleaned(entry.text)
    if not text:
        raise NoTextError
    document = work.document
    require_capacity(document.corpus, [document.external_id], len(text))
    with transaction.atomic():
        source = document.source or _line(entry.source, "source")
        work.note(source=source, characters=len(text))
        Draft.objects.filter(document=document).delete()
        return Draft.objects.create(
            document=document,
            version=document.version,
            title=document.given_title or _line(entry.title, "title"),
            text=text,
            notes=notes + more,
        )


def _take_entries(work: Work, reading: Reading) -> None:
    """Add each entry under its own name; what is not in the file any more goes."""
    document = work.document
    entries = [(_name_of(document, entry), entry) for entry in reading.entries]
    _require_capacity(document, entries)
    names: set[str] = set()
    refused: list[str] = []
    for name, entry in entries:
        try:
            with transaction.atomic():
                work.note()  # and nobody deletes the file meanwhile
                _add_entry(document, entry, name)
            names.add(name)
        except EchoMindError:
            refused.append(name)
    notes = _noted(reading)
    if refused:
        notes.append(_of_refused(refused))
    with transaction.atomic():
        work.note(
            state=DocumentState.READY,
            is_collection=True,
            text="",
            characters=0,
            notes=notes,
            sizes=sizes_of(document.corpus),
        )
        delete_rows(document.entries.exclude(external_id__in=names))
        Chunk.objects.filter(document=document).delete()


def _of_refused(names: Sequence[str]) -> dict[str, str]:
    """A note that names the first of them, as far as they can be shown."""
    shown = ", ".join(_line(name, "external_id") for name in names[:NAMED])
    more = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
    return {"code": Note.REFUSED_ENTRIES, "detail": shown + more}


def _require_capacity(document: Document, entries: Sequence[tuple[str, Entry]]) -> None:
    """Raise CorpusFullError before any of them is taken."""
    names = {document.external_id, *(name for name, _ in entries)}
    require_capacity(document.corpus, names, sum(len(entry.text) for _, entry in entries))


def _add_entry(document: Document, entry: Entry, name: str) -> None:
    description = Description(
        external_id=name,
        title=_line(entry.title, "title"),
        source=_line(entry.source, "source") or document.source,
        language=entry.language or document.language,
        as_of=entry.as_of or document.as_of,
    )
    add_document(corpus=document.corpus, description=description, text=entry.text, part_of=document)


def _line(text: str, field: str) -> str:
    """What a file says of itself as one line that fits."""
    return " ".join(cleaned(text)[0].split())[: LONGEST[field]]


def _name_of(document: Document, entry: Entry) -> str:
    """An entry without a name has its place; none may take the name of its own file."""
    name = " ".join(cleaned(entry.external_id)[0].split())
    return (
        f"{document.external_id}#{name}" if name.isdigit() or name == document.external_id else name
    )


def _noted(reading: Reading) -> list[dict[str, str]]:
    return [{"code": code, "detail": detail} for code, detail in reading.notes]
