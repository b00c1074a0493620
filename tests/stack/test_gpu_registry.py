"""What a GPU worker finds in the registry: the server that is its own, the model, the adapters."""

import socket
from collections.abc import Iterator

import pytest

from ai.models import Adapter, Model, ModelServer
from ai.types import ServerKind
from echomind.stack.errors import StackError
from echomind.stack.gpu_registry import adapters_of, choose_server, key_of, served_model
from echomind.stack.ports import LOOPBACK, free_port

pytestmark = pytest.mark.django_db


def make_server(name: str, address: str = "", kind: str = ServerKind.VLLM) -> ModelServer:
    """A server of the registry; without an address, at a free one of this machine."""
    address = address or f"http://{LOOPBACK}:{free_port()}/v1"
    return ModelServer.objects.create(name=name, kind=kind, base_url=address)


@pytest.fixture
def taken() -> Iterator[str]:
    """An address of this machine on which somebody listens."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        yield f"http://{LOOPBACK}:{listening.getsockname()[1]}/v1"


def test_the_server_is_the_one_whose_address_is_free_here(taken: str) -> None:
    make_server("a somebody's", taken)
    make_server("b far away", "http://192.0.2.1:8001/v1")
    make_server("c another dialect", kind=ServerKind.LLAMA_CPP)
    own = make_server("d own")
    assert choose_server() == own
    assert choose_server("d own") == own


def test_a_server_with_another_owner_cannot_be_named(taken: str) -> None:
    make_server("somebody's", taken)
    with pytest.raises(StackError, match=taken):
        choose_server("somebody's")


def test_a_registry_without_one_says_what_to_add() -> None:
    with pytest.raises(StackError, match="add one as staff"):
        choose_server()


def test_the_default_model_is_the_one_that_is_held() -> None:
    server = make_server("card")
    with pytest.raises(StackError, match="no enabled model"):
        served_model(server)
    Model.objects.create(server=server, name="first")
    default = Model.objects.create(server=server, name="second", is_default=True)
    assert served_model(server) == default


def test_adapters_without_a_folder_or_switched_off_are_left_out() -> None:
    model = Model.objects.create(server=make_server("card"), name="large")
    Adapter.objects.create(model=model, name="poet", path="/adapters/poet")
    Adapter.objects.create(model=model, name="known to the server already")
    Adapter.objects.create(model=model, name="off", path="/adapters/off", enabled=False)
    assert adapters_of(model) == {"poet": "/adapters/poet"}


def test_a_server_that_others_reach_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all = make_server("open", "http://192.0.2.1:8001/v1")
    open_to_all.key_variable = "CARD_KEY"
    with pytest.raises(StackError, match="has no key"):
        key_of(open_to_all)
    monkeypatch.setenv("CARD_KEY", "secret")
    assert key_of(open_to_all) == "secret"
    assert key_of(make_server("here")) == ""
