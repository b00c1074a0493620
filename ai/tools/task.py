"""What a model is asked to do below what a search in documents brought, in the question's language.

Small models do what stands last: rules at the beginning of the prompt they forget over the passages,
and then tell of all of them.
"""

from ai.prompts.marks import quoted
from ai.prompts.tokens import clipped
from ai.question_language import language_of
from ai.types import ReplyRequest

QUESTION_TOKENS = 80  # of the question that is asked once more
_NOTHING = {
    "zh-hant": "文件裡沒有這個問題的答案。",
    "en": "The documents do not hold the answer to this.",
    "ja": "文書にこの質問の答えはありません。",
    "ko": "문서에 이 질문의 답이 없습니다.",
}
_WITH_PASSAGES = {
    "zh-hant": (
        "上面是文件的段落。如果都沒提到問題所問的，就只說「{nothing}」；"
        "提到了，就根據段落用繁體中文以一兩句話回答，句尾標上段落的編號，例如 [1]。\n問題：{question}"
    ),
    "en": (
        "Above are passages of documents. If they are all about something else, say only “{nothing}” "
        "Otherwise answer from them in English, in one or two sentences, even if they are in another "
        "language, and put the number of the passage behind each sentence, like [1].\n"
        "Question: {question}"
    ),
    "ja": (
        "上は文書の一節です。どれも質問と関係がなければ「{nothing}」とだけ答えてください。"
        "関係があれば、ほかの言語の一節でも、それをもとに日本語で一、二文で答え、"
        "文末に一節の番号を [1] のように付けてください。\n質問：{question}"
    ),
    "ko": (
        "위는 문서의 구절입니다. 모두 질문과 관계가 없으면 “{nothing}”라고만 답하세요. "
        "관계가 있으면 다른 언어의 구절이라도 그것을 바탕으로 한국어로 한두 문장으로 답하고, "
        "문장 끝에 구절의 번호를 [1]처럼 붙이세요.\n질문: {question}"
    ),
}
_WITHOUT = {
    "zh-hant": "請只回答這一句，不要猜：「{nothing}」",
    "en": "Answer with this sentence alone, and do not guess: “{nothing}”",
    "ja": "推測せず、日本語で次の一文だけを答えてください：「{nothing}」",
    "ko": "추측하지 말고 한국어로 다음 한 문장만 답하세요: “{nothing}”",
}


def task_for(request: ReplyRequest, *, has_passages: bool) -> str:
    """How to answer the request's question from passages, and the question once more; without any,
    how to say so.
    """
    asked = request.turns[-1].text
    language = language_of(asked, otherwise=request.language)
    task = _WITH_PASSAGES[language] if has_passages else _WITHOUT[language]
    question = clipped(quoted(asked), limit=QUESTION_TOKENS)
    return task.format(nothing=_NOTHING[language], question=question)


def afterthought(request: ReplyRequest) -> str:
    """How a small model begins to take back what it has just said; its answer ends there."""
    return "\n" + nothing_in(language_of(request.turns[-1].text, otherwise=request.language))


def nothing_in(language: str) -> str:
    """What a search that was in vain brings."""
    return _NOTHING[language]
