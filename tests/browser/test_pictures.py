"""The site as it looks, on a desk and on a phone, light and dark. PICTURES= names a folder to keep them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

ANSWER = """北伐出祁山，有三層考慮：

1. **避險**：子午谷險峻，糧道難保。
2. **取糧**：隴右地平，可以屯田。
3. **斷臂**：先得涼州，曹魏便失右臂。

> 兵者，詭道也。"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the pictures go."""
    kept = Path(os.environ.get("PICTURES", tmp_path))
    kept.mkdir(parents=True, exist_ok=True)
    return kept


def test_a_room_with_people_and_an_answer_fits_every_screen(
    visitor: Callable[..., Visitor], model: ModelServer, folder: Path
) -> None:
    model.set_script(text=ANSWER)
    desk = visitor("rong", language="zh-hant")
    phone = visitor("kenji", language="zh-hant", phone=True)
    desk.enter("comic")
    phone.enter("comic")
    phone.say("昨天那集的赤壁畫得太好了！")
    desk.act(desk.hears("赤壁畫得太好了"), "reply")
    desk.say("火光整個跳出來，接著看北伐吧")
    desk.ask("丞相，北伐為何要出祁山？")
    expect(desk.answers.last).to_contain_text("兵者", timeout=20_000)
    expect(phone.answers.last).to_contain_text("兵者")
    for theme in ("light", "dark"):
        for name, one in (("desk", desk), ("phone", phone)):
            one.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
            one.settle()
            one.picture(folder, f"room-{name}-{theme}")
            assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
