"""Documents over HTTP: hand in, look how far they are, try again, delete."""

from typing import Any

import msgspec
from django.http import QueryDict
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from echomind.common.rest_paging import page_links, page_number, page_parameter
from echomind.common.rest_view import WireView, checked
from rag import errors
from rag.models import Corpus, Document
from rag.rest.document_bodies import BODIES, DocumentParser, FileParser, NewDocument, NewFile
from rag.rest.view import CHANGING, READING, caller, operation
from rag.selectors.corpora import corpus_for, corpus_owned_by, document_in
from rag.services.documents import delete_document, retry_document
from rag.services.uploads import add_documents, require_few, upload_file
from rag.types import Description
from rag.wire import DocumentWire, document_wire

PAGE = 200
ADDING = (
    *CHANGING,
    errors.DocumentInvalidError,
    errors.TextTooLongError,
    errors.DocumentTooLargeError,
    errors.TooManyDocumentsError,
    errors.CorpusFullError,
    errors.FormatUnknownError,
)


class DocumentPage(msgspec.Struct, frozen=True):
    """Documents; `next` and `previous` are URL paths or null."""

    results: list[DocumentWire]
    next: str | None
    previous: str | None


class DocumentsWire(msgspec.Struct, frozen=True):
    """The documents of a list, in its order."""

    results: list[DocumentWire]


_SHAPES: list[Any] = [DocumentWire, DocumentsWire]  # structs, which our extension describes
ONE_OR_MANY = PolymorphicProxySerializer(
    component_name="DocumentOrMany",
    serializers=_SHAPES,
    resource_type_field_name=None,
)


class DocumentList(WireView):
    """The documents of a corpus."""

    parser_classes = (DocumentParser, FileParser)

    @operation(
        summary="List the documents of a corpus",
        operation_id="v1_corpora_documents_list",
        parameters=[page_parameter("documents")],
        answers={200: DocumentPage},
        errors=READING,
    )
    def get(self, request: Request, slug: str) -> Response:
        """The oldest first, with entries of files."""
        corpus = corpus_for(caller(request), slug)
        number = page_number(request)
        first = (number - 1) * PAGE
        rows = corpus.documents.defer("text").order_by("pk")
        found = list(rows[first : first + PAGE + 1])
        links = page_links(request, number, more=len(found) > PAGE)
        return Response(DocumentPage([document_wire(one) for one in found[:PAGE]], *links))

    @operation(
        summary="Add or replace documents",
        request=BODIES,
        answers={202: ONE_OR_MANY},
        errors=ADDING,
    )
    def post(self, request: Request, slug: str) -> Response:
        """A file, a text, or a list of at most 1,000 texts, of which all are taken or none.

        They are indexed in the background: the answer has the state so far; for a list, `results`.
        """
        corpus = corpus_owned_by(caller(request), slug)
        if isinstance(request.data, list):
            answer: Any = DocumentsWire(_add_texts(corpus, request.data))
        elif isinstance(request.data, QueryDict):
            answer = document_wire(_add_file(corpus, checked(NewFile, request.data)))
        else:
            answer = document_wire(_add_text(corpus, checked(NewDocument, request.data)))
        return Response(answer, status=status.HTTP_202_ACCEPTED)


class DocumentDetail(WireView):
    """One document."""

    @operation(
        summary="Read how far a document is",
        answers={200: DocumentWire},
        errors=(*READING, errors.DocumentNotFoundError),
    )
    def get(self, request: Request, slug: str, document: int) -> Response:
        """Its state, and what is wrong with it."""
        found = document_in(corpus_for(caller(request), slug), document)
        return Response(document_wire(found))

    @operation(
        summary="Delete a document",
        answers={204: None},
        errors=(*CHANGING, errors.DocumentNotFoundError),
    )
    def delete(self, request: Request, slug: str, document: int) -> Response:
        """With its chunks and vectors, at once."""
        found = document_in(corpus_owned_by(caller(request), slug), document)
        delete_document(document=found)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DocumentRetry(WireView):
    """Another try at a document."""

    @operation(
        summary="Index a document again",
        request=None,
        answers={202: DocumentWire},
        errors=(*CHANGING, errors.DocumentNotFoundError),
    )
    def post(self, request: Request, slug: str, document: int) -> Response:
        """Also one that is ready; one that is being worked on goes on."""
        found = document_in(corpus_owned_by(caller(request), slug), document)
        retry_document(document=found)
        found.refresh_from_db(fields=["state", "done", "total", "code", "version"])
        return Response(document_wire(found), status=status.HTTP_202_ACCEPTED)


def _add_texts(corpus: Corpus, bodies: list[Any]) -> list[DocumentWire]:
    require_few(bodies)  # before each is checked, and told what it lacks
    shape: serializers.BaseSerializer[Any] = NewDocument(data=bodies, many=True)
    shape.is_valid(raise_exception=True)
    texts = [(_description(body), body["text"]) for body in shape.validated_data]
    return [document_wire(one) for one in add_documents(corpus=corpus, texts=texts)]


def _add_text(corpus: Corpus, body: dict[str, Any]) -> Document:
    (added,) = add_documents(corpus=corpus, texts=[(_description(body), body["text"])])
    return added


def _add_file(corpus: Corpus, body: dict[str, Any]) -> Document:
    file = body["file"]
    return upload_file(
        corpus=corpus,
        description=_description(body),
        file=file,
        file_name=file.name,
        size=file.size,
    )


def _description(body: dict[str, Any]) -> Description:
    return Description(
        **{field: body[field] for field in ("external_id", "title", "source", "language", "as_of")}
    )
