"""Whether a model can judge at all: it is examined before it is believed.

Three questions are answered by their passages and three are not, in four languages. The packaged 1.5B
model is right in all of them, by odds of .8 and more to either side; the 0.5B model says no to all.
"""

from collections.abc import Awaitable, Callable

from ai.backends.base import Backend

Says = Callable[[str, str], Awaitable[bool | None]]  # whether a passage answers a question

QUESTIONS = (
    (
        "Battery of the X200: The X200 runs for 12 hours on one charge.",
        "X200 的電池可以用多久？",
        True,
    ),
    (
        "Battery of the X200: The X200 runs for 12 hours on one charge.",
        "How heavy is the X200?",
        False,
    ),
    ("會議室怎麼預約？ 會議室請在內部網站的「設施」頁預約。", "회의실은 어떻게 예약하나요?", True),
    ("返品について: 商品の到着から30日以内にお送りください。", "送料はいくらですか", False),
    ("返品について: 商品の到着から30日以内にお送りください。", "何日以内なら返品できますか", True),
    ("주차장은 어디인가요? 건물 뒤쪽 지하 1층에 있습니다.", "건물은 몇 시에 문을 닫나요?", False),
)

_passed: dict[tuple[str, str, str], int | None] = {}  # by server, model, version; None: failed


async def is_fit(backend: Backend, says: Says) -> bool:
    """Whether it answers all of them rightly; asked once, and where it broke off again."""
    server = await backend.describe()
    model = (server.base_url, server.model, server.version)
    while (passed := _passed.setdefault(model, 0)) is not None and passed < len(QUESTIONS):
        passage, question, truth = QUESTIONS[passed]
        said = await says(passage, question)
        if said is None:
            return False
        _passed[model] = passed + 1 if said is truth else None
    return passed is not None
