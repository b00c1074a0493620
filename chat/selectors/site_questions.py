"""Hears by rules what a message asks about the room's messages, in zh-Hant, zh-Hans, en, ja and ko.

For models that cannot call functions. Rules are quick and cost no token; what they do not understand
they leave alone: then the assistant answers without looking.
"""

import re
from collections.abc import Iterable

from chat.selectors.site_data import SiteQuestion

_FLAGS = re.IGNORECASE
# Whether it is about what was written here at all.
_MESSAGES = re.compile(
    r"\b(?:messages?|posts?|posted|wrote|writes?|written|writing|sends?|sent|say|says|said|"
    r"talk(?:s|ed|ing)?|spoken|mention(?:s|ed)?|chatt(?:y|iest)|active)\b"
    r"|訊息|讯息|消息|留言|發言|发言|發文|发文|活躍|活跃"
    r"|[說说講讲](?:話|话|過|过|到|了)|提[到過过及]|[談谈]到|[發发寫写]了"
    r"|メッセージ|投稿|発言|書き込|書い|書か|話し|話題|触れ|言及|送っ"
    r"|메시지|글을|글은|글이|말했|말한|말을|썼|쓴|보냈|보낸|언급|얘기|이야기|활발",
    _FLAGS,
)
_RANKING = re.compile(
    r"\bwho\b.*\b(?:most|more)\b|\bmost (?:active|talkative|chatty)\b|\bchattiest\b"
    r"|\btop (?:posters?|writers?)\b"
    r"|誰.{0,10}最|谁.{0,10}最|最.{0,3}(?:活躍|活跃|多話|愛說話|爱说话).{0,8}(?:誰|谁|人)|排行|排名"
    r"|誰.{0,10}(?:一番|最も|いちばん)|(?:一番|最も|いちばん).{0,14}(?:誰|人)"
    r"|누가.{0,10}(?:가장|제일)|(?:가장|제일).{0,16}(?:누구|사람)",
    _FLAGS,
)
_COUNT = re.compile(
    r"\bhow (?:many|often)\b|\bnumber of\b|\bcount\b"
    r"|幾(?:則|条|條|個|封|次|篇|句)|几(?:则|条|个|次|篇|句)|多少|總數|总数"
    r"|何(?:件|通|個|回)|いくつ|どれくらい|件数"
    r"|몇\s?(?:개|건|번|통)|얼마나|개수",
    _FLAGS,
)
_LAST = re.compile(
    r"\b(?:last|latest|most recent(?:ly)?)\b|最後|最后|最新|上次|上一次|最近一次"
    r"|最近(?=.*(?:何時|什麼時候|什么时候))|마지막|최근",
    _FLAGS,
)
_FIRST = re.compile(
    r"\b(?:first|earliest)\b|第一[個个次則条條篇句]|最早|首次|最初|初めて|はじめて|처음|첫",
    _FLAGS,
)
_ROOMS = re.compile(
    r"\b(?:which|what|list|how many)\b.*\brooms\b"
    r"|(?:哪些|幾個|几个|有什麼|列出).{0,6}(?:房間|房间|聊天室)"
    r"|(?:どんな|どの|いくつ).{0,6}(?:部屋|ルーム)|(?:어떤|무슨|몇 개).{0,4}방",
    _FLAGS,
)
_PERIODS = {
    "yesterday": re.compile(r"\byesterday\b|昨天|昨日|어제", _FLAGS),
    "today": re.compile(r"\btoday\b|今天|今日|오늘", _FLAGS),
    "this_week": re.compile(
        r"\bthis week\b|[這这本](?:個|个)?(?:週|周|禮拜|礼拜|星期)|今週|이번\s?주", _FLAGS
    ),
    "this_month": re.compile(r"\bthis month\b|[這这本](?:個|个)?月|今月|이번\s?달", _FLAGS),
}
_QUOTED = re.compile(r"「(.+?)」|『(.+?)』|“(.+?)”|\"(.+?)\"|《(.+?)》")
_WORDS = (
    re.compile(r"\b(?:about|mention(?:s|ed)?|containing|the word)\s+(?:the\s+)?([\w'-]+)", _FLAGS),
    re.compile(
        r"(?:提到|提過|提及|說到|说到|談到|谈到|講到|關於|关于)\s*([^\s，。？！,.?!的了過过是嗎吗]+)"
    ),
    re.compile(r"([^\s、。はがをにの]+)\s?(?:について|に関する|の話題|に触れ|に言及|の話)"),
    re.compile(r"(\S+?)(?:에\s?대해|에\s?관한|을\s?언급|를\s?언급|\s?이야기|\s?얘기)"),
)
_ASKER = re.compile(r"\b(?:I|my)\b|我(?!們|们)|私|僕|내가|제가|나는|저는")
_ASK = re.compile(
    r"[?？]|\b(?:who|when|how|what|which|count)\b"
    r"|誰|谁|幾|几|多少|什麼|什么|何|哪|いつ|누|몇|언제|얼마|알려|어떤",
    _FLAGS,
)


def site_question_in(text: str, *, names: Iterable[str], asker: str) -> SiteQuestion | None:
    """What `text` asks, or None. `names` are the handles and shown names of those in the room."""
    if not _ASK.search(text):
        return None
    if _ROOMS.search(text):
        return SiteQuestion("rooms")
    quoted = _QUOTED.search(text)
    asked = _QUOTED.sub(" ", text)
    question = _kind_of(asked) if _MESSAGES.search(asked) else None
    if question is None:
        return None
    member = _member(asked, names, asker) if question != "ranking" else ""
    word = _quoted_part(quoted) if quoted else _word(asked, member)
    return SiteQuestion(question, _period(asked), member, word)


def _kind_of(text: str) -> str | None:
    if _RANKING.search(text):
        return "ranking"
    if _COUNT.search(text):
        return "count"
    if _LAST.search(text):
        return "last"
    return "first" if _FIRST.search(text) else None


def _period(text: str) -> str:
    return next((name for name, words in _PERIODS.items() if words.search(text)), "always")


def _member(text: str, names: Iterable[str], asker: str) -> str:
    """The longest name in the text; English ones stand whole."""
    lowered = text.lower()
    named = [name for name in names if name and _stands_in(name.lower(), lowered)]
    if named:
        return max(named, key=len)
    return asker if _ASKER.search(text) else ""


def _stands_in(name: str, text: str) -> bool:
    if not name.isascii():
        return name in text
    return re.search(rf"(?<![a-z0-9_]){re.escape(name)}(?![a-z0-9_])", text) is not None


def _word(text: str, member: str) -> str:
    found = (pattern.search(text) for pattern in _WORDS)
    word = next((match.group(1) for match in found if match), "")
    return "" if word.lower() == member.lower() else word


def _quoted_part(quoted: re.Match[str]) -> str:
    return next(part for part in quoted.groups() if part)
