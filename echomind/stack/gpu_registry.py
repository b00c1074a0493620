"""What a GPU worker is to serve, as the registry of models says."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ai.models import Adapter, Model, ModelServer
from ai.types import ServerKind
from echomind.stack.errors import StackError
from echomind.stack.ports import LOOPBACK

HTTP_PORT = 80


def choose_server(name: str = "") -> ModelServer:
    """The server of this name, or the first of kind vLLM whose address is free on this machine.

    That is the whole rule: an address elsewhere, or one that somebody listens on, has another owner.
    Raises StackError.
    """
    servers = ModelServer.objects.filter(kind=ServerKind.VLLM, enabled=True)
    if name:
        servers = servers.filter(name=name)
    found = list(servers)
    for server in found:
        if is_ours_to_open(server):
            return server
    wanted = f"called “{name}”" if name else "of kind vLLM"
    if not found:
        raise StackError(f"The registry has no enabled model server {wanted}: add one as staff.")
    addresses = ", ".join(server.base_url for server in found)
    raise StackError(f"No server {wanted} can be opened on this machine; there is {addresses}.")


def is_ours_to_open(server: ModelServer) -> bool:
    """Whether the address belongs to this machine and nobody listens there."""
    host, port = address_of(server)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:  # taken, another machine's, unknown, or below 1024
            return False
    return True


def address_of(server: ModelServer) -> tuple[str, int]:
    """Host and port at which the server is asked."""
    parts = urlsplit(server.base_url)
    return parts.hostname or LOOPBACK, parts.port or HTTP_PORT


def served_model(server: ModelServer) -> Model:
    """The one model that vLLM holds: the default, or the first that is enabled. Raises StackError."""
    models = Model.objects.filter(server=server, enabled=True).exclude(name="")
    model = models.order_by("-is_default", "pk").first()
    if model is None:
        raise StackError(f"The registry has no enabled model of the server “{server.name}”.")
    return model


def adapters_of(model: Model) -> Mapping[str, str]:
    """Folders of the model's enabled adapters, by name."""
    rows = Adapter.objects.filter(model=model, enabled=True).exclude(path="")
    return {row.name: str(Path(row.path).expanduser()) for row in rows}


def is_adapter(folder: str) -> bool:
    """Whether an adapter lies in this folder of this machine."""
    return (Path(folder) / "adapter_config.json").is_file()


def key_of(server: ModelServer) -> str:
    """The key that the server asks for. Raises StackError where strangers could reach it without."""
    key = os.environ.get(server.key_variable, "") if server.key_variable else ""
    host, _ = address_of(server)
    if not key and not host.startswith("127.") and host != "localhost":
        raise StackError(
            f"“{server.name}” can be reached from other machines and has no key: name a variable"
            " of the environment for it in the registry, and set it here."
        )
    return key
