"""The admin of assistants, servers, models, presets and memory: what staff can do there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.types import Language
from ai.assistants import seed_assistants
from ai.memory.facts import remember_fact
from ai.models import Adapter, Assistant, Fact, Model, ModelServer, Preset, Summary
from ai.parameters import Parameters
from ai.seed import seed_models_and_presets
from tests.factories.people import make_person
from tests.fakes.model_server import ModelServer as FakeServer

pytestmark = pytest.mark.django_db
MODELS = ("assistant", "modelserver", "model", "adapter", "preset", "fact", "summary")


@pytest.fixture
def staff(db: None) -> User:
    """Looks after the site."""
    return make_person("keeper", language="en", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(client: Client, staff: User) -> Client:
    """The browser of staff."""
    client.force_login(staff)
    return client


@pytest.fixture(scope="module")
def running() -> Iterator[FakeServer]:
    """A server that answers."""
    with FakeServer(text="Good day.", tokens_per_second=0) as server:
        server.offer({"id": "large"}, {"id": "small"})
        yield server


@pytest.fixture
def row(running: FakeServer) -> ModelServer:
    """Its entry."""
    return ModelServer.objects.create(name="rack", base_url=running.base_url)


def page(model: str, kind: str = "changelist", *arguments: object) -> str:
    """The address of a page of the admin."""
    return reverse(f"admin:ai_{model}_{kind}", args=arguments)


def server_form(**changes: object) -> dict[str, object]:
    """The form of a server without models."""
    form = {"name": "rack", "kind": "auto", "base_url": "", "key_variable": "", "enabled": "on"}
    return {**form, "models-TOTAL_FORMS": 0, "models-INITIAL_FORMS": 0, **changes}


def said(answer: Any) -> str:
    """The page, as text."""
    return str(answer.content.decode())


def told(answer: Any) -> str:
    """What the page that follows tells of what was done."""
    return " ".join(str(message) for message in answer.context["messages"])


def test_every_list_and_every_row_has_a_page(
    admin: Client, assistant: User, row: ModelServer
) -> None:
    model = Model.objects.create(server=row, name="large")
    pinned = remember_fact(conversation="1:2", text="Tea at four.", message=3, by=assistant.pk)
    rows = {
        "assistant": Assistant.objects.get(user=assistant).pk,
        "modelserver": row.pk,
        "model": model.pk,
        "adapter": Adapter.objects.create(model=model, name="brush").pk,
        "preset": Preset.objects.create(slug="own", name="Own", values={}).pk,
        "fact": pinned,
        "summary": Summary.objects.create(conversation="1:2", until=3, text="They met.").pk,
    }
    assert set(rows) == set(MODELS)
    for name, key in rows.items():
        assert admin.get(page(name)).status_code == 200, name
        assert admin.get(page(name, "change", key)).status_code == 200, name


def test_the_admin_is_closed_to_others(client: Client, member: User) -> None:
    client.force_login(member)
    for name in MODELS:
        assert client.get(page(name)).status_code in (302, 403)


def test_an_address_is_completed_and_a_forbidden_one_refused(
    admin: Client, running: FakeServer
) -> None:
    admin.post(page("modelserver", "add"), server_form(base_url=running.root))
    assert ModelServer.objects.get().base_url == running.base_url
    refused = admin.post(
        page("modelserver", "add"), server_form(name="other", base_url="http://0xa9fea9fe/v1")
    )
    assert "not allowed" in said(refused)
    assert ModelServer.objects.count() == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "LLM_API_KEY", "model_key_x"])
def test_secrets_of_the_site_are_no_keys_for_servers(
    admin: Client, running: FakeServer, name: str
) -> None:
    form = server_form(base_url=running.root, key_variable=name)
    assert "begins with MODEL_KEY_" in said(admin.post(page("modelserver", "add"), form))
    assert not ModelServer.objects.exists()


def test_there_is_one_server_without_an_address(admin: Client) -> None:
    seed_models_and_presets()
    refused = admin.post(page("modelserver", "add"), server_form())
    assert "There is a server without an address already." in said(refused)


def test_a_press_of_find_models_saves_the_form_and_takes_over_what_is_offered(
    admin: Client, row: ModelServer
) -> None:
    form = server_form(name="shelf", base_url=row.base_url, _find_now="1")
    answered = told(admin.post(page("modelserver", "change", row.pk), form, follow=True))
    assert "shelf answers. 2 new models." in answered
    assert set(Model.objects.values_list("name", flat=True)) == {"large", "small"}


def test_a_press_of_test_now_shows_a_sentence_of_the_model(admin: Client, row: ModelServer) -> None:
    form = server_form(base_url=row.base_url, _test_now="1")
    answered = told(admin.post(page("modelserver", "change", row.pk), form, follow=True))
    assert "large answers: “Good day.”" in answered


def test_a_server_that_does_not_answer_is_told_in_words(
    admin: Client, unused_tcp_port: int
) -> None:
    dead = ModelServer.objects.create(
        name="dead", base_url=f"http://127.0.0.1:{unused_tcp_port}/v1"
    )
    form = {"action": "test_now", "_selected_action": [dead.pk]}
    answered = told(admin.post(page("modelserver"), form, follow=True))
    assert "dead: The language model is not available right now." in answered
    assert "The language model is not available right now." in said(admin.get(page("modelserver")))


def test_a_press_of_make_default_moves_the_mark(admin: Client, row: ModelServer) -> None:
    former = Model.objects.create(server=row, name="small", is_default=True)
    chosen = Model.objects.create(server=row, name="large")
    form = {"action": "default_now", "_selected_action": [chosen.pk]}
    admin.post(page("model"), form)
    former.refresh_from_db()
    chosen.refresh_from_db()
    assert (former.is_default, chosen.is_default) == (False, True)
    both = {"action": "default_now", "_selected_action": [former.pk, chosen.pk]}
    assert "Choose one model alone." in told(admin.post(page("model"), both, follow=True))


def test_a_preset_is_edited_parameter_by_parameter(admin: Client) -> None:
    seed_models_and_presets()
    preset = Preset.objects.get(slug="chat")
    shown = said(admin.get(page("preset", "change", preset.pk)))
    assert 'name="temperature" value="0.7"' in shown
    form = {**preset.parameters.as_json(), "temperature": "1.2", "stop": "END\nUser:", "seed": ""}
    form |= {"name": "Chat", "slug": "chat"}
    assert admin.post(page("preset", "change", preset.pk), form).status_code == 302
    preset.refresh_from_db()
    assert preset.parameters == Parameters(temperature=1.2, stop=("END", "User:"))
    refused = admin.post(page("preset", "change", preset.pk), {**form, "temperature": "9"})
    assert refused.status_code == 200
    preset.refresh_from_db()
    assert preset.parameters.temperature == 1.2


def test_tools_that_staff_took_away_do_not_come_back(admin: Client) -> None:
    general, *_ = seed_assistants()
    profile = Assistant.objects.get(user=general.user_id)
    words = {
        f"{name}_{code}": getattr(profile, name)[code]
        for name in ("names", "descriptions", "greetings", "instructions")
        for code in Language.values
    }
    form = {"user": general.user_id, "is_public": "on", **words}
    assert admin.post(page("assistant", "change", profile.pk), form).status_code == 302
    seed_assistants()
    profile.refresh_from_db()
    assert profile.tools == []
    assert profile.greetings["en"] == words["greetings_en"]


def test_an_assistants_words_are_kept_by_language(admin: Client, assistant: User) -> None:
    profile = Assistant.objects.get(user=assistant)
    form = {
        "user": assistant.pk, "is_public": "on", "tools": ["site_data"], "corpora": "notes\n",
        "greetings_zh-hant": "您好!", "greetings_en": "Hello!", "instructions_en": "You are brief.",
    }  # fmt: skip
    answered = admin.post(page("assistant", "change", profile.pk), form)
    assert answered.status_code == 302, said(answered)
    profile.refresh_from_db()
    assert profile.greetings == {"zh-hant": "您好!", "en": "Hello!"}
    assert profile.instructions == {"en": "You are brief."}
    assert (profile.tools, profile.corpora) == (["site_data"], ["notes"])
    assert "您好!" in said(admin.get(page("assistant", "change", profile.pk)))


def test_a_fact_is_corrected_and_forgotten_for_good(admin: Client, staff: User) -> None:
    kept = remember_fact(conversation="1:2", text="Tea at four.", message=3, by=staff.pk)
    admin.post(page("fact", "change", kept), {"text": "Tea at five."})
    assert Fact.objects.get(pk=kept).text == "Tea at five."
    admin.post(page("fact", "delete", kept), {"post": "yes"})
    forgotten = Fact.objects.get(pk=kept)
    assert forgotten.forgotten_at
    assert forgotten.text == ""
    admin.get(page("fact"))  # tells what was done
    assert "Tea at five." not in said(admin.get(page("fact")))
