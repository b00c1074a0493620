"""One scripted model server of each kind, and orders to send to it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ai.backends.base import Backend, ChatMessage, Order, Part
from ai.backends.registry import backend_for
from ai.parameters import Parameters
from ai.types import Route
from tests.fakes.dialects import DOORS
from tests.fakes.model_server import ModelServer

KINDS = tuple(DOORS)


@contextmanager
def servers_of_each_kind() -> Iterator[dict[str, ModelServer]]:
    """A running server of each kind, by it."""
    with ExitStack() as stack:
        yield {
            kind: stack.enter_context(ModelServer(kind=kind, text="one two", tokens_per_second=0))
            for kind in KINDS
        }


async def backend_at(server: ModelServer) -> Backend:
    """The backend for a server, whose kind is found out."""
    return await backend_for(Route(base_url=server.base_url))


def order_of(parameters: Parameters, *, adapter: str = "", stop: tuple[str, ...] = ()) -> Order:
    """A question without a conversation."""
    question = (ChatMessage("user", "count"),)
    return Order("conversation", question, parameters, "trace", adapter=adapter, stop=stop)


async def parts_of(backend: Backend, order: Order) -> list[Part]:
    """All parts of one answer."""
    return [part async for part in backend.generate(order)]
