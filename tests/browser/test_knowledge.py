"""A corpus in the browser: files with their progress, states that follow, deletion asked for."""

import uuid
from collections.abc import Callable

from playwright.sync_api import expect

from rag.models import Document
from tests.browser.visitor import Visitor

NOTE = {"name": "battery.md", "mimeType": "text/markdown", "buffer": b"# Battery\n\nTwo days."}
PROGRAM = {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}


def test_documents_come_in_and_go_again_by_keyboard(
    visitor: Callable[..., Visitor], on_site: Callable[[Callable[[], object]], object]
) -> None:
    owner = visitor("mei", phone=True)
    page, slug = owner.visit("/knowledge/"), f"notes-{uuid.uuid4().hex[:8]}"
    page.get_by_text("Make a corpus").press("Enter")
    page.fill("#id_name", "Notes")
    page.fill("#id_slug", slug)
    page.press("#id_slug", "Enter")
    page.set_input_files("#file", [NOTE, PROGRAM])  # type: ignore[list-item]  # as Playwright says
    page.get_by_role("button", name="Upload").press("Enter")
    lines = page.locator(".uploads li")
    expect(lines.nth(0)).to_contain_text("✓")
    expect(lines.nth(1)).to_contain_text("This kind of file cannot be read.")
    line = page.locator(".document-line")
    expect(line).to_contain_text("Queued")
    mine = Document.objects.filter(corpus__slug=slug)
    on_site(lambda: mine.update(state="embedding", done=1, total=3))
    expect(line).to_contain_text("1 / 3")
    on_site(lambda: mine.update(state="ready", done=3, title="Battery"))
    expect(line).to_contain_text("Ready")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    line.get_by_label("Delete Battery").press("Enter")
    line.get_by_role("button", name="Delete", exact=True).press("Enter")
    expect(page.get_by_text("There are no documents here yet.")).to_be_visible()
    assert owner.reports() == []
