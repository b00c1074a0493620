"""Finds out who answers and how: model, parameters and words for one assistant, room and asker."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from ai.errors import ModelNotAllowedError, PresetNotFoundError
from ai.models import Assistant, Model, ModelServer, Preset
from ai.parameters import Parameters
from ai.types import Brief, Route

DEFAULT_PRESET = "chat"
MOST_ROUTES = 4  # a wanted model and its fallbacks


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a room and an asker ask for. Empty values leave the choice to the assistant."""

    preset: str = ""  # a slug
    values: Mapping[str, Any] = field(default_factory=dict)  # parameters that differ from it
    model: int | None = None
    allowed: Collection[int] = ()  # models that may answer; empty: all


def brief(*, assistant: int, asker: int, language: str, wishes: Wishes) -> Brief:
    """How this assistant (a user's id) answers this asker.

    Raises PresetNotFoundError, ModelNotAllowedError and the parameter errors for wishes that no
    longer hold.
    """
    profile = _profile(assistant)
    preset = _preset(wishes.preset, profile, asker)
    parameters = preset.parameters if preset else Parameters()
    return Brief(
        routes=_routes(profile, wishes),
        parameters=parameters.changed(wishes.values),
        preset=preset.name if preset else "",
        temperature_is_chosen=bool(
            wishes.preset or "temperature" in wishes.values or (profile and profile.preset)
        ),
        instructions=profile.instructions_in(language) if profile else "",
        tools=tuple(profile.tools) if profile else (),
        corpora=tuple(profile.corpora) if profile else (),
    )


def first_server(assistant: int, wishes: Wishes) -> int | None:
    """The id of the server that would be asked first; None for the one the site started with."""
    first = next(iter(_chain(_profile(assistant), wishes)), None)
    return first.server_id if first else None


def routes_of(brief: Brief) -> tuple[Route, ...]:
    """The servers in the order in which they are asked; at least one."""
    return brief.routes or (site_route(),)


def first_route(brief: Brief) -> Route:
    """The server that is asked first."""
    return routes_of(brief)[0]


def site_route() -> Route:
    """The server that the site was started with."""
    return Route(
        base_url=settings.LLM_BASE_URL,
        kind=settings.LLM_BACKEND,
        api_key=settings.LLM_API_KEY,
        model=settings.LLM_MODEL,
    )


def route_to(model: Model, *, adapter: str = "") -> Route:
    """The way to a model; the model was selected with its server."""
    server = model.server
    address = server_route(server)
    return Route(
        base_url=address.base_url,
        kind=address.kind,
        api_key=address.api_key,
        model=model.name or address.model,
        adapter=adapter,
        server=server.name,
        title=str(model),
        server_id=server.pk,
        model_id=model.pk,
        context_tokens=model.context_tokens,
        calls_functions=model.calls_functions,
    )


def server_route(server: ModelServer) -> Route:
    """The way to a server, whichever model it offers first."""
    if not server.base_url:
        return site_route()
    key = os.environ.get(server.key_variable, "") if server.key_variable else ""
    return Route(
        base_url=server.base_url,
        kind=server.kind,
        api_key=key or "none",
        server=server.name,
        title=server.name,
    )


def _profile(user_id: int) -> Assistant | None:
    rows = Assistant.objects.select_related("preset", "adapter")
    return rows.filter(user=user_id).first()


def _preset(slug: str, profile: Assistant | None, asker: int) -> Preset | None:
    if slug:
        found = Preset.objects.usable_by(asker).filter(slug=slug).last()  # one's own first
        if found is None:
            raise PresetNotFoundError(slug=slug)
        return found
    if profile and profile.preset:
        return profile.preset
    return Preset.objects.filter(owner=None, slug=DEFAULT_PRESET).first()


def _routes(profile: Assistant | None, wishes: Wishes) -> tuple[Route, ...]:
    """The chain, or ModelNotAllowedError where the room's list leaves nobody to ask."""
    chain = _chain(profile, wishes)
    if not chain and (wishes.allowed or _site_is_switched_off()):
        raise ModelNotAllowedError
    return chain


def _site_is_switched_off() -> bool:
    """Whether staff took the server from use that answers where no model is chosen."""
    own = Model.objects.filter(server__base_url="")
    return own.exists() and not own.filter(enabled=True, server__enabled=True).exists()


def _chain(profile: Assistant | None, wishes: Wishes) -> tuple[Route, ...]:
    """The wanted model and its chain of fallbacks, as far as the room allows them."""
    usable = {
        model.pk: model
        for model in Model.objects.filter(enabled=True, server__enabled=True).select_related(
            "server"
        )
        if not wishes.allowed or model.pk in wishes.allowed
    }
    chain: dict[int, Model] = {}
    wanted = _first_choice(usable, profile, wishes)
    while wanted and wanted.pk not in chain and len(chain) < MOST_ROUTES:
        chain[wanted.pk] = wanted
        wanted = usable.get(wanted.fallback_id or 0)
    adapter = profile.adapter if profile else None
    return tuple(
        route_to(model, adapter=adapter.name if adapter and adapter.model_id == pk else "")
        for pk, model in chain.items()
    )


def _first_choice(
    usable: Mapping[int, Model], profile: Assistant | None, wishes: Wishes
) -> Model | None:
    of_assistant = profile.model_id if profile else None
    for choice in (wishes.model, of_assistant):
        if choice is not None and choice in usable:
            return usable[choice]
    default = next((model for model in usable.values() if model.is_default), None)
    return default or (next(iter(usable.values()), None) if wishes.allowed else None)
