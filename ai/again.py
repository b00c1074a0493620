"""Asks a model once more for what a passport tells: the same model, adapter and parameters."""

from collections.abc import Mapping
from typing import Any

from ai.errors import ModelNotAllowedError
from ai.models import Model
from ai.parameters import Parameters
from ai.routing import route_to, site_route
from ai.types import Brief, Route


def brief_again(passport: Mapping[str, Any]) -> Brief:
    """The brief of a reply to be run again exactly. Raises ModelNotAllowedError where it cannot be."""
    values = passport["parameters"]
    parameters = Parameters(**{**values, "stop": tuple(values.get("stop", ()))})
    return Brief(routes=(_route(passport),), parameters=parameters, preset=passport["preset"])


def _route(passport: Mapping[str, Any]) -> Route:
    if passport["model_id"] is None:
        return site_route()
    usable = Model.objects.filter(enabled=True, server__enabled=True).select_related("server")
    model = usable.filter(pk=passport["model_id"]).first()
    if model is None:
        raise ModelNotAllowedError
    return route_to(model, adapter=passport["adapter"])
