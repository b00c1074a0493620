"""Which model answers: the room's wish, the assistant's, the default, as far as a room allows."""

import pytest

from accounts.models import User
from ai.api import Wishes, brief
from ai.errors import ModelNotAllowedError
from ai.models import Adapter, Assistant, Model, ModelServer
from ai.seed import seed_models_and_presets

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> ModelServer:
    """One with many models."""
    return ModelServer.objects.create(name="rack", base_url="http://10.0.0.7:8000/v1")


@pytest.fixture
def models(server: ModelServer) -> dict[str, Model]:
    """A default, one that falls back to it, and one that stands for itself."""
    small = Model.objects.create(server=server, name="small", is_default=True)
    large = Model.objects.create(server=server, name="large", fallback=small)
    poet = Model.objects.create(server=server, name="poet", title="The poet")
    return {"small": small, "large": large, "poet": poet}


def ways(assistant: User, **wishes: object) -> list[str]:
    """The models that are asked for a reply, in turn."""
    found = brief(
        assistant=assistant.pk,
        asker=assistant.pk,
        language="en",
        wishes=Wishes(**wishes),  # type: ignore[arg-type]
    )
    return [route.model for route in found.routes]


def test_the_default_answers_where_nobody_wished(assistant: User, models: dict[str, Model]) -> None:
    assert ways(assistant) == ["small"]


def test_the_rooms_model_goes_before_the_assistants(
    assistant: User, models: dict[str, Model]
) -> None:
    Assistant.objects.filter(user=assistant).update(model=models["poet"])
    assert ways(assistant) == ["poet"]
    assert ways(assistant, model=models["large"].pk) == ["large", "small"]


def test_a_chain_of_fallbacks_ends_where_it_began(
    assistant: User, models: dict[str, Model]
) -> None:
    Model.objects.filter(name="small").update(fallback=models["large"])
    assert ways(assistant, model=models["large"].pk) == ["large", "small"]


def test_a_model_that_is_switched_off_is_passed_over(
    assistant: User, models: dict[str, Model]
) -> None:
    Model.objects.filter(name="large").update(enabled=False)
    assert ways(assistant, model=models["large"].pk) == ["small"]


def test_a_rooms_list_bounds_wish_default_and_fallback(
    assistant: User, models: dict[str, Model]
) -> None:
    large, poet = models["large"].pk, models["poet"].pk
    assert ways(assistant, model=large, allowed=(large,)) == ["large"]
    assert ways(assistant, model=large, allowed=(poet,)) == ["poet"]
    assert ways(assistant, allowed=(poet,)) == ["poet"]


def test_a_list_of_switched_off_models_leaves_nobody_to_ask(
    assistant: User, models: dict[str, Model]
) -> None:
    Model.objects.filter(name="poet").update(enabled=False)
    with pytest.raises(ModelNotAllowedError):
        ways(assistant, allowed=(models["poet"].pk,))


def test_the_sites_own_server_does_not_answer_once_it_is_switched_off(assistant: User) -> None:
    assert ways(assistant) == []  # nothing registered: the server of the start answers
    seed_models_and_presets()
    assert len(ways(assistant)) == 1
    ModelServer.objects.update(enabled=False)
    with pytest.raises(ModelNotAllowedError):
        ways(assistant)


def test_an_adapter_goes_with_its_own_model_alone(
    assistant: User, models: dict[str, Model]
) -> None:
    adapter = Adapter.objects.create(model=models["large"], name="brush")
    Assistant.objects.filter(user=assistant).update(model=models["large"], adapter=adapter)
    found = brief(assistant=assistant.pk, asker=assistant.pk, language="en", wishes=Wishes())
    assert [(route.model, route.adapter) for route in found.routes] == [
        ("large", "brush"),
        ("small", ""),
    ]


def test_a_way_names_its_server_and_reads_the_key_from_the_environment(
    assistant: User, models: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    ModelServer.objects.update(key_variable="RACK_KEY")
    monkeypatch.setenv("RACK_KEY", "secret")
    found = brief(
        assistant=assistant.pk,
        asker=assistant.pk,
        language="en",
        wishes=Wishes(model=models["poet"].pk),
    )
    (route,) = found.routes
    assert (route.server, route.title, route.api_key) == ("rack", "The poet", "secret")
    assert "secret" not in str(ModelServer.objects.values())
