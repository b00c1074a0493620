"""The tool `draw_picture` that chat hands to an assistant: the picture stands below its answer."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ai.errors import ToolFailedError
from ai.types import Found, Tool, ToolName, Turn
from chat.models import Reply
from chat.realtime.threads import in_thread
from chat.selectors.drawing_requests import mentions_drawing
from echomind.common.errors import EchoMindError
from imaging.api import request_picture
from imaging.types import HIGHEST_SEED, SHIBA, Style

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "kind": {
            "enum": [SHIBA, *Style],
            "description": "shiba: a Shiba Inu; the others: a face in this style",
        },
        "seed": {"type": "integer", "minimum": 0, "maximum": HIGHEST_SEED},
    },
    "required": ["kind"],
    "additionalProperties": False,
}


def draw_picture(reply: Reply) -> Tool:
    """Draws for the reply's asker. The reply was selected with its joins."""

    async def run(arguments: Mapping[str, Any]) -> Found:
        return await in_thread(_draw, reply, **arguments)

    return Tool(
        name=ToolName.DRAW_PICTURE,
        description="Draw a picture: a Shiba Inu, or a face. It is shown below your answer.",
        schema=SCHEMA,
        run=run,
        hears=_hears,
    )


async def _hears(turns: Sequence[Turn]) -> Mapping[str, Any] | None:
    return {"kind": SHIBA} if mentions_drawing(turns[-1].text) else None


def _draw(reply: Reply, kind: str, seed: int | None = None) -> Found:
    try:
        made = request_picture(user=reply.asker, kind=kind, seed=seed)
    except EchoMindError as error:
        raise ToolFailedError(reason=error.code) from error
    Reply.objects.filter(pk=reply.pk).update(picture=made)
    told = {"drawn": kind, "seed": made.seed, "shown": "below your answer, say a word about it"}
    return Found(json.dumps(told), 1)
