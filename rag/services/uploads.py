"""Documents that people hand in by page, API or admin, within the limits of one corpus."""

from collections.abc import Sequence, Sized
from pathlib import PurePosixPath
from typing import BinaryIO

from django.db import transaction

from rag.errors import DocumentInvalidError, FormatUnknownError, TooManyDocumentsError
from rag.models import Corpus, Document
from rag.readers.formats import SUFFIXES
from rag.services.capacity import require_capacity
from rag.services.documents import add_document, add_file
from rag.store import require_small, shown_name
from rag.types import Description

MOST_AT_ONCE = 1000  # documents of one request


def upload_file(
    *, corpus: Corpus, description: Description, file: BinaryIO, file_name: str, size: int
) -> Document:
    """Take in a file of `size` bytes, under its name if the description holds none.

    Raises FormatUnknownError, DocumentTooLargeError, DocumentInvalidError or CorpusFullError.
    """
    name = shown_name(file_name)
    if PurePosixPath(name.lower()).suffix not in SUFFIXES:
        raise FormatUnknownError
    require_small(size)
    said = description if description.external_id else description.named(name)
    require_capacity(corpus, [said.external_id], 0)
    return add_file(corpus=corpus, description=said, file=file, file_name=name)


def require_few(documents: Sized) -> None:
    """Raise TooManyDocumentsError for more than one request may have."""
    if len(documents) > MOST_AT_ONCE:
        raise TooManyDocumentsError(most=MOST_AT_ONCE)


@transaction.atomic
def add_documents(*, corpus: Corpus, texts: Sequence[tuple[Description, str]]) -> list[Document]:
    """Take in documents that come as text: all of them or, where one cannot be used, none.

    Raises DocumentInvalidError, which names the place of the one in the list, TooManyDocumentsError
    or CorpusFullError.
    """
    require_few(texts)
    require_capacity(
        corpus, {said.external_id for said, _ in texts}, sum(len(text) for _, text in texts)
    )
    documents = []
    for number, (description, text) in enumerate(texts):
        try:
            documents.append(add_document(corpus=corpus, description=description, text=text))
        except DocumentInvalidError as error:
            if len(texts) == 1:
                raise
            raise DocumentInvalidError(field=f"[{number}].{error.data['field']}") from error
    return documents
