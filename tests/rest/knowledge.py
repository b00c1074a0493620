"""What tests of corpora over HTTP share: where things are, and what was said of them."""

from rest_framework.response import Response

from rag.services.indexing import index_next

HERE = "/corpora/handbook/"
DOCUMENTS = f"{HERE}documents/"


def index_all() -> None:
    while index_next():
        pass


def code_of(refused: Response) -> tuple[int, str]:
    assert set(refused.json()) == {"code", "message", "data"}
    return refused.status_code, refused.json()["code"]
