"""What people and models write never runs, never loads anything, and is never raw HTML."""

import pytest
from playwright.sync_api import Request, expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

ATTACKS = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "[click](javascript:window.hacked=1)",
    "[click](data:text/html,<script>window.hacked=1</script>)",
    "![track](https://evil.example/pixel.png)",
    "[ref]: https://evil.example/pixel.png\n\n![track][ref]",
    "<svg><animate onbegin=window.hacked=1 attributeName=x></svg>",
    "```html\n<script>window.hacked = 1</script>\n```",
    "$\\href{javascript:window.hacked=1}{x}$",
    "<style>@import 'https://evil.example/a.css'</style>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "`<b onmouseover=window.hacked=1>`",
]
WHOLE_MS = 40_000


@pytest.fixture
def elsewhere(owner: Visitor) -> list[str]:
    """Addresses outside the site that the owner's page asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((owner.base_url, "data:", "blob:")):
            asked.append(request.url)

    owner.context.on("request", note)
    return asked


def is_hacked(visitor: Visitor) -> bool:
    """Whether anything an attacker wrote has run."""
    return bool(visitor.page.evaluate("Boolean(window.hacked)"))


def test_what_a_person_writes_stays_text(
    both_inside: str, owner: Visitor, member: Visitor, elsewhere: list[str]
) -> None:
    for attack in ATTACKS:
        member.page.fill("#text", attack)
        member.page.press("#text", "Enter")
    expect(owner.page.locator("#rows [data-message]")).to_have_count(len(ATTACKS))
    owner.page.reload()
    expect(owner.page.locator("#rows [data-message]")).to_have_count(len(ATTACKS))
    owner.settle()
    assert not is_hacked(owner)
    assert owner.reports() == []
    assert elsewhere == []
    assert owner.page.locator(".prose :is(script, img, iframe, style, svg:not(.icon))").count() == 0


def test_what_a_model_writes_stays_text_while_it_grows(
    both_inside: str, owner: Visitor, model: ModelServer, elsewhere: list[str]
) -> None:
    model.set_script(text="\n\n".join(ATTACKS), tokens_per_second=120)
    owner.ask("Attack me")
    expect(owner.reply.locator(".prose")).to_contain_text("hacked", timeout=WHOLE_MS)
    expect(owner.answers).to_have_count(1, timeout=WHOLE_MS)
    assert not is_hacked(owner)
    assert owner.reports() == []
    assert elsewhere == []
    assert owner.answers.locator("a[href^='javascript:'], a[href^='data:']").count() == 0


@pytest.mark.parametrize(
    "path", ["/", "/rooms/comic/", "/rooms/new/", "/people/", "/accounts/profile/", "/nowhere/"]
)
def test_a_page_breaks_none_of_its_own_rules(owner: Visitor, path: str) -> None:
    owner.visit(path)
    owner.settle()
    assert owner.reports() == []
