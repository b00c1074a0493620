"""Staff look after accounts; what they take away ends at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.api import access_revoked, users_by_session
from accounts.models import User
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/accounts/user/"


@pytest.fixture
def staff(client: Client) -> Client:
    """A superuser's browser."""
    client.force_login(make_person("keeper", is_staff=True, is_superuser=True, language="en"))
    return client


@pytest.fixture
def revoked() -> Iterator[list[int]]:
    """The users whose access accounts said has ended."""
    heard: list[int] = []

    def hear(*, user_id: int, **_: Any) -> None:
        heard.append(user_id)

    access_revoked.connect(hear)
    yield heard
    access_revoked.disconnect(hear)


def change(staff: Client, user: User, **fields: str) -> Any:
    """Send the change page with some fields changed; an empty value unticks a box."""
    page = staff.get(reverse("admin:accounts_user_change", args=[user.pk]))
    initial = page.context["adminform"].form.initial
    kept = ("username", "name", "kind", "language", "theme", "email", "is_active")
    sent = {name: str(initial[name]) for name in kept} | fields
    return staff.post(
        reverse("admin:accounts_user_change", args=[user.pk]),
        {name: value for name, value in sent.items() if value},
    )


def test_a_user_is_found_by_handle_name_and_address(staff: Client) -> None:
    make_person("ming", name="小明", email="ming@example.org")
    for words in ("ming", "小明", "ming@example"):
        page = staff.get(LIST, {"q": words})
        assert [user.username for user in page.context["cl"].result_list] == ["ming"]


def test_the_list_takes_the_same_statements_for_more_users(
    staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_person(f"person-{number}")
    with django_assert_max_num_queries(12):
        assert staff.get(LIST).status_code == 200


def test_unticking_active_signs_out_and_ticking_it_lets_in_again(
    staff: Client, member: User, revoked: list[int]
) -> None:
    theirs = Client()
    theirs.force_login(member)
    key = str(theirs.session.session_key)
    assert change(staff, member, is_active="").status_code == 302
    assert users_by_session([key]) == {}
    assert revoked == [member.pk]
    change(staff, member, is_active="on")
    assert Client().login(username="member", password=PASSWORD)
    assert users_by_session([key]) == {}


def test_another_change_signs_nobody_out(staff: Client, member: User, revoked: list[int]) -> None:
    theirs = Client()
    theirs.force_login(member)
    change(staff, member, name="New name")
    member.refresh_from_db()
    assert member.name == "New name"
    assert list(users_by_session([str(theirs.session.session_key)]).values()) == [member]
    assert revoked == []


@pytest.mark.parametrize(
    ("action", "may_come_back"), [("disable", False), ("log_out", True), ("enable", True)]
)
def test_actions_work_on_all_that_were_chosen(
    staff: Client, member: User, reader: User, action: str, may_come_back: bool
) -> None:
    chosen = [member.pk, reader.pk]
    staff.post(LIST, {"action": action, "_selected_action": chosen})
    for username in ("member", "reader"):
        assert Client().login(username=username, password=PASSWORD) == may_come_back


def test_a_password_set_by_staff_signs_out(staff: Client, member: User, revoked: list[int]) -> None:
    new = "another long password"
    fields = {"password1": new, "password2": new, "usable_password": "true", "set-password": "1"}
    staff.post(reverse("admin:auth_user_password_change", args=[member.pk]), fields)
    assert revoked == [member.pk]
    assert Client().login(username="member", password=new)


def test_a_new_users_handle_is_kept_in_lower_case(staff: Client) -> None:
    fields = {"username": "Ming", "name": "", "kind": "person", "usable_password": "true"}
    staff.post(f"{LIST}add/", {**fields, "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.filter(username="ming").exists()


def test_a_taken_handle_is_refused_in_words(staff: Client, member: User) -> None:
    fields = {"username": "MEMBER", "name": "", "kind": "person", "usable_password": "true"}
    page = staff.post(f"{LIST}add/", {**fields, "password1": PASSWORD, "password2": PASSWORD})
    assert page.status_code == 200
    assert "This handle is taken." in page.content.decode()


def test_users_are_disabled_and_never_deleted(staff: Client, member: User) -> None:
    answer = staff.post(reverse("admin:accounts_user_delete", args=[member.pk]), {"post": "yes"})
    assert answer.status_code == 403
    assert User.objects.filter(pk=member.pk).exists()


def test_staff_change_their_own_password_where_everybody_does(staff: Client) -> None:
    answer = staff.get("/admin/password_change/")
    assert answer.headers["Location"] == "/accounts/password/change/"


def test_a_member_has_no_business_here(client: Client, member: User) -> None:
    client.force_login(member)
    assert client.get(LIST).status_code == 302
