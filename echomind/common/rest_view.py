"""What the operations of every app share: who may call, how input is checked, how errors are documented."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from echomind.common.errors import EchoMindError
from echomind.common.rest_json import WireParser, WireRenderer
from echomind.common.rest_schema import ErrorBody, refusals

Method = TypeVar("Method", bound=Callable[..., HttpResponseBase])
S = TypeVar("S", bound="serializers.Serializer[Any]")


class IsPerson(BasePermission):
    """People use the API; an assistant speaks only through its replies."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """True for a signed-in person."""
        return request.user.is_active and bool(getattr(request.user, "is_person", False))


class WireView(APIView):
    """One resource. Its methods call one service or selector each."""

    permission_classes = (IsPerson,)
    parser_classes: Sequence[type[BaseParser]] = (WireParser,)
    renderer_classes = (WireRenderer,)


class PlainText(serializers.CharField):
    """Any JSON string: what a text may hold is the services' rule."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **options)
        self.validators = []

    def to_internal_value(self, data: object) -> str:
        """The string as it came."""
        if not isinstance(data, str):
            self.fail("invalid")
        return data


def checked(shape: type[S], data: Any) -> dict[str, Any]:
    """The values of a body or query in this shape. Raises DRF's ValidationError."""
    serializer = shape(data=data)
    serializer.is_valid(raise_exception=True)
    return cast(dict[str, Any], serializer.validated_data)


def operation(
    *,
    tag: str,
    summary: str,
    answers: Mapping[int | tuple[int, str], Any],
    errors: tuple[type[EchoMindError], ...] = (),
    **options: Any,
) -> Callable[[Method], Method]:
    """Documents a method: its answers by status (and media type), and the named errors it may raise."""
    common = {400: ErrorBody, 401: ErrorBody, 403: ErrorBody}
    responses: dict[Any, Any] = {**common, **refusals(*errors), **answers}
    describe: Callable[[Method], Method] = extend_schema(
        summary=summary, responses=responses, tags=[tag], **options
    )
    return describe
