"""The site as a stranger first sees it: four public rooms, one a style, and an assistant in each."""

from django.db import transaction

from ai.api import create_assistant, seed_models_and_presets
from chat.models import Membership, Room
from chat.types import Style

ASSISTANT = ("echo", "EchoMind 助理", "什麼都可以問的助理")
ROOMS = (
    (Style.MINIMALIST, "極簡", "少一點，想清楚一點"),
    (Style.COMIC, "漫畫", "聊漫畫、聊三國，也問手機"),
    (Style.PIXEL, "像素", "遊戲、程式與小點點"),
    (Style.REALISTIC, "寫實", "攝影、旅行與日常"),
)


@transaction.atomic
def seed() -> None:
    """Make what is missing; what staff changed stays as it is."""
    seed_models_and_presets()
    username, name, description = ASSISTANT
    assistant = create_assistant(
        username=username, name=name, is_public=True, description=description
    )
    for style, room_name, topic in ROOMS:
        room, made = Room.objects.get_or_create(
            slug=style, defaults={"name": room_name, "topic": topic, "style": style}
        )
        if made:
            Membership.objects.create(room=room, user_id=assistant.user_id)
