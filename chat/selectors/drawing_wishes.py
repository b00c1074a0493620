"""The words that say how a Shiba should look, and the traits of its generator that they mean."""

import re
from collections.abc import Mapping

# Names and options of traits are those that the generator was trained with.
_WORDS: Mapping[tuple[str, str], str] = {
    ("coat", "red"): r"red|赤柴|赤色?|紅色?|红色?|橘色?|赤い|빨간|붉은",
    ("coat", "black and tan"): r"black(?: and tan)?|黑柴|黑色?|黒柴|黒色?|黒い|검은|검정",
    ("coat", "sesame"): r"sesame|胡麻色?|芝麻色?|ごま|참깨",
    ("coat", "cream"): r"cream|white|白柴|白色?|奶油色?|クリーム色?|白い|크림색?|하얀|흰",
    ("pose", "sitting"): r"sitting|坐著|坐着|坐姿|座った|お座り|座っている|앉은|앉아\s?있는",
    ("pose", "standing"): r"standing|站著|站着|站立|立った|立っている|서\s?있는",
    ("pose", "portrait"): r"portrait(?: of)?|大頭照|大头照|特寫|特写|半身|アップ|顔|초상화|얼굴",
    ("scene", "snow"): r"snow(?:y)?|雪地|雪景|雪中|下雪|雪|눈\s?(?:오는|속의?|밭)",
    ("scene", "sakura"): r"(?:cherry )?blossoms?|sakura|petals|櫻花|樱花|桜|さくら|벚꽃",
    ("scene", "autumn"): r"autumn|fall leaves|秋天|秋日|楓葉|枫叶|紅葉|秋|가을|단풍",
    ("scene", "sunset"): r"sunset|dusk|夕陽|夕阳|黃昏|黄昏|夕焼け|夕方|노을|석양",
    ("scene", "meadow"): r"meadow|grass|草地|草原|草原|풀밭|초원",
}
_PARTICLES = (
    r"(?:\s*(?:in|on|at|under|with|among)(?: the| an?)?|在|的|[裡里裏中上下]的?"
    r"|の中の?|の下の?|の|에서|속의)"
)
_NAMED = {
    traits: re.compile(rf"{_PARTICLES}?\s*(?:{words})\s*{_PARTICLES}*", re.IGNORECASE)
    for traits, words in _WORDS.items()
}


def wishes_in(text: str) -> tuple[dict[str, str], str]:
    """The traits that a text wishes for, and what is left of it without their words."""
    wishes: dict[str, str] = {}
    for (trait, option), words in _NAMED.items():
        if trait not in wishes and words.search(text):
            wishes[trait] = option
            text = words.sub(" ", text, count=1)
    return wishes, " ".join(text.split())
