"""Describes msgspec structs and named errors in the OpenAPI schema, from the classes themselves.

Importing this module teaches drf-spectacular to read structs.
"""

from collections import defaultdict
from typing import Any

import msgspec
from django.utils import translation
from drf_spectacular.drainage import set_override
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiResponse

from echomind.common.errors import EchoMindError

_REF = "#/components/schemas/{name}"


class ErrorBody(msgspec.Struct, frozen=True):
    """Every error: a code for programs, a sentence for people, and details."""

    code: str
    message: str
    data: dict[str, Any]


class StructExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Lets a struct stand where drf-spectacular expects a serializer."""

    target_class = "msgspec.Struct"
    match_subclasses = True

    def get_name(self, auto_schema: Any, direction: str) -> str:
        """The component's name: the class's, without the ending that marks wire types."""
        set_override(self.target, "suppress_collision_warning", True)
        return _shown(self.target.__name__)

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """The struct's schema; structs inside it become components of their own."""
        own = self.target.__name__
        _, found = msgspec.json.schema_components([self.target], ref_template=_REF)
        schemas = {name: _renamed(schema) for name, schema in found.items()}
        for name, schema in schemas.items():
            if name != own:
                auto_schema.registry.register_on_missing(
                    ResolvedComponent(  # type: ignore[no-untyped-call]
                        name=_shown(name),
                        type=ResolvedComponent.SCHEMA,
                        object=_shown(name),
                        schema=schema,
                    )
                )
        own_schema: dict[str, Any] = schemas[own]
        return own_schema


def refusals(*errors: type[EchoMindError]) -> dict[int, OpenApiResponse]:
    """The answers of these errors by status, each with the codes that it may carry."""
    by_status: dict[int, list[str]] = defaultdict(list)
    with translation.override("en"):
        for error in errors:
            by_status[error.status].append(f"`{error.code}`: {error.sentence}")
    return {
        status: OpenApiResponse(ErrorBody, description="  \n".join(lines))
        for status, lines in sorted(by_status.items())
    }


def _shown(name: str) -> str:
    return name.removesuffix("Wire")


def _renamed(value: Any) -> Any:
    """The schema with references to the names that are shown."""
    if isinstance(value, list):
        return [_renamed(part) for part in value]
    if isinstance(value, dict):
        return {
            # a field may be called `title` too
            key: _shown(part)
            if key in ("$ref", "title") and isinstance(part, str)
            else _renamed(part)
            for key, part in value.items()
        }
    return value
