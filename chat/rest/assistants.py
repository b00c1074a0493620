"""Assistants over HTTP: those whom the caller may write to, and the caller's own."""

from typing import Any

import msgspec
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.errors import HandleInvalidError, HandleTakenError, NameInvalidError
from ai.api import (
    change_assistant,
    make_assistant,
    own_assistant,
    remove_assistant,
    usable_assistants,
)
from ai.errors import AssistantInvalidError, AssistantNotFoundError, TooManyAssistantsError
from ai.types import AssistantProfile
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from echomind.common.text import is_storable

SETTING = (AssistantInvalidError, NameInvalidError)


class AssistantWire(msgspec.Struct, frozen=True):
    """An assistant in the caller's language. `own` ones are the caller's to change."""

    username: str
    name: str
    description: str
    greeting: str
    public: bool
    own: bool


class AssistantList(msgspec.Struct, frozen=True):
    """Assistants, the oldest first."""

    results: list[AssistantWire]


class ProfileWire(msgspec.Struct, frozen=True):
    """What an owner has set; texts are by language."""

    username: str
    name: str
    description: str
    is_public: bool
    greetings: dict[str, str]
    instructions: dict[str, str]
    model: int | None
    adapter: int | None
    preset: str
    tools: list[str]
    corpora: list[str]


class ProfileBody(serializers.Serializer[Any]):
    """What to set; what is left out is empty."""

    name = PlainText(help_text="1 to 64 characters.")
    description = PlainText(default="")
    is_public = serializers.BooleanField(default=False)
    greetings = serializers.DictField(child=PlainText(), default=dict)
    instructions = serializers.DictField(child=PlainText(), default=dict)
    model = serializers.IntegerField(default=None, allow_null=True)
    adapter = serializers.IntegerField(default=None, allow_null=True)
    preset = PlainText(default="", help_text="The slug of a preset.")
    tools = serializers.ListField(child=PlainText(), default=list)
    corpora = serializers.ListField(
        child=PlainText(), default=list, help_text="Slugs; it answers from these alone."
    )


class NewAssistant(ProfileBody):
    """An assistant to make."""

    username = PlainText(help_text="The handle that others mention it by.")


class Assistants(ChatView):
    """The assistants that the caller may use."""

    @operation(
        summary="List the assistants",
        operation_id="v1_assistants_list",
        parameters=[OpenApiParameter("q", str, description="Part of a name or handle.")],
        answers={200: AssistantList},
    )
    def get(self, request: Request) -> Response:
        """The public ones and one's own."""
        query = request.query_params.get("q", "").strip()
        found = usable_assistants(
            person=caller(request).pk,
            language=get_language() or "en",
            query=query if is_storable(query) else "",
        )
        cards = [
            AssistantWire(
                card.username,
                card.name,
                card.description,
                card.greeting,
                card.is_public,
                card.is_own,
            )
            for card in found
        ]
        return Response(AssistantList(cards))

    @operation(
        summary="Make an assistant",
        request=NewAssistant,
        answers={201: ProfileWire},
        errors=(*SETTING, HandleInvalidError, HandleTakenError, TooManyAssistantsError),
    )
    def post(self, request: Request) -> Response:
        """An assistant of the caller's own."""
        body = checked(NewAssistant, request.data)
        username: str = body.pop("username")
        owner = caller(request).pk
        made = make_assistant(owner=owner, username=username, profile=_profile(body))
        return Response(_wire(owner, made), status=status.HTTP_201_CREATED)


class AssistantDetail(ChatView):
    """One of the caller's own assistants."""

    @operation(
        summary="Read one's own assistant",
        answers={200: ProfileWire},
        errors=(AssistantNotFoundError,),
    )
    def get(self, request: Request, username: str) -> Response:
        """What was set."""
        return Response(_wire(caller(request).pk, username))

    @operation(
        summary="Change one's own assistant",
        request=ProfileBody,
        answers={200: ProfileWire},
        errors=(AssistantNotFoundError, *SETTING),
    )
    def put(self, request: Request, username: str) -> Response:
        """Replaces everything but the handle; the next answer uses it."""
        profile = _profile(checked(ProfileBody, request.data))
        change_assistant(owner=caller(request).pk, username=username, profile=profile)
        return Response(_wire(caller(request).pk, username))

    @operation(
        summary="Remove one's own assistant",
        answers={204: None},
        errors=(AssistantNotFoundError,),
    )
    def delete(self, request: Request, username: str) -> Response:
        """It answers nobody any more; what it said stays."""
        remove_assistant(owner=caller(request).pk, username=username)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _profile(body: dict[str, Any]) -> AssistantProfile:
    several = {name: tuple(body[name]) for name in ("tools", "corpora")}
    return AssistantProfile(**{**body, **several})


def _wire(owner: int, username: str) -> ProfileWire:
    profile = own_assistant(owner=owner, username=username)
    return ProfileWire(
        username=username,
        name=profile.name,
        description=profile.description,
        is_public=profile.is_public,
        greetings=dict(profile.greetings),
        instructions=dict(profile.instructions),
        model=profile.model,
        adapter=profile.adapter,
        preset=profile.preset,
        tools=list(profile.tools),
        corpora=list(profile.corpora),
    )
