"""The model's tokenizer (XLM-R's: SentencePiece unigram), made of the pieces in the package's file."""

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from rag.embedding.e5_small.packed import PackedModel

# SentencePiece's nmt_nfkc leaves these as they are: they are hidden from NFKC behind private signs.
# Over all other code points the normalizers below equal the table in the file, one by one.
KEPT = {"\uff5e": "\ue000", "\U0001f23b": "\ue001"}
BEGIN, END = "<s>", "</s>"


def make_tokenizer(model: PackedModel) -> Tokenizer:
    """Text to ids, with offsets in code points of the text as it was given."""
    tokenizer = Tokenizer(models.Unigram(model.pieces, unk_id=model.special.unknown))
    hide = [normalizers.Replace(kept, sign) for kept, sign in KEPT.items()]
    show = [normalizers.Replace(sign, kept) for kept, sign in KEPT.items()]
    tokenizer.normalizer = normalizers.Sequence(
        [
            *hide,
            normalizers.Nmt(),
            normalizers.NFKC(),
            *show,
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A {END}",
        special_tokens=[(BEGIN, model.special.begin), (END, model.special.end)],
    )
    return tokenizer
