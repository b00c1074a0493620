"""How full the prompt of the next question would be."""

from ai.backends.base import Order
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.orders import Desk, desk_of, make_order
from ai.prompts.tokens import MESSAGE_OVERHEAD, estimate_tokens
from ai.routing import routes_of
from ai.tools import Workbench, offered_tools
from ai.types import ContextUse, ReplyRequest, Route


async def context_use(request: ReplyRequest) -> ContextUse:
    """What the prompt of this request takes, by the count of the first server that answers.

    Raises ModelUnavailableError or ModelFailedError where none does.
    """
    desk = await _first_open(routes_of(request.brief))
    order = await make_order(request, desk, Workbench(offered_tools(request)))
    counted = await desk.backend.count_tokens(order)
    return ContextUse(
        tokens=_estimated(order) if counted is None else counted,
        budget=desk.budget(request.brief.parameters),
        is_exact=counted is not None,
    )


async def _first_open(routes: tuple[Route, ...]) -> Desk:
    for route in routes[:-1]:
        try:
            return await desk_of(route)
        except (ModelUnavailableError, ModelFailedError):
            continue
    return await desk_of(routes[-1])


def _estimated(order: Order) -> int:
    sizes = (estimate_tokens(message.content) for message in order.messages)
    return sum(size + MESSAGE_OVERHEAD for size in sizes)
