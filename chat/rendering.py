"""Turns a message's Markdown into HTML that is safe to show. Raw HTML is text here."""

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_TAGS = {
    *("p", "br", "hr", "div", "span", "blockquote", "pre", "code", "strong", "em", "s", "a"),
    *("ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "span": {"class"},
    "div": {"class"},
    "code": {"class"},
    "pre": {"class"},
    "th": {"class"},
    "td": {"class"},
}


def _highlighted(code: str, language: str, _attributes: str) -> str:
    """Pygments spans for a language it knows; the empty string asks for plain, escaped text."""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return ""
    return highlight(code, lexer, HtmlFormatter(nowrap=True))


_markdown = MarkdownIt(
    "commonmark",
    {"html": False, "breaks": True, "linkify": False, "highlight": _highlighted},
).enable(["table", "strikethrough"])
_markdown.disable("image")  # a remote picture would tell a stranger who reads the room
_markdown.disable("reference")  # `[1]: …` would make links of the numbers that cite passages
_markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False)


def to_html(text: str) -> str:
    """Sanitised HTML of one message; formulas stay TeX inside `.math` for the browser to set."""
    return nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow ugc",
    )
