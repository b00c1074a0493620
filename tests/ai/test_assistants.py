"""Assistants are users with a profile; making one twice is making it once."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.types import UserKind
from ai.api import create_assistant, public_assistants
from ai.errors import UsernameTakenError
from ai.models import Assistant


@pytest.mark.django_db
def test_an_assistant_is_a_user_nobody_can_sign_in_as() -> None:
    create_assistant(username="sage", name="Sage", is_public=True)
    user = get_user_model().objects.get(username="sage")
    assert (user.kind, user.name) == (UserKind.ASSISTANT, "Sage")
    assert not user.has_usable_password()
    assert not Client().login(username="sage", password="")


@pytest.mark.django_db
def test_making_it_again_keeps_what_staff_changed() -> None:
    create_assistant(username="sage", name="Sage", is_public=True)
    Assistant.objects.update(is_public=False, description="tells stories")
    again = create_assistant(username="sage", name="Other", is_public=True)
    assert (again.name, again.description) == ("Sage", "tells stories")
    assert Assistant.objects.filter(is_public=False).count() == 1


def test_a_person_s_name_is_not_taken(member: User) -> None:
    with pytest.raises(UsernameTakenError):
        create_assistant(username=member.username, name="Sage", is_public=True)
    assert not Assistant.objects.filter(user=member).exists()


@pytest.mark.django_db
def test_only_public_and_active_assistants_are_listed_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    before = {assistant.username for assistant in public_assistants()}
    for username in ("anna", "berta", "clara"):
        create_assistant(username=username, name=username.title(), is_public=username != "berta")
    get_user_model().objects.filter(username="clara").update(is_active=False)
    with django_assert_num_queries(1):
        listed = public_assistants()
    assert {assistant.username for assistant in listed} - before == {"anna"}


def test_staff_see_assistants_with_a_link_to_their_account(admin_client: Client) -> None:
    create_assistant(username="sage", name="Sage", is_public=True)
    user = get_user_model().objects.get(username="sage")
    page = admin_client.get(reverse("admin:ai_assistant_changelist")).content.decode()
    assert "@sage" in page
    assert reverse("admin:accounts_user_change", args=[user.pk]) in page


def test_members_do_not_see_the_admin(client: Client, member: User) -> None:
    client.force_login(member, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("admin:ai_assistant_changelist")).status_code == 302
