"""What one asks with in a room, and the models that may answer there, over HTTP."""

from typing import Any

import msgspec
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ai.api import model_choices
from ai.errors import (
    ModelNotAllowedError,
    ParameterUnsupportedError,
    PresetNotFoundError,
)
from ai.types import ModelChoice
from chat import errors
from chat.rest.presets import PARAMETER_ERRORS
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.access import room_for
from chat.selectors.parameters import LiveParameters, live_parameters, models_of
from chat.services.wishes import choose_model, set_wishes


class ParametersWire(msgspec.Struct, frozen=True):
    """What the caller's next question in the room is asked with.

    `parameters` is what comes of the preset and the `values` set beside it. The model's server
    does not honour those in `unsupported`. An empty `preset` is the assistant's own; `model` null
    is each assistant's own.
    """

    preset: str
    values: dict[str, Any]
    parameters: dict[str, Any]
    unsupported: list[str]
    model: int | None


class ModelWire(msgspec.Struct, frozen=True):
    """A model that may be chosen. `parameters` is null while its server does not answer."""

    id: int
    name: str
    server: str
    default: bool
    context_tokens: int | None
    parameters: list[str] | None


class ModelList(msgspec.Struct, frozen=True):
    """Models."""

    results: list[ModelWire]


class ParametersBody(serializers.Serializer[Any]):
    """What to ask with from now on; replaces what was set."""

    preset = PlainText(default="", help_text="A slug; empty for the assistant's own.")
    values = serializers.DictField(default=dict, help_text="Parameters that differ from it.")


class ModelBody(serializers.Serializer[Any]):
    """The model that is to answer in a room."""

    model = serializers.IntegerField(
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Null: each assistant's own.",
    )


class RoomParameters(ChatView):
    """The caller's parameters in one room."""

    @operation(
        summary="Read what one asks with in a room",
        answers={200: ParametersWire},
        errors=(errors.RoomNotFoundError, errors.JoinFirstError),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The caller's own; every member has others."""
        return Response(_wire(live_parameters(user=caller(request), slug=slug)))

    @operation(
        summary="Set what one asks with in a room",
        request=ParametersBody,
        answers={200: ParametersWire},
        errors=(
            errors.RoomNotFoundError,
            errors.JoinFirstError,
            errors.ReadOnlyError,
            PresetNotFoundError,
            ParameterUnsupportedError,
            *PARAMETER_ERRORS,
        ),
    )
    def put(self, request: Request, slug: str) -> Response:
        """From the next question on; those that wait keep what they were asked with."""
        user, body = caller(request), checked(ParametersBody, request.data)
        set_wishes(user=user, room=slug, **body)
        return Response(_wire(live_parameters(user=user, slug=slug)))


class RoomModel(ChatView):
    """The model that answers in one room."""

    @operation(
        summary="Choose the model of a room",
        request=ModelBody,
        answers={200: ParametersWire},
        errors=(
            errors.RoomNotFoundError,
            errors.JoinFirstError,
            errors.NotAllowedError,
            ModelNotAllowedError,
        ),
    )
    def put(self, request: Request, slug: str) -> Response:
        """For owners and moderators. The next reply is written by it; those under way end as they are."""
        user = caller(request)
        choose_model(by=user, room=slug, model=checked(ModelBody, request.data)["model"])
        return Response(_wire(live_parameters(user=user, slug=slug)))


class Models(ChatView):
    """The models of this site."""

    @operation(
        summary="List the models that may be chosen",
        operation_id="v1_models_list",
        parameters=[
            OpenApiParameter("room", str, description="Only those that may answer in this room.")
        ],
        answers={200: ModelList},
        errors=(errors.RoomNotFoundError,),
    )
    def get(self, request: Request) -> Response:
        """Those that are switched on, with the parameters that their servers honour."""
        room = request.query_params.get("room")
        found = models_of(room_for(caller(request), room)) if room else model_choices()
        return Response(ModelList([_model_wire(choice) for choice in found]))


def _wire(live: LiveParameters) -> ParametersWire:
    return ParametersWire(
        preset=live.preset,
        values=live.values,
        parameters=live.parameters.as_json(),
        unsupported=live.unsupported,
        model=live.room.model_id,
    )


def _model_wire(choice: ModelChoice) -> ModelWire:
    abilities = choice.abilities
    return ModelWire(
        id=choice.id,
        name=choice.title,
        server=choice.server,
        default=choice.is_default,
        context_tokens=choice.context_tokens,
        parameters=sorted(abilities.parameters) if abilities else None,
    )
