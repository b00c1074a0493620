"""Search in one corpus over HTTP."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from echomind.common.errors import TooOftenError
from echomind.common.rest_view import PlainText, WireView, checked
from rag import errors
from rag.rest.view import READING, caller, operation
from rag.search.find import LONGEST_QUERY, MOST_FOUND, find_passages
from rag.selectors.corpora import corpus_for
from rag.services.search_rate import search_rate
from rag.wire import FoundWire, found_wire


class SearchQuery(serializers.Serializer[Any]):
    """What to look for."""

    q = PlainText()
    k = serializers.IntegerField(default=8, min_value=1, max_value=MOST_FOUND)


class CorpusSearch(WireView):
    """What of a corpus answers a query."""

    @operation(
        summary="Search a corpus",
        parameters=[
            OpenApiParameter(
                "q", str, required=True, description=f"1 to {LONGEST_QUERY} characters."
            ),
            OpenApiParameter(
                "k", int, description=f"At most {MOST_FOUND} passages; 8 if left out."
            ),
        ],
        answers={200: FoundWire},
        errors=(
            *READING,
            errors.QueryInvalidError,
            TooOftenError,
            errors.EmbedderMissingError,
            errors.RerankerMissingError,
        ),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Passages by meaning and by words, in any of the four languages, best first."""
        user = caller(request)
        search_rate.count(user.pk)
        corpus = corpus_for(user, slug)
        wanted = checked(SearchQuery, request.query_params)
        found = find_passages(wanted["q"], corpora=[corpus.pk], user_ids=[user.pk], k=wanted["k"])
        return Response(found_wire(found))
