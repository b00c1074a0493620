"""Presets over HTTP: the site's and one's own, kept, changed, exported and imported."""

from typing import Any

import msgspec
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ai import errors
from ai.api import (
    change_preset,
    find_preset,
    flat_form,
    full_form,
    read_preset,
    save_preset,
    usable_presets,
)
from ai.types import PresetSummary
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.services.wishes import forget_preset

PARAMETER_ERRORS = (
    errors.ParameterUnknownError,
    errors.ParameterTypeError,
    errors.ParameterOutOfRangeError,
    errors.StopEmptyError,
    errors.StopLimitError,
)
KEEPING = (
    *PARAMETER_ERRORS,
    errors.PresetNameError,
    errors.PresetNameTakenError,
    errors.TooManyPresetsError,
)
CHANGING = (errors.PresetNotFoundError, errors.PresetNotOwnError)


class PresetWire(msgspec.Struct, frozen=True):
    """Parameters under a name; `own` is false for those of the site."""

    slug: str
    name: str
    own: bool
    parameters: dict[str, Any]


class PresetList(msgspec.Struct, frozen=True):
    """The site's presets, then one's own; there are never more than a page of them."""

    results: list[PresetWire]


class PresetBody(serializers.Serializer[Any]):
    """A preset to keep. A parameter that is left out has its default."""

    name = PlainText(help_text="1 to 64 characters.")
    parameters = serializers.DictField(default=dict)


class Presets(ChatView):
    """The presets that the caller may use."""

    @operation(
        summary="List the presets", operation_id="v1_presets_list", answers={200: PresetList}
    )
    def get(self, request: Request) -> Response:
        """The site's, then one's own, by name."""
        found = usable_presets(caller(request).pk)
        return Response(PresetList([preset_wire(preset) for preset in found]))

    @operation(
        summary="Keep a preset", request=PresetBody, answers={201: PresetWire}, errors=KEEPING
    )
    def post(self, request: Request) -> Response:
        """Parameters under a new name; the answer has the slug."""
        body = checked(PresetBody, request.data)
        kept = save_preset(owner=caller(request).pk, name=body["name"], values=body["parameters"])
        return Response(preset_wire(kept), status=status.HTTP_201_CREATED)


class PresetDetail(ChatView):
    """One preset."""

    @operation(
        summary="Read a preset", answers={200: PresetWire}, errors=(errors.PresetNotFoundError,)
    )
    def get(self, request: Request, slug: str) -> Response:
        """One's own, or one of the site's."""
        return Response(preset_wire(find_preset(user=caller(request).pk, slug=slug)))

    @operation(
        summary="Replace one's own preset",
        request=PresetBody,
        answers={200: PresetWire},
        errors=(*KEEPING, *CHANGING),
    )
    def put(self, request: Request, slug: str) -> Response:
        """Name and parameters; the slug stays."""
        body = checked(PresetBody, request.data)
        changed = change_preset(
            owner=caller(request).pk, slug=slug, name=body["name"], values=body["parameters"]
        )
        return Response(preset_wire(changed))

    @operation(summary="Delete one's own preset", answers={204: None}, errors=CHANGING)
    def delete(self, request: Request, slug: str) -> Response:
        """Rooms where it was chosen keep its values."""
        forget_preset(owner=caller(request), slug=slug)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PresetImport(ChatView):
    """Presets that come from elsewhere."""

    @operation(
        summary="Import a preset",
        request=OpenApiTypes.OBJECT,
        answers={201: PresetWire},
        errors=(errors.PresetFileBrokenError, *KEEPING),
    )
    def post(self, request: Request) -> Response:
        """`{"name", "parameters": {…}}`, or the flat form with a `name` beside its parameters."""
        found = read_preset(request.data)
        kept = save_preset(owner=caller(request).pk, name=found.name, values=found.values)
        return Response(preset_wire(kept), status=status.HTTP_201_CREATED)


class PresetExport(ChatView):
    """A preset to take along."""

    @operation(
        summary="Export a preset",
        parameters=[
            OpenApiParameter("form", str, enum=["full", "flat"], description="`full` if left out.")
        ],
        answers={200: OpenApiTypes.OBJECT},
        errors=(errors.PresetNotFoundError, errors.StopNotFlatError),
    )
    def get(self, request: Request, slug: str) -> Response:
        """In full, or flat: every parameter on one level, stops joined by `|`, seed -1 for none."""
        preset = find_preset(user=caller(request).pk, slug=slug)
        is_flat = request.query_params.get("form") == "flat"
        return Response(flat_form(preset.parameters) if is_flat else full_form(preset))


def preset_wire(preset: PresetSummary) -> PresetWire:
    """The preset as the API shows it."""
    return PresetWire(preset.slug, preset.name, preset.is_own, preset.parameters.as_json())
