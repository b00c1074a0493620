"""What a message asks, if it asks: told by its words, and else by what a model says."""

import re

from ai.tools.judging import Judge, asks_for_a_fact

_ASKS = re.compile(
    r"[?？]|什麼|什么|嗎|吗|呢|多少|幾|几|哪|誰|谁|怎|為何|为何|如何|是否|有沒有|有没有|能不能|介紹|介绍|比較|比较"
    r"|\b(?:what|which|who|when|where|why|how|tell me|explain|compare|list|does|do|is|are|can)\b"
    r"|何|どの|どれ|どう|どこ|いくら|いつ|なぜ|誰|ですか|ますか|教えて|比べ"
    r"|무엇|뭐|어떤|얼마|언제|왜|어떻게|어디|누구|나요|까요|습니까|인가|알려|비교"
    r"|(?:價格|價錢|重量|顏色|容量|規格|跑分|做法|方法|天氣|価格|値段|重さ|使い方|作り方|相場|スコア|天気)$"
    r"|(?:가격|무게|두께|색상|용량|점수|방법|는 법|날씨)$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?<!\S)[#＃@＠][\w-]+\s*")


def question_in(message: str) -> str:
    """Without those whom it is put to, `@echo` or `#handbook`; the whole where nothing else is said."""
    return _ADDRESSED.sub("", message).strip() or message


async def asks(message: str, *, judge: Judge) -> bool:
    """Whether it wants to know something, and is no wish or thanks; the judge says where no word tells."""
    return bool(_ASKS.search(message)) or await asks_for_a_fact(message, judge=judge)
