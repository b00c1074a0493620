"""Corpora over HTTP: list, make, read, change, delete, and say who may read."""

from typing import Any

import msgspec
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from echomind.common.rest_paging import page_links, page_number, page_parameter
from echomind.common.rest_view import PlainText, WireView, checked
from rag import errors
from rag.models import Corpus
from rag.rest.view import CHANGING, READING, caller, operation
from rag.selectors.corpora import (
    corpora_of,
    corpus_for,
    corpus_owned_by,
    count_documents,
    count_documents_of,
)
from rag.services.corpora import change_corpus, create_corpus, delete_corpus
from rag.services.readerships import add_reader, remove_reader
from rag.wire import CorpusWire, corpus_wire

PAGE = 200


class CorpusPage(msgspec.Struct, frozen=True):
    """Corpora; `next` and `previous` are URL paths or null."""

    results: list[CorpusWire]
    next: str | None
    previous: str | None


class NewCorpus(serializers.Serializer[Any]):
    """A corpus to make."""

    slug = PlainText(help_text="Its name in addresses: letters, digits, - and _, at most 64.")
    name = PlainText(help_text="1 to 64 characters.")
    language = PlainText(default="zh-hant", help_text="`zh-hant`, `en`, `ja` or `ko`.")
    public = serializers.BooleanField(default=False)


class CorpusChange(serializers.Serializer[Any]):
    """What of a corpus is to change; what is left out stays."""

    name = PlainText(required=False)
    language = PlainText(required=False)
    public = serializers.BooleanField(required=False)


class CorpusList(WireView):
    """All corpora that the caller may read."""

    @operation(
        summary="List the corpora that one may read",
        operation_id="v1_corpora_list",
        parameters=[page_parameter("corpora")],
        answers={200: CorpusPage},
    )
    def get(self, request: Request) -> Response:
        """One's own, public ones, and those one was made a reader of, by name."""
        number = page_number(request)
        first = (number - 1) * PAGE
        found = list(corpora_of(caller(request))[first : first + PAGE + 1])
        counts = count_documents_of([corpus.pk for corpus in found])
        shown = [corpus_wire(one, counts[one.pk], caller(request)) for one in found[:PAGE]]
        links = page_links(request, number, more=len(found) > PAGE)
        return Response(CorpusPage(shown, *links))

    @operation(
        summary="Make a corpus",
        request=NewCorpus,
        answers={201: CorpusWire},
        errors=(errors.CorpusInvalidError, errors.SlugTakenError, errors.TooManyCorporaError),
    )
    def post(self, request: Request) -> Response:
        """An empty one, owned by the caller."""
        wanted = checked(NewCorpus, request.data)
        is_public = wanted.pop("public")
        made = create_corpus(owner=caller(request), is_public=is_public, **wanted)
        return Response(_shown(request, made), status=status.HTTP_201_CREATED)


class CorpusDetail(WireView):
    """One corpus."""

    @operation(summary="Read a corpus", answers={200: CorpusWire}, errors=READING)
    def get(self, request: Request, slug: str) -> Response:
        """With the number of its documents in each state."""
        return Response(_shown(request, corpus_for(caller(request), slug)))

    @operation(
        summary="Change a corpus's name, language or who may read it",
        request=CorpusChange,
        answers={200: CorpusWire},
        errors=(*CHANGING, errors.CorpusInvalidError),
    )
    def patch(self, request: Request, slug: str) -> Response:
        """For its owner."""
        corpus = corpus_owned_by(caller(request), slug)
        wanted = checked(CorpusChange, request.data)
        change_corpus(corpus=corpus, is_public=wanted.pop("public", None), **wanted)
        return Response(_shown(request, corpus))

    @operation(summary="Delete a corpus", answers={204: None}, errors=CHANGING)
    def delete(self, request: Request, slug: str) -> Response:
        """With all its documents."""
        delete_corpus(corpus=corpus_owned_by(caller(request), slug))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CorpusReader(WireView):
    """Somebody's right to read a corpus."""

    @operation(
        summary="Let somebody read a corpus",
        request=None,
        answers={204: None},
        errors=(*CHANGING, errors.ReaderNotFoundError, errors.TooManyReadersError),
    )
    def put(self, request: Request, slug: str, username: str) -> Response:
        """Who reads it already stays a reader."""
        add_reader(corpus=corpus_owned_by(caller(request), slug), username=username)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @operation(summary="Let somebody read no more", answers={204: None}, errors=CHANGING)
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """From the next search on."""
        remove_reader(corpus=corpus_owned_by(caller(request), slug), username=username)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(request: Request, corpus: Corpus) -> CorpusWire:
    return corpus_wire(corpus, count_documents(corpus), caller(request))
