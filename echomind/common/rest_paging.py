"""Numbered pages of what only grows at its end: which one is asked for, and what stands beside it."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from echomind.common.rest_view import checked


class PageQuery(serializers.Serializer[Any]):
    """Which page, from 1."""

    page = serializers.IntegerField(default=1, min_value=1, max_value=100_000)


def page_number(request: Request) -> int:
    """The page that is asked for. Raises DRF's ValidationError."""
    number: int = checked(PageQuery, request.query_params)["page"]
    return number


def page_parameter(of: str, *, size: int = 200) -> OpenApiParameter:
    """The documentation of `?page=`."""
    return OpenApiParameter("page", int, description=f"From 1; a page holds {size} {of}.")


def page_links(request: Request, number: int, *, more: bool) -> tuple[str | None, str | None]:
    """The URL paths of the page after this one and of the one before it, with the same search."""

    def link(page: int) -> str:
        query = request.query_params.copy()
        query["page"] = str(page)
        return f"{request.path}?{query.urlencode()}"

    return link(number + 1) if more else None, link(number - 1) if number > 1 else None
