"""Who the assistants are, as others may list and use them; and those that every site begins with."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from accounts.types import UserKind
from ai.errors import UsernameTakenError
from ai.models import Assistant
from ai.personas import Persona, personas
from ai.types import AssistantCard, SeededAssistant


def usable_assistants(*, person: int, language: str, query: str = "") -> list[AssistantCard]:
    """The public ones and the person's own whose handle or name holds `query`. One query."""
    found = Assistant.objects.usable_by(person)
    if query:
        found = found.filter(Q(user__username__icontains=query) | Q(user__name__icontains=query))
    return [_card(assistant, person, language) for assistant in found]


def assistants_of_new_rooms() -> list[int]:
    """The user ids of the assistants that every room has from its beginning."""
    joining = Assistant.objects.active().filter(joins_new_rooms=True).order_by("user_id")
    return list(joining.values_list("user_id", flat=True))


def assistant_card(*, username: str, person: int, language: str) -> AssistantCard | None:
    """An assistant that the person meets somewhere already, whether or not they could find it."""
    assistant = Assistant.objects.select_related("user").filter(user__username=username).first()
    return _card(assistant, person, language) if assistant else None


@transaction.atomic
def create_assistant(
    *, username: str, name: str, is_public: bool, joins_new_rooms: bool = False
) -> SeededAssistant:
    """The assistant with this username, made if missing; what staff changed later is kept.

    Raises UsernameTakenError where a person has the username.
    """
    plain = Persona(username, name, {}, {}, {}, {}, joins_new_rooms=joins_new_rooms)
    return _seeded(plain, is_public=is_public)


@transaction.atomic
def seed_assistants() -> list[SeededAssistant]:
    """The general assistant first, then the others; made if missing. Raises as `create_assistant`."""
    return [_seeded(persona, is_public=True) for persona in personas()]


def _seeded(persona: Persona, *, is_public: bool) -> SeededAssistant:
    user, made = get_user_model().objects.get_or_create(
        username=persona.username, defaults={"name": persona.name, "kind": UserKind.ASSISTANT}
    )
    if user.kind != UserKind.ASSISTANT:
        raise UsernameTakenError(username=persona.username)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    words = {
        "names": persona.names,
        "descriptions": persona.descriptions,
        "greetings": persona.greetings,
        "instructions": persona.instructions,
        "tools": list(persona.tools),
        "joins_new_rooms": persona.joins_new_rooms,
    }
    assistant, _ = Assistant.objects.get_or_create(
        user=user, defaults={"is_public": is_public, **words}
    )
    if _is_as_seeded_before(assistant, words):
        Assistant.objects.filter(pk=assistant.pk).update(**words)
    return SeededAssistant(user.pk, user.username, is_new=made)


def _is_as_seeded_before(assistant: Assistant, words: Mapping[str, Any]) -> bool:
    """Whether it is what an earlier version made: without words, or with these but without tools.

    What staff do in the admin is in its log: tools that they took away stay away.
    """
    had_words = any((assistant.greetings, assistant.instructions))
    same = all(getattr(assistant, name) == words[name] for name in ("greetings", "instructions"))
    if assistant.tools or (had_words and not same):
        return False
    kind = ContentType.objects.get_for_model(Assistant)
    return not LogEntry.objects.filter(content_type=kind, object_id=str(assistant.pk)).exists()


def _card(assistant: Assistant, person: int, language: str) -> AssistantCard:
    return AssistantCard(
        user_id=assistant.user_id,
        username=assistant.user.username,
        name=assistant.name_in(language),
        description=assistant.description_in(language),
        greeting=assistant.greeting_in(language),
        is_public=assistant.is_public,
        is_own=assistant.owner_id == person,
    )
