"""The registry follows what servers offer: new models appear, vanished ones are marked."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from ai.backends import registry
from ai.models import Adapter, Model, ModelServer
from ai.seed import seed_models_and_presets
from ai.servers.default_model import make_default
from ai.servers.discovery import MOST_MODELS, find_models
from ai.servers.trial import try_out
from ai.tasks import look_after_servers
from tests.fakes.model_server import ModelServer as FakeServer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[FakeServer]:
    """A server that speaks as vLLM does."""
    with FakeServer(kind="vllm") as server:
        yield server


@pytest.fixture
def offering(running: FakeServer) -> FakeServer:
    """It offers two models and an adapter of the first."""
    running.set_script(text="Hello there.", tokens_per_second=0)
    running.offer(
        {"id": "large", "max_model_len": 8192},
        {"id": "small"},
        {"id": "brush", "root": "/adapters/brush", "parent": "large"},
    )
    return running


@pytest.fixture
def row(offering: FakeServer) -> ModelServer:
    """Its entry in the registry, without models."""
    return ModelServer.objects.create(name="rack", base_url=offering.base_url)


def names() -> set[str]:
    """The models of the registry that are there."""
    return set(Model.objects.filter(missing_since=None).values_list("name", flat=True))


def test_what_a_server_offers_appears(row: ModelServer) -> None:
    (found,) = find_models([row])
    assert found.appeared == ("large", "small")
    assert names() == {"large", "small"}
    large = Model.objects.get(name="large")
    assert (large.context_tokens, large.enabled, large.is_default) == (8192, True, False)
    assert list(Adapter.objects.values_list("model__name", "name")) == [("large", "brush")]
    row.refresh_from_db()
    assert row.seen_at
    assert (row.found_kind, row.trouble) == ("vllm", "")


def test_looking_again_changes_nothing(row: ModelServer) -> None:
    find_models([row])
    Model.objects.filter(name="large").update(title="Big one", enabled=False, context_tokens=1)
    (found,) = find_models([row])
    assert (found.appeared, found.vanished) == ((), ())
    large = Model.objects.get(name="large")
    assert (large.title, large.enabled, large.context_tokens) == ("Big one", False, 1)
    assert (Model.objects.count(), Adapter.objects.count()) == (2, 1)


def test_a_vanished_model_is_marked_and_comes_back(row: ModelServer, offering: FakeServer) -> None:
    find_models([row])
    offering.offer({"id": "small"})
    (found,) = find_models([row])
    assert found.vanished == ("large",)
    assert names() == {"small"}
    offering.offer({"id": "small"}, {"id": "large"})
    find_models([row])
    assert names() == {"small", "large"}


def test_a_row_without_a_name_stands_for_what_is_offered_first(
    offering: FakeServer, settings: Settings
) -> None:
    settings.LLM_BASE_URL, settings.LLM_BACKEND = offering.base_url, "auto"
    seed_models_and_presets()
    look_after_servers()
    assert names() == {"", "small"}
    assert Adapter.objects.get().model.name == ""


def test_a_server_in_trouble_keeps_its_models(row: ModelServer, offering: FakeServer) -> None:
    find_models([row])
    registry._detected.clear()
    offering.set_script(failure="key")
    look_after_servers()
    row.refresh_from_db()
    assert row.trouble == "model_refused_key: 401"
    assert names() == {"large", "small"}
    offering.set_script()
    look_after_servers()
    row.refresh_from_db()
    assert row.trouble == ""


def test_servers_that_are_switched_off_are_not_asked(row: ModelServer) -> None:
    ModelServer.objects.update(enabled=False)
    look_after_servers()
    assert names() == set()


def test_one_dead_server_does_not_hide_another(row: ModelServer, unused_tcp_port: int) -> None:
    dead = ModelServer.objects.create(
        name="dead", base_url=f"http://127.0.0.1:{unused_tcp_port}/v1"
    )
    look_after_servers()
    assert names() == {"large", "small"}
    dead.refresh_from_db()
    assert dead.trouble.startswith("model_unavailable")
    assert dead.seen_at is None


def test_an_endless_offer_is_cut(row: ModelServer, offering: FakeServer) -> None:
    offering.offer(*({"id": f"m{number}"} for number in range(MOST_MODELS + 50)), {"id": "x" * 999})
    find_models([row])
    assert Model.objects.count() == MOST_MODELS


def test_a_trial_gives_the_answer_and_its_times(row: ModelServer) -> None:
    find_models([row])
    trial = try_out(Model.objects.select_related("server").get(name="large"))
    assert trial.text == "Hello there."
    assert 0 <= trial.first_s <= trial.total_s


def test_there_is_one_default_and_it_is_switched_on(row: ModelServer) -> None:
    find_models([row])
    large, small = Model.objects.order_by("name")
    Model.objects.filter(pk=small.pk).update(enabled=False)
    for chosen in (large, small, small):
        make_default(chosen)
        assert list(Model.objects.filter(is_default=True)) == [chosen]
    assert Model.objects.get(pk=small.pk).enabled


def test_what_a_database_cannot_hold_is_left_out_and_the_rest_is_taken(
    running: FakeServer, row: ModelServer
) -> None:
    running.offer(
        {"id": "nul\0"},
        {"id": "turned \u202e"},
        {"id": "endless", "max_model_len": 2**70},
        {"id": "negative", "max_model_len": -1},
        {"id": "good", "max_model_len": 4096},
    )
    (found,) = find_models([row])
    assert found.appeared == ("endless", "negative", "good")
    assert dict(Model.objects.values_list("name", "context_tokens")) == {
        "endless": None,
        "negative": None,
        "good": 4096,
    }
