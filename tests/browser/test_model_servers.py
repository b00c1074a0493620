"""Model servers for people: a note where another model answered, and the pages of staff."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from accounts.models import User
from ai.models import ModelServer as Server
from chat.models import Room
from tests.browser.conftest import OnSite
from tests.browser.visitor import Visitor
from tests.factories.model_servers import make_model
from tests.fakes.model_server import ModelServer
from tests.live.site import LiveSite

SECOND = 1_000
SERVER = "Rack"


@pytest.fixture
def dead_model(
    room: str, model: ModelServer, unused_tcp_port: int, on_site: OnSite[None]
) -> Iterator[None]:
    """The room's model is at a server that is not there; another one stands in for it."""

    def prepare() -> None:
        small = make_model(model.base_url, title="Small")
        address = f"http://127.0.0.1:{unused_tcp_port}/v1"
        large = make_model(address, name="large", title="Large", fallback=small)
        Room.objects.filter(slug=room).update(model=large)

    on_site(prepare)
    yield
    on_site(lambda: Server.objects.exclude(base_url="").delete() and None)


@pytest.fixture
def staff(visitor: Callable[..., Visitor], on_site: OnSite[None]) -> Iterator[Visitor]:
    """Looks after the site."""
    keeper = visitor("keeper")
    rows = User.objects.filter(username=keeper.username)
    on_site(lambda: rows.update(is_staff=True, is_superuser=True) and None)
    yield keeper
    on_site(lambda: Server.objects.filter(name=SERVER).delete() and None)


def test_readers_see_who_stood_in_also_after_a_reload(
    room: str, dead_model: None, owner: Visitor, model: ModelServer
) -> None:
    model.set_script(text="Here I am.")
    owner.enter(room)
    owner.ask("Are you there?")
    expect(owner.answers).to_contain_text("Here I am.", timeout=30 * SECOND)
    note = owner.answers.locator(".stand-in")
    expect(note).to_have_text("Small answered, because Large could not.")
    owner.page.reload()
    expect(note).to_have_text("Small answered, because Large could not.")


def test_staff_add_a_server_find_its_models_and_test_it(
    staff: Visitor, live_site: LiveSite, model: ModelServer
) -> None:
    model.set_script(text="Good day.")
    page = staff.page
    page.goto(f"{live_site.base_url}/admin/ai/modelserver/add/")
    page.fill("[name=name]", SERVER)
    page.fill("[name=base_url]", "http://169.254.169.254/v1")
    page.click("[name=_continue]")
    expect(page.locator(".errorlist").first).to_contain_text("not allowed")
    page.fill("[name=base_url]", model.root)
    page.click("[name=_continue]")
    page.get_by_role("button", name="Find models").click()
    expect(page.locator(".messagelist")).to_contain_text("Rack answers. 1 new model.")
    page.get_by_role("button", name="Test now").click()
    expect(page.locator(".messagelist")).to_contain_text("answers: “Good day.”")
