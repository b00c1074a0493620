"""The panes of parameters and presets: what is set there reaches the model server as it was set."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from ai.models import Model
from chat.models import Room
from tests.browser.conftest import OnSite
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor
from tests.factories.model_servers import make_model
from tests.factories.rooms import make_room
from tests.fakes.model_server import ModelServer

WHOLE_MS = 30_000
DEVICES = [("en", False), ("en", True), ("zh-hant", False), ("zh-hant", True)]
TITLES = {"en": "Parameters", "zh-hant": "參數"}
SAVED = {
    "en": "Saved. Your next question is asked with it.",
    "zh-hant": "已儲存，您的下一個問題就會套用。",
}


@pytest.fixture(scope="module")
def recorders() -> Iterator[dict[str, ModelServer]]:
    """Servers of two kinds that keep what they were asked."""
    with (
        ModelServer(kind="llama_cpp", text="Done.", tokens_per_second=0) as llama_cpp,
        ModelServer(kind="vllm", text="Done.", tokens_per_second=0) as vllm,
    ):
        yield {"llama_cpp": llama_cpp, "vllm": vllm}


@pytest.fixture
def models(recorders: dict[str, ModelServer], on_site: OnSite[Any]) -> Iterator[dict[str, Model]]:
    """The site's model at each of them, for as long as the test runs."""
    made = on_site(lambda: {kind: make_model(one.base_url) for kind, one in recorders.items()})
    yield made
    on_site(lambda: [model.server.delete() for model in made.values()])


@pytest.fixture
def room_of(on_site: OnSite[Any], models: dict[str, Model]) -> Callable[[Visitor, str], str]:
    """Makes a room of somebody's whose model is at a server of a kind; returns the slug."""

    def make(visitor: Visitor, kind: str = "llama_cpp") -> str:
        def run() -> str:
            room = make_room(User.objects.get(username=visitor.username))
            Room.objects.filter(pk=room.pk).update(model=models[kind])
            return room.slug

        slug: str = on_site(run)
        return slug

    return make


def told(visitor: Visitor) -> Any:
    """What the pane says about the last change."""
    return visitor.page.locator("#side .notice")


@pytest.mark.parametrize(("language", "phone"), DEVICES)
def test_the_server_is_asked_with_exactly_what_the_pane_shows(
    visitor: Callable[..., Visitor],
    room_of: Callable[..., str],
    recorders: dict[str, ModelServer],
    language: str,
    phone: bool,
) -> None:
    asker = visitor("asker", phone=phone, language=language)
    page = asker.enter(room_of(asker))
    page.click("#parameters")
    expect(page.locator("#side h2")).to_have_text(TITLES[language])
    page.select_option("#side-preset", "creative")
    expect(page.locator("#side-temperature")).to_have_value("1.3")
    page.fill("#side-temperature", "1.15")
    page.press("#side-temperature", "Tab")
    expect(told(asker)).to_have_text(SAVED[language])
    expect(page.locator("[data-of=temperature]")).to_have_value("1.15")
    page.select_option("#side-mirostat", "2")
    page.fill("#side-mirostat_tau", "4")
    page.press("#side-mirostat_tau", "Enter")
    page.fill("#side-seed", "7")
    page.press("#side-seed", "Tab")
    page.fill("#side input[name=stop]", "User:")
    page.press("#side input[name=stop]", "Enter")
    expect(page.locator("#side .stops code")).to_have_text("User:")
    expect(page.locator("#side-seed")).to_have_value("7")
    expect(page.locator("#side-mirostat_tau")).to_have_value("4")
    page.click("[data-do=close-side]")
    asker.ask("Who?")
    expect(asker.answers).to_have_count(1, timeout=WHOLE_MS)
    asked = recorders["llama_cpp"].requests()[-1]
    assert {name: asked[name] for name in ("temperature", "top_p", "top_k", "max_tokens")} == {
        "temperature": 1.15, "top_p": 0.95, "top_k": 50, "max_tokens": 512,
    }  # fmt: skip
    assert (asked["mirostat"], asked["mirostat_tau"], asked["seed"]) == (2, 4.0, 7)
    assert "User:" in asked["stop"]


def test_a_value_out_of_range_is_refused_in_words_and_not_kept(
    owner: Visitor, room_of: Callable[..., str]
) -> None:
    page = owner.enter(room_of(owner))
    page.click("#room-parameters")
    page.fill("#side-temperature", "9")
    page.press("#side-temperature", "Tab")
    expect(told(owner)).to_have_text("“temperature” must be between 0.1 and 1.5.")
    expect(page.locator("#side-temperature")).to_have_attribute("aria-invalid", "true")
    page.click("#side input[name=stop] + button")
    expect(told(owner)).to_have_text("A stop string cannot be empty.")
    expect(page.locator("#side-temperature")).to_have_value("0.7")


def test_what_the_server_lacks_is_greyed_with_the_reason_and_not_sent(
    owner: Visitor, room_of: Callable[..., str], recorders: dict[str, ModelServer]
) -> None:
    page = owner.enter(room_of(owner, "vllm"))
    page.click("#room-parameters")
    expect(page.locator("#side-mirostat")).to_be_disabled()
    reason = page.locator("#side-mirostat-help")
    expect(reason).to_have_text("vLLM does not support “Mirostat”.")
    expect(page.locator("#side-temperature")).to_be_enabled()
    page.click("[data-do=close-side]")
    owner.ask("Who?")
    expect(owner.answers).to_have_count(1, timeout=WHOLE_MS)
    assert not [name for name in recorders["vllm"].requests()[-1] if "mirostat" in name]


def test_one_question_is_asked_with_another_preset(
    owner: Visitor, room_of: Callable[..., str], recorders: dict[str, ModelServer]
) -> None:
    page = owner.enter(room_of(owner))
    expect(page.locator("#preset")).to_be_hidden()
    page.click("#addressee")
    page.locator("#addressee-menu .menu-item:has(.badge:visible)").first.click()
    page.select_option("#preset", "code")
    for count, temperature in ((1, 0.3), (2, 0.7)):
        owner.say(f"Question {count}")
        expect(owner.answers).to_have_count(count, timeout=WHOLE_MS)
        assert recorders["llama_cpp"].requests()[-1]["temperature"] == temperature
        expect(page.locator("#preset")).to_have_value("")


def test_a_typed_command_asks_one_question_with_another_preset(
    owner: Visitor, room_of: Callable[..., str], recorders: dict[str, ModelServer]
) -> None:
    page = owner.enter(room_of(owner))
    field, marked = page.locator("#text"), page.locator("#commands [aria-selected=true]")
    field.press_sequentially("/p")
    expect(marked).to_contain_text("/preset")
    field.press("Enter")
    expect(field).to_have_value("/preset ")
    expect(page.locator("#commands button")).to_have_count(3)
    field.press_sequentially("cod")
    expect(marked).to_contain_text("Code")
    field.press("Tab")
    expect(field).to_have_value("")
    expect(page.locator("#preset")).to_have_value("code")
    owner.say("Question")
    expect(owner.answers).to_have_count(1, timeout=WHOLE_MS)
    assert recorders["llama_cpp"].requests()[-1]["temperature"] == 0.3
    field.fill("/preset nonsense")
    field.press("Enter")
    expect(page.locator("#toast")).to_have_text("There is no preset “nonsense”.")
    expect(field).to_have_value("/preset nonsense")
    field.fill("/preset Creative")
    field.press("Escape")
    field.press("Enter")
    expect(page.locator("#preset")).to_have_value("creative")
    expect(owner.row("/preset")).to_have_count(0)


def test_a_preset_of_ones_own_is_saved_renamed_exported_imported_and_deleted(
    owner: Visitor, room_of: Callable[..., str], tmp_path: Path
) -> None:
    page = owner.enter(room_of(owner))
    page.click("#room-parameters")
    page.fill("#side-temperature", "1.2")
    page.press("#side-temperature", "Tab")
    expect(told(owner)).to_have_count(1)
    page.fill("#side-preset-name", "Storm")
    page.press("#side-preset-name", "Enter")
    expect(page.locator("#side-preset")).to_have_value("storm")
    page.get_by_role("button", name="My presets").click()
    mine = page.locator("#side .presets > li").filter(has=page.locator("form"))
    mine.locator("input[name=name]").fill("Gale")
    mine.get_by_role("button", name="Rename").click()
    expect(told(owner)).to_have_text("The preset was renamed.")
    with page.expect_download() as download:
        mine.get_by_role("link", name="Export: Gale").click()
    file = tmp_path / "Breeze.json"
    file.write_text(download.value.path().read_text().replace('"Gale"', '"Breeze"'))
    page.set_input_files("#side-import-file", file)
    page.get_by_role("button", name="Import").click()
    expect(told(owner)).to_have_text("The preset was imported.")
    expect(page.locator("#preset option", has_text="Breeze")).to_be_attached()
    page.set_input_files("#side-import-file", [])
    page.fill("#side-import-text", '{"temperature": "hot"}')
    page.get_by_role("button", name="Import").click()
    expect(told(owner)).to_have_text("The value of “temperature” has the wrong type.")
    gale = page.locator("#side .presets > li").filter(has=page.locator("[value=Gale]"))
    gale.locator("summary").click()
    gale.get_by_role("button", name="Delete Gale").click()
    expect(gale).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panes_pass_the_rules_of_accessibility(
    owner: Visitor, room_of: Callable[..., str], theme: str
) -> None:
    page = owner.enter(room_of(owner, "vllm"))
    page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    page.click("#room-parameters")
    page.fill("#side input[name=stop]", "User:")
    page.press("#side input[name=stop]", "Enter")
    expect(page.locator("#side .stops code")).to_have_count(1)
    owner.settle()
    assert violations(owner) == []
    page.get_by_role("button", name="My presets").click()
    expect(page.locator("#side .presets")).to_be_visible()
    owner.settle()
    assert violations(owner) == []


def test_a_visitor_of_a_public_room_is_told_to_join_first(
    owner: Visitor, member: Visitor, on_site: OnSite[Any]
) -> None:
    public = on_site(
        lambda: make_room(User.objects.get(username=owner.username), kind="public").slug
    )
    page = member.enter(public)
    page.click("#room-parameters")
    expect(told(member)).to_have_text("Join this room first: write something in it.")
