"""The rules of accessibility that axe can check, on a desk and on a phone."""

import json

from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import DESKTOP, PHONE, Visitor

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(visitor: Visitor) -> list[str]:
    """What axe finds wrong on the page, on a desk and on a phone."""
    wrong = []
    for size in (DESKTOP, PHONE):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]  # plain numbers
        visitor.settle()
        found = Axe().run(visitor.page, options=RULES).response["violations"]
        wrong += [
            json.dumps([size["width"], rule["id"], [node["html"][:200] for node in rule["nodes"]]])
            for rule in found
        ]
    return wrong
