"""Makes and lists assistants: a user row of kind `assistant` with its profile."""

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts.types import UserKind
from ai.errors import UsernameTakenError
from ai.models import Assistant
from ai.types import AssistantSummary


def public_assistants() -> list[AssistantSummary]:
    """The assistants anybody may address, by name. One query."""
    return [
        AssistantSummary(
            user_id=assistant.user_id,
            username=assistant.user.username,
            name=assistant.user.shown_name,
            description=assistant.description,
        )
        for assistant in Assistant.objects.public()
    ]


@transaction.atomic
def create_assistant(
    *, username: str, name: str, is_public: bool, description: str = ""
) -> AssistantSummary:
    """The assistant with this username, made if missing; what staff changed later is kept.

    Raises UsernameTakenError where a person has the username.
    """
    user, made = get_user_model().objects.get_or_create(
        username=username, defaults={"name": name, "kind": UserKind.ASSISTANT}
    )
    if user.kind != UserKind.ASSISTANT:
        raise UsernameTakenError(username=username)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    profile, _ = Assistant.objects.get_or_create(
        user=user, defaults={"is_public": is_public, "description": description}
    )
    return AssistantSummary(user.pk, user.username, user.shown_name, profile.description)
