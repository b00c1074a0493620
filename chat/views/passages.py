"""The pane that opens a passage behind an answer, highlighted in its document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chat.services.replies import visible_reply
from chat.views.page_errors import reader_of, side_pane
from rag.api import cited_passage
from rag.errors import PassageNotFoundError


@side_pane
def passage(request: HttpRequest, reply_id: str, number: int) -> HttpResponse:
    """For whoever may see the reply and, as of now, read the document."""
    user = reader_of(request)
    kept = visible_reply(user=user, reply_id=reply_id).passages
    if not 0 < number <= len(kept):
        raise PassageNotFoundError
    cited = kept[number - 1]
    found = cited_passage(
        user.pk, document=cited["document"], text=cited["text"], start=cited["start"]
    )
    return render(request, "chat/side/passage.html", {"passage": found})
