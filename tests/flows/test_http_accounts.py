"""Sign-up, tokens, and what an API answers to someone it does not know."""

import secrets

import httpx
import pytest

from tests.flows.client import ApiError, Person
from tests.flows.client.shapes import ErrorBody, checked
from tests.live.site import LiveSite


async def test_someone_new_signs_up_and_reads_the_public_rooms(live_site: LiveSite) -> None:
    username = f"new-{secrets.token_hex(4)}"
    async with await Person.sign_up(live_site.base_url, username) as person:
        slugs = {room["slug"] for room in await person.rooms()}
    assert {"minimalist", "comic", "pixel", "realistic"} <= slugs


async def test_a_wrong_password_gives_no_token(live_site: LiveSite, owner: Person) -> None:
    with pytest.raises(ApiError) as refused:
        await Person.sign_in(live_site.base_url, owner.username, "not the password")
    assert refused.value.status == 401


async def test_a_taken_handle_is_refused_whatever_its_case(
    live_site: LiveSite, owner: Person
) -> None:
    with pytest.raises(ApiError) as refused:
        await Person.sign_up(live_site.base_url, owner.username.upper())
    assert refused.value.status == 400


@pytest.mark.parametrize("path", ["rooms/", "rooms/pixel/", "rooms/pixel/messages/"])
@pytest.mark.parametrize("credentials", [{}, {"Authorization": "Bearer not-a-token"}])
async def test_without_a_valid_token_nothing_is_read(
    live_site: LiveSite, path: str, credentials: dict[str, str]
) -> None:
    async with httpx.AsyncClient(base_url=live_site.base_url, headers=credentials) as http:
        answer = await http.get(f"/api/v1/{path}")
    assert answer.status_code == 401
    checked(answer.json(), ErrorBody)


async def test_a_token_of_a_disabled_person_ends(
    live_site: LiveSite, member: Person, on_site: object
) -> None:
    from accounts.models import User
    from accounts.services.access import disable_user

    def disable() -> None:
        disable_user(user=User.objects.get(username=member.username))

    await on_site(disable)  # type: ignore[operator]
    with pytest.raises(ApiError) as refused:
        await member.rooms()
    assert refused.value.status == 401
    with pytest.raises(ApiError):
        await Person.sign_in(live_site.base_url, member.username)
