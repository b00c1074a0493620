"""Asks model servers what they are and which models they name. Writes nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from ai.backends.base import OfferedModel
from ai.backends.registry import backend_for
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.types import Route
from echomind.common.errors import EchoMindError

PATIENCE_S = 15.0  # three questions to tell its kind and one for its models, of three seconds each


@dataclass(frozen=True, slots=True)
class Offer:
    """What one server told of itself."""

    kind: str
    models: tuple[OfferedModel, ...]


def ask_all(routes: Sequence[Route]) -> list[Offer | EchoMindError]:
    """An offer or a named failure for each server, all asked at once. Outside an event loop."""

    async def ask_together() -> list[Offer | EchoMindError]:
        return await asyncio.gather(*(_ask(route) for route in routes))

    return asyncio.run(ask_together())


async def _ask(route: Route) -> Offer | EchoMindError:
    try:
        async with asyncio.timeout(PATIENCE_S):
            backend = await backend_for(route)
            return Offer(backend.name, await backend.offered())
    except (ModelUnavailableError, ModelFailedError) as error:
        return error
    except TimeoutError:
        return ModelUnavailableError(reason=f"no answer within {PATIENCE_S:.0f} s")
