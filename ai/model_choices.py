"""The models that people may choose from, and what each one's server can do, as it tells itself."""

import asyncio
from collections.abc import Collection, Sequence

from asgiref.sync import async_to_sync

from ai.backends.registry import backend_for
from ai.errors import ModelFailedError, ModelNotAllowedError, ModelUnavailableError
from ai.models import Model
from ai.routing import first_route, route_to
from ai.types import Abilities, Brief, ModelChoice, Route, ServerKind

PATIENCE_S = 3.0  # for all servers together: a page waits for them


def model_choices(*, allowed: Collection[int] = ()) -> list[ModelChoice]:
    """The models that are switched on, and on the list unless it is empty. Asks their servers."""
    models = _choosable(allowed)
    told = _told([route_to(model) for model in models])
    return [_choice(model, abilities) for model, abilities in zip(models, told, strict=True)]


def require_choosable(model: int, *, allowed: Collection[int] = ()) -> None:
    """Raise ModelNotAllowedError for a model that `model_choices` does not have."""
    if model not in {choice.pk for choice in _choosable(allowed)}:
        raise ModelNotAllowedError


def abilities_for(brief: Brief) -> Abilities | None:
    """What the server can do that would be asked first; None while it does not answer."""
    route = first_route(brief)
    return _told([route])[0]


def _choosable(allowed: Collection[int]) -> list[Model]:
    models = Model.objects.filter(enabled=True, server__enabled=True).select_related("server")
    return [model for model in models if not allowed or model.pk in allowed]


def _choice(model: Model, abilities: Abilities | None) -> ModelChoice:
    told = abilities.model if abilities else ""
    return ModelChoice(
        id=model.pk,
        title=model.title or model.name or told or model.server.name,
        server=model.server.name,
        is_default=model.is_default,
        context_tokens=model.context_tokens or (abilities.context_tokens if abilities else None),
        abilities=abilities,
    )


def _told(routes: Sequence[Route]) -> list[Abilities | None]:
    # Takes a second, which is neither the servers' time nor the event loop's.
    import ai.backends.openai_compatible  # noqa: F401

    return async_to_sync(_ask_all)(routes)


async def _ask_all(routes: Sequence[Route]) -> list[Abilities | None]:
    return await asyncio.gather(*(_ask(route) for route in routes))


async def _ask(route: Route) -> Abilities | None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            backend = await backend_for(route)
            server = await backend.describe()
    except (ModelUnavailableError, ModelFailedError, TimeoutError):
        return None
    return Abilities(
        server=str(ServerKind(backend.name).label),
        model=server.model,
        context_tokens=server.context_tokens,
        parameters=backend.capabilities.parameters,
    )
