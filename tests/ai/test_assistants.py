"""Assistants are users with a profile; making one twice is making it once."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.types import Language, UserKind
from ai.api import create_assistant, seed_assistants, usable_assistants
from ai.errors import UsernameTakenError
from ai.models import Assistant
from ai.prompts.tokens import estimate_tokens


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
    profile = Assistant.objects.get(user=again.user_id)
    assert not again.is_new
    assert (profile.user.name, profile.description) == ("Sage", "tells stories")
    assert not profile.is_public


def test_a_person_s_name_is_not_taken(member: User) -> None:
    with pytest.raises(UsernameTakenError):
        create_assistant(username=member.username, name="Sage", is_public=True)
    assert not Assistant.objects.filter(user=member).exists()


def test_public_active_and_own_assistants_are_listed_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries, owner: User, stranger: User
) -> None:
    for username in ("anna", "berta", "clara"):
        create_assistant(username=username, name=username.title(), is_public=username != "berta")
    get_user_model().objects.filter(username="clara").update(is_active=False)
    Assistant.objects.filter(user__username="berta").update(owner=owner)
    with django_assert_num_queries(1):
        listed = usable_assistants(person=owner.pk, language="en")
    assert [(card.username, card.is_own) for card in listed] == [("anna", False), ("berta", True)]
    assert [card.username for card in usable_assistants(person=stranger.pk, language="en")] == [
        "anna"
    ]


@pytest.mark.django_db
def test_the_first_assistants_speak_all_four_languages_in_few_words() -> None:
    general, *figures = seed_assistants()
    assert [figure.username for figure in figures] == ["zhuge", "caocao", "guanyu"]
    for profile in Assistant.objects.select_related("user"):
        for texts in (profile.names, profile.greetings, profile.instructions):
            assert sorted(texts) == sorted(Language.values)
        assert all(estimate_tokens(text) <= 120 for text in profile.instructions.values())
    joining = Assistant.objects.filter(joins_new_rooms=True)
    assert [profile.user_id for profile in joining] == [general.user_id]


@pytest.mark.django_db
@pytest.mark.parametrize("then", [{}, {"greetings": {}, "instructions": {}}])
def test_an_assistant_of_an_earlier_version_gets_the_tools_of_this_one(
    then: dict[str, object],
) -> None:
    general, *_ = seed_assistants()
    earlier = Assistant.objects.filter(user=general.user_id)
    tools = earlier.get().tools
    earlier.update(tools=[], **then)
    seed_assistants()
    assert earlier.get().tools == tools != []
    assert sorted(earlier.get().greetings) == sorted(Language.values)


@pytest.mark.django_db
def test_a_card_is_in_the_reader_s_language(owner: User) -> None:
    seed_assistants()
    names = {
        language: usable_assistants(person=owner.pk, language=language, query="zhuge")[0].name
        for language in Language.values
    }
    assert names == {"zh-hant": "諸葛亮", "en": "Zhuge Liang", "ja": "諸葛亮", "ko": "제갈량"}


def test_staff_see_assistants_with_a_link_to_their_account(admin_client: Client) -> None:
    create_assistant(username="sage", name="Sage", is_public=True)
    user = get_user_model().objects.get(username="sage")
    page = admin_client.get(reverse("admin:ai_assistant_changelist")).content.decode()
    assert "@sage" in page
    assert reverse("admin:accounts_user_change", args=[user.pk]) in page


def test_members_do_not_see_the_admin(client: Client, member: User) -> None:
    client.force_login(member, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("admin:ai_assistant_changelist")).status_code == 302
