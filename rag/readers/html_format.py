"""HTML: the words that a reader of the page would see, with headings and lists marked."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rag.readers.decoding import decoded
from rag.readers.reading import Entry, Reading

UNSEEN = (
    "head, script, style, noscript, template, svg, iframe, object, embed, canvas, form button, select,"
    " [hidden], [aria-hidden='true'], [style*='display:none' i], [style*='display: none' i],"
    " [style*='visibility:hidden' i], [style*='visibility: hidden' i], [style*='font-size:0' i],"
    " [style*='font-size: 0' i]"
)
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BLOCKS = {
    *HEADINGS, "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
}  # fmt: skip
LINES = {"li": "list", "td": "table", "th": "table", "dt": "terms", "dd": "terms"}
DEEPEST = 200  # elements between a word and its block: deeper ones are a bomb, not a page
_SPACE = re.compile(r"\s+")
_SPACE_AT_END = re.compile(r"(?<! ) ++$", re.MULTILINE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{2,20})""", re.IGNORECASE)


def read(data: bytes) -> Reading:
    """The visible text; the page's title is the document's."""
    text, notes = _decoded(data)
    page = LexborHTMLParser(text)
    head = page.css_first("title")
    title = _SPACE.sub(" ", head.text()).strip() if head else ""
    for node in page.css(UNSEEN):
        node.decompose()
    body = page.body
    words = _SPACE_AT_END.sub("", "".join(_pieces(body))) if body else ""
    return Reading([Entry(words, title=title)], notes=notes)


def _decoded(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """As the page says it is encoded, else as it looks."""
    said = _CHARSET.search(data[:2048])
    if said:
        try:
            return data.decode(said[1].decode("ascii")), []
        except (LookupError, UnicodeDecodeError):
            pass  # the page is wrong about itself
    return decoded(data)


def _pieces(body: LexborNode) -> Iterator[str]:
    """The words in order, parted where another block begins."""
    before: LexborNode | None = None
    for node in body.traverse(include_text=True):
        if node.tag == "br":
            yield "\n"
        words = _SPACE.sub(" ", node.text(deep=False)) if node.tag == "-text" else ""
        if not words.strip():
            yield words if before else ""
            continue
        block = _block_of(node)
        if before is None or block.mem_id != before.mem_id:
            yield _border(before, block)
            words = words.lstrip()
        before = block
        yield words


def _block_of(node: LexborNode) -> LexborNode:
    place = node
    for _ in range(DEEPEST):
        if place.parent is None or place.tag in BLOCKS:
            break
        place = place.parent
    return place


def _border(before: LexborNode | None, block: LexborNode) -> str:
    """What stands between two blocks, and the mark that the second begins with."""
    if before is None:
        gap = ""
    elif block.tag in ("td", "th") and before.tag in ("td", "th") and _same_row(before, block):
        return " | "
    else:
        gap = "\n" if _kind(block) and _kind(block) == _kind(before) else "\n\n"
    mark = HEADINGS.get(block.tag or "", "- " if block.tag == "li" else "")
    return gap + mark


def _kind(block: LexborNode) -> str | None:
    """What a block is a line of, if it is one: such lines follow each other without a gap."""
    return LINES.get(block.tag or "")


def _same_row(one: LexborNode, other: LexborNode) -> bool:
    return bool(one.parent and other.parent and one.parent.mem_id == other.parent.mem_id)
