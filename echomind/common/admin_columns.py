"""What the lists share: counts without a query a row, and links from one list to another."""

from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString


def count_of(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many of the rows point at the outer row by their foreign key `key`."""
    counted = (
        rows.filter(**{key: OuterRef("pk")})
        .order_by()
        .values(key)
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted), 0)


def link_to(row: Model, text: object) -> SafeString:
    """A link to the page of one row."""
    return format_html('<a href="{}">{}</a>', _address(type(row), "change", row.pk), text)


def link_to_list(kind: type[Model], text: object, **wanted: str | int) -> SafeString:
    """A link to the list of a model, filtered."""
    return format_html(
        '<a href="{}?{}">{}</a>', _address(kind, "changelist"), urlencode(wanted), text
    )


def _address(kind: type[Model], page: str, *arguments: object) -> str:
    names = kind._meta  # noqa: SLF001  (Django's documented API)
    return reverse(f"admin:{names.app_label}_{names.model_name}_{page}", args=arguments)
