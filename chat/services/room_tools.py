"""The tools that chat hands to an assistant: what it may find out about rooms and messages."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from django.db import OperationalError

from ai.errors import ToolFailedError
from ai.types import Found, ReplyRequest, Tool, ToolName, Turn
from chat.models import Membership, Reply
from chat.realtime.threads import in_thread
from chat.selectors.site_data import PERIODS, QUESTIONS, SiteQuestion, site_facts
from chat.selectors.site_questions import site_question_in
from chat.services.document_tools import search_documents
from chat.services.picture_tool import draw_picture

MOST_NAMES = 200  # that a question is searched for
_NAME = {"type": "string", "maxLength": 64}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "question": {
            "enum": list(QUESTIONS),
            "description": (
                "count: how many messages; ranking: who wrote most; last and first: the newest and "
                "the oldest message; rooms: which rooms there are"
            ),
        },
        "period": {"enum": list(PERIODS)},
        "member": {**_NAME, "description": "only messages of this person"},
        "word": {**_NAME, "description": "only messages that contain this word"},
        "room": {**_NAME, "description": "another room; leave out for this one"},
    },
    "required": ["question"],
    "additionalProperties": False,
}


def with_room_tools(reply: Reply, request: ReplyRequest) -> ReplyRequest:
    """The request with the tools of chat that its assistant has."""
    makers: dict[ToolName, Callable[[], Tool | None]] = {
        ToolName.SITE_DATA: partial(site_data, reply),
        ToolName.SEARCH_DOCUMENTS: partial(search_documents, reply, request),
        ToolName.DRAW_PICTURE: partial(draw_picture, reply),
    }
    made = [make() for name, make in makers.items() if name in request.brief.tools]
    return replace(request, tools=(*request.tools, *filter(None, made)))


def site_data(reply: Reply) -> Tool:
    """Looks into rooms with the rights of the reply's asker. It was selected with its joins."""
    names = _names(reply)

    async def run(arguments: Mapping[str, Any]) -> Found:
        return await in_thread(_look, reply, SiteQuestion(**arguments))

    async def hears(turns: Sequence[Turn]) -> Mapping[str, Any] | None:
        asked = site_question_in(turns[-1].text, names=names, asker=reply.asker.username)
        return _narrowed(asked) if asked else None

    return Tool(
        name=ToolName.SITE_DATA,
        description="Look into the chat rooms: how many messages, who wrote most, who and when.",
        schema=SCHEMA,
        run=run,
        hears=hears,
    )


def _narrowed(asked: SiteQuestion) -> Mapping[str, str]:
    """The question, and what narrows it."""
    plain = asdict(SiteQuestion(asked.question))
    narrowing = {name: value for name, value in asdict(asked).items() if value != plain[name]}
    return {"question": asked.question, **narrowing}


def _look(reply: Reply, asked: SiteQuestion) -> Found:
    try:
        facts, count = site_facts(reply, asked)
    except OperationalError as error:  # the statement's time was over, or Postgres is away
        raise ToolFailedError(reason="the rooms cannot be read in time") from error
    return Found(json.dumps(facts, ensure_ascii=False), count)


def _names(reply: Reply) -> tuple[str, ...]:
    """Handles and shown names of those in the room, but for the assistant that is asked."""
    members = Membership.objects.filter(room=reply.room_id).exclude(user=reply.assistant_id)
    rows = members.order_by("pk").values_list("user__username", "user__name")[:MOST_NAMES]
    return tuple({name for row in rows for name in row if name})
