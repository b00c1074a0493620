"""What costs the site much can be asked for only so often by one person."""

import pytest
from pytest_django import Settings

from accounts.models import User
from chat.models import Room
from rag.models import Corpus
from tests.rag.hashing import HashingEmbedder
from tests.rest.conftest import Calling

pytestmark = pytest.mark.django_db
LIMIT = 2
OFTEN = 2 * LIMIT + 1  # more, even where the first of them fall into the minute before


def test_searches_and_downloads_of_one_person_are_bounded_and_not_those_of_others(
    calling: Calling,
    owner: User,
    reader: User,
    room: Room,
    corpus: Corpus,
    hashing: HashingEmbedder,
    settings: Settings,
) -> None:
    settings.SEARCHES_PER_MINUTE = settings.DOWNLOADS_PER_MINUTE = LIMIT
    for path, code, other in (
        ("/corpora/handbook/search/?q=a", "too_often", reader),
        (f"/rooms/{room.slug}/export/", "too_often", None),
        ("/me/export/", "too_often", reader),
    ):
        refused = [calling(owner).get(path) for _ in range(OFTEN)][-1]
        assert (refused.status_code, refused.json()["code"]) == (429, code)
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert other is None or calling(other).get(path).status_code == 200
