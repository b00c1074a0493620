"""The tool by which an assistant answers from documents: chat says whose, `rag` finds the passages."""

from collections.abc import Sequence

from django.conf import settings
from django.db import OperationalError

from ai.api import documents_tool
from ai.errors import ToolFailedError
from ai.types import ReplyRequest, Tool
from chat.models import Reply
from chat.realtime.threads import in_thread
from chat.selectors.corpora import Library, library_for
from rag.api import find_passages
from rag.types import Passage


def search_documents(reply: Reply, request: ReplyRequest) -> Tool | None:
    """The tool for one reply; None where there is nothing that all its readers may read."""
    library = library_for(reply, allowed=request.brief.corpora)
    if not library.corpora:
        return None

    async def find(query: str) -> Sequence[Passage]:
        return await in_thread(_find, library, query)

    return documents_tool(find, language=reply.room.language)


def _find(library: Library, query: str) -> Sequence[Passage]:
    try:
        found = find_passages(
            query, corpora=library.corpora, user_ids=library.readers, k=settings.MOST_PASSAGES
        )
    except OperationalError as error:  # Postgres is away
        raise ToolFailedError(reason="the documents cannot be read now") from error
    return found.passages
