"""What is known of the model server: where it is, and what it says of itself right now."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings

from ai.backends.registry import backend_for
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.routing import site_route
from ai.types import ServerDescription


async def describe_server() -> ServerDescription:
    """The server as it answers now; `ready` is False where it does not answer or still loads."""
    route = site_route()
    try:
        backend = await backend_for(route)
        return await backend.describe(fresh=True)
    except (ModelUnavailableError, ModelFailedError):
        return ServerDescription(ready=False, backend=route.kind, base_url=route.base_url)


async def model_is_ready() -> bool:
    """True where a reply could be written now. Takes three seconds at most."""
    return (await describe_server()).ready


def model_is_on_this_machine() -> bool:
    """Whether prompts stay here; a name other than localhost counts as elsewhere."""
    host = urlsplit(settings.LLM_BASE_URL).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
