"""The one shape of an error over HTTP: `{"code", "message", "data"}`, with its status and headers."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from echomind.common.errors import EchoMindError, TryAgainError

logger = structlog.get_logger(__name__)

API_PREFIX = "/api/"
RETRY_AFTER_S = 5  # for a failure that does not say when it will be over


def body(code: str, message: str, data: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The body of every error: a code for programs, a sentence for people, details if there are any."""
    return {"code": code, "message": str(message), "data": dict(data or {})}


def answer(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Django REST framework's exception handler. None for what nobody has named: a 500, and logged."""
    if isinstance(error, EchoMindError):
        return _named(error)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.APIException):
        return _refused(error)
    if isinstance(error, Http404):
        return _refused(exceptions.NotFound())
    if isinstance(error, PermissionDenied):
        return _refused(exceptions.PermissionDenied())
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("database_unavailable", error=str(error))
        return _database_unavailable()
    return None


def plain_answer(code: str, status_code: int) -> JsonResponse:
    """The same shape where no API view was reached: an unknown path, or a failure nobody has named."""
    return JsonResponse(body(code, _sentence_of(status_code)), status=status_code)


def _named(error: EchoMindError) -> Response:
    headers = {}
    if isinstance(error, TryAgainError):
        headers["Retry-After"] = str(error.data.get("retry_after_s", RETRY_AFTER_S))
    return Response(
        body(error.code, str(error.sentence) or error.code, error.data),
        status=error.status,
        headers=headers,
    )


def _invalid(error: exceptions.ValidationError) -> Response:
    """Every field that is wrong, each with its sentences."""
    detail = error.detail if isinstance(error.detail, dict) else {"body": error.detail}
    data = {str(field): _sentences(value) for field, value in detail.items()}
    return Response(body("invalid", _("Some of the fields are not right."), data), status=400)


def _sentences(value: Any) -> list[str]:
    """The sentences of one field, with those of the fields inside it."""
    if isinstance(value, Mapping):
        return [sentence for part in value.values() for sentence in _sentences(part)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [sentence for part in value for sentence in _sentences(part)]
    return [str(value)]


def _refused(error: exceptions.APIException) -> Response:
    """What the framework itself refuses: no account, no right, an unknown method, too often."""
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    data: dict[str, object] = {}
    wait = getattr(error, "wait", None)
    if wait is not None:
        data["retry_after_s"] = int(wait)
        headers["Retry-After"] = str(int(wait))
    return Response(
        body(*_code_and_sentence(error), data), status=error.status_code, headers=headers
    )


def _code_and_sentence(error: exceptions.APIException) -> tuple[str, str]:
    detail: Any = error.detail
    if isinstance(detail, dict):  # a bearer token's errors say more than one thing
        detail = detail.get("detail", error.default_detail)
    return str(getattr(detail, "code", error.default_code)), str(detail)


def _database_unavailable() -> Response:
    return Response(
        body("database_unavailable", _("The site cannot reach its database. Try again soon.")),
        status=status.HTTP_503_SERVICE_UNAVAILABLE,
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def _sentence_of(status_code: int) -> str:
    if status_code == status.HTTP_404_NOT_FOUND:
        return _("There is nothing at this address.")
    return _("Something went wrong here. It was written down; try again later.")
