"""What pages say to those who open them."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User

HERE = "machine and asks no other service"
ELSEWHERE = "The AI runs on another machine"
HEALTH = 'href="/staff/health/"'

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "promise"),
    [
        ("http://127.0.0.1:8080/v1", HERE),
        ("http://localhost/v1", HERE),
        ("http://[::1]:8080/v1", HERE),
        ("http://192.168.1.20:8080/v1", ELSEWHERE),
        ("https://models.example.org/v1", ELSEWHERE),
        ("http://localhost.example.org/v1", ELSEWHERE),
    ],
)
def test_a_stranger_is_told_where_the_ai_runs(
    client: Client, settings: Settings, address: str, promise: str
) -> None:
    settings.LLM_BASE_URL = address
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert [one for one in (HERE, ELSEWHERE) if one in page] == [promise]


@pytest.mark.parametrize("path", ["/rooms/comic/", "/accounts/profile/", "/admin/"])
def test_staff_find_the_page_of_health_and_others_do_not(
    client: Client, public_room: object, member: User, path: str
) -> None:
    client.force_login(member)
    assert HEALTH not in client.get(path, follow=True).content.decode()
    User.objects.filter(pk=member.pk).update(is_staff=True)
    assert HEALTH in client.get(path).content.decode()


def test_a_refused_form_says_how_to_go_on(member: User) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    refused = browser.post("/accounts/login/", {"login": member.username})
    assert refused.status_code == 403
    assert "load it again and repeat" in refused.content.decode()
