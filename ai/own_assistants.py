"""A person's own assistants: made, changed, and removed by nobody else."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.api import (
    make_assistant_user,
    rename_assistant,
    retire_assistant_user,
    user_by_username,
)
from accounts.types import Language
from ai.errors import AssistantInvalidError, AssistantNotFoundError, TooManyAssistantsError
from ai.models import Adapter, Assistant, Model, Preset
from ai.types import AssistantChoices, AssistantProfile, ToolName
from echomind.common.text import is_safe, normalised, one_line
from rag.api import corpus_names, readable_corpora

MOST = 10  # assistants of one person
MAX_DESCRIPTION = 200
MAX_GREETING = 400
MAX_INSTRUCTIONS = 1_200  # characters; each token of them is read before every answer


def make_assistant(*, owner: int, username: str, profile: AssistantProfile) -> str:
    """Make an assistant of this person; returns its handle as it is kept.

    Raises TooManyAssistantsError, AssistantInvalidError, and of accounts HandleInvalidError,
    HandleTakenError and NameInvalidError.
    """
    fields = _checked(profile, owner)
    with transaction.atomic():
        _require_place(owner)
        user = make_assistant_user(username=username, name=profile.name)
        Assistant.objects.create(user_id=user.pk, owner_id=owner, **fields)
    return user.username


def change_assistant(*, owner: int, username: str, profile: AssistantProfile) -> None:
    """Set everything that an owner may set. Raises AssistantNotFoundError, AssistantInvalidError and
    of accounts NameInvalidError.
    """
    assistant = _own(owner, username)
    fields = _checked(profile, owner)
    with transaction.atomic():
        rename_assistant(user=assistant.user, name=profile.name)
        Assistant.objects.filter(pk=assistant.pk).update(**fields)


def remove_assistant(*, owner: int, username: str) -> None:
    """It answers nobody any more; what it said stays. Raises AssistantNotFoundError."""
    retire_assistant_user(user=_own(owner, username).user)


def own_assistant(*, owner: int, username: str) -> AssistantProfile:
    """What the owner has set. Raises AssistantNotFoundError."""
    assistant = _own(owner, username)
    return AssistantProfile(
        name=assistant.user.name,
        description=assistant.description,
        is_public=assistant.is_public,
        greetings=assistant.greetings,
        instructions=assistant.instructions,
        model=assistant.model_id,
        adapter=assistant.adapter_id,
        preset=assistant.preset.slug if assistant.preset else "",
        tools=tuple(assistant.tools),
        corpora=tuple(assistant.corpora),
    )


def assistant_choices(owner: int) -> AssistantChoices:
    """The models, adapters, presets, tools and corpora that this person's assistants may have."""
    models = Model.objects.filter(enabled=True, server__enabled=True).select_related("server")
    adapters = Adapter.objects.filter(enabled=True, model__in=models)
    return AssistantChoices(
        models=[(model.pk, str(model)) for model in models],
        adapters=[(adapter.pk, str(adapter)) for adapter in adapters],
        presets=[(preset.slug, _(preset.name)) for preset in Preset.objects.usable_by(owner)],
        tools=[(name, str(label)) for name, label in ToolName.choices],
        corpora=[(one.slug, one.name) for one in corpus_names(readable_corpora([owner]))],
    )


def _require_place(owner: int) -> None:
    """Nobody else takes a place of this person until the transaction ends."""
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=owner)
    if Assistant.objects.active().filter(owner=owner).count() >= MOST:
        raise TooManyAssistantsError(most=MOST)


def _own(owner: int, username: str) -> Assistant:
    user = user_by_username(username)
    mine = Assistant.objects.active().filter(owner=owner)
    assistant = mine.filter(user=user).first() if user else None
    if assistant is None:
        raise AssistantNotFoundError
    return assistant


def _checked(profile: AssistantProfile, owner: int) -> dict[str, Any]:
    """The columns to write. Raises AssistantInvalidError."""
    choices = assistant_choices(owner)
    return {
        "description": _text(one_line(profile.description), MAX_DESCRIPTION, _("description")),
        "is_public": profile.is_public,
        "greetings": _texts(profile.greetings, MAX_GREETING, _("greeting")),
        "instructions": _texts(profile.instructions, MAX_INSTRUCTIONS, _("instructions")),
        "model_id": _one_of(profile.model, choices.models, _("model")),
        "adapter_id": _adapter_of(profile, choices),
        "preset_id": _preset_of(profile, owner),
        "tools": _some_of(profile.tools, choices.tools, _("tools")),
        "corpora": _some_of(profile.corpora, choices.corpora, _("corpora")),
    }


def _texts(texts: Mapping[str, str], most: int, field: str) -> dict[str, str]:
    if not set(texts) <= set(Language.values):
        raise AssistantInvalidError(field=field)
    written = {language: _text(normalised(text), most, field) for language, text in texts.items()}
    return {language: text for language, text in written.items() if text}


def _text(text: str, most: int, field: str) -> str:
    if len(text) > most or not is_safe(text):
        raise AssistantInvalidError(field=field)
    return text


def _one_of(chosen: int | None, offered: Iterable[tuple[int, str]], field: str) -> int | None:
    if chosen is not None and chosen not in {pk for pk, _label in offered}:
        raise AssistantInvalidError(field=field)
    return chosen


def _some_of(chosen: Iterable[str], offered: Iterable[tuple[str, str]], field: str) -> list[str]:
    names = list(dict.fromkeys(chosen))
    if not set(names) <= {name for name, _label in offered}:
        raise AssistantInvalidError(field=field)
    return names


def _preset_of(profile: AssistantProfile, owner: int) -> int | None:
    if not profile.preset:
        return None
    preset = Preset.objects.usable_by(owner).filter(slug=profile.preset).last()  # own ones first
    if preset is None:
        raise AssistantInvalidError(field=_("preset"))
    return preset.pk


def _adapter_of(profile: AssistantProfile, choices: AssistantChoices) -> int | None:
    """An adapter works with its own model alone."""
    adapter = _one_of(profile.adapter, choices.adapters, _("adapter"))
    if adapter is None or Adapter.objects.filter(pk=adapter, model=profile.model).exists():
        return adapter
    raise AssistantInvalidError(field=_("adapter"))
