"""The site as a stranger first sees it: public rooms with assistants in them.

Four rooms are there for the four styles, and one for the corpus that comes with the site.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.api import User
from ai.api import seed_assistants, seed_models_and_presets
from chat.models import Membership, Room
from chat.services.faces import request_missing_faces
from chat.types import Answering, Style
from imaging.api import seed_styles
from rag.api import readable_corpora, seed_first_corpus
from rag.types import FIRST_CORPUS

ROOMS = (
    (Style.MINIMALIST, "極簡", "少一點，想清楚一點"),
    (Style.COMIC, "漫畫", "聊漫畫、聊三國，也問手機"),
    (Style.PIXEL, "像素", "遊戲、程式與小點點"),
    (Style.REALISTIC, "寫實", "攝影、旅行與日常"),
)
ROOM_OF_FIGURES = Style.COMIC


@transaction.atomic
def seed() -> None:
    """Make what is missing; what staff changed stays as it is."""
    seed_models_and_presets()
    seed_styles()
    general, *figures = seed_assistants()
    for style, name, topic in ROOMS:
        room, made = Room.objects.get_or_create(
            slug=style, defaults={"name": name, "topic": topic, "style": style}
        )
        beginners = [general] if made else []
        if style == ROOM_OF_FIGURES:
            beginners += [figure for figure in figures if made or figure.is_new]
        for assistant in beginners:
            Membership.objects.get_or_create(room=room, user_id=assistant.user_id)
    _seed_first_corpus(general.user_id)
    request_missing_faces()


def _seed_first_corpus(assistant: int) -> None:
    """The corpus, owned by the assistant, and its room, where that one answers everything."""
    seed_first_corpus(owner=User.objects.get(pk=assistant))
    room, made = Room.objects.get_or_create(
        slug=FIRST_CORPUS,
        defaults={
            "name": _("iPhone 17 questions"),
            "topic": _("Ask anything about iPhone 17; the answers name their sources"),
            "answering": Answering.DEFAULT,
            "default_assistant_id": assistant,
        },
    )
    if made:
        Membership.objects.create(room=room, user_id=assistant)
        room.corpora.set(readable_corpora((), [FIRST_CORPUS]))
