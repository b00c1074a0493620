"""Which writing a text is in, as far as its words can meet those of another text."""

import re
from collections.abc import Iterable

_SCRIPTS = {
    "chinese": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
    "kana": re.compile(r"[\u3040-\u30ff\u31f0-\u31ff]"),
    "hangul": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]+"),  # a word of it is one keyword
    "cyrillic": re.compile(r"[\u0400-\u04ff]+"),
}
# Of a text's letters: Japanese is written in Chinese characters as well, and mostly so in headings.
LEAST_KANA = 0.15


def script_of(text: str) -> str:
    """The one that most of its words are in; empty where it has none of these."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    if counts["kana"] > LEAST_KANA * sum(counts.values()):
        return "kana"
    name = max(counts, key=counts.__getitem__)
    return name if counts[name] else ""


def share_of(script: str, texts: Iterable[str]) -> float:
    """How many of the texts are in this script, from 0 to 1."""
    scripts = [script_of(text) for text in texts]
    return scripts.count(script) / len(scripts) if scripts else 0.0
