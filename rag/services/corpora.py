"""Corpora: making them, and who may read them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.api import User
from echomind.common.text import is_safe, is_storable, one_line
from rag.errors import CorpusInvalidError, SlugTakenError, TooManyCorporaError
from rag.models import Corpus
from rag.services.documents import forget_files
from rag.services.short_names import take_short_name


def create_corpus(
    *,
    owner: User,
    slug: str,
    name: str,
    language: str = "zh-hant",
    is_public: bool = False,
    chunk_tokens: int | None = None,
    overlap_tokens: int | None = None,
) -> Corpus:
    """Raises CorpusInvalidError, SlugTakenError or TooManyCorporaError. Sizes: None is the default."""
    sizes = {"chunk_tokens": chunk_tokens, "overlap_tokens": overlap_tokens}
    corpus = Corpus(
        owner=owner,
        slug=slug.lower(),  # as questions name it
        name=one_line(name),
        language=language,
        is_public=is_public,
        **{field: size for field, size in sizes.items() if size is not None},
    )
    _check(corpus)
    try:
        with transaction.atomic():
            _require_room_for_another(owner)
            take_short_name(slug=corpus.slug, owner=owner)
            corpus.save()
    except IntegrityError as taken:
        raise SlugTakenError from taken
    return corpus


def _require_room_for_another(owner: User) -> None:
    """Inside a transaction; until its end the owner makes no other one."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=owner.pk)
    most = settings.CORPORA_PER_PERSON
    if not owner.is_staff and Corpus.objects.filter(owner=owner).count() >= most:
        raise TooManyCorporaError(most=most)


def change_corpus(
    *,
    corpus: Corpus,
    name: str | None = None,
    language: str | None = None,
    is_public: bool | None = None,
) -> None:
    """What people see of it, and who; None leaves it. Raises CorpusInvalidError."""
    if name is not None:
        corpus.name = one_line(name)
    if language is not None:
        corpus.language = language
    if is_public is not None:
        corpus.is_public = is_public
    _check(corpus)
    corpus.save(update_fields=["name", "language", "is_public"])


def delete_corpus(*, corpus: Corpus) -> None:
    """Delete a corpus with its documents, chunks and vectors, and the files that nobody else has."""
    files = corpus.documents.exclude(file_name="").values_list("sha256", flat=True)
    contents = list(files.distinct())
    with transaction.atomic():
        corpus.delete()
        transaction.on_commit(lambda: forget_files(contents))


def change_sizes(
    *, corpus: Corpus, chunk_tokens: int | None = None, overlap_tokens: int | None = None
) -> None:
    """How documents are divided from now on; None leaves a size. Raises CorpusInvalidError."""
    if chunk_tokens is not None:
        corpus.chunk_tokens = chunk_tokens
    if overlap_tokens is not None:
        corpus.overlap_tokens = overlap_tokens
    try:
        corpus.clean_fields(exclude={"owner"})
        corpus.validate_constraints()
    except ValidationError as wrong:
        raise CorpusInvalidError(field="chunk_tokens, overlap_tokens") from wrong
    corpus.save(update_fields=["chunk_tokens", "overlap_tokens"])


def _check(corpus: Corpus) -> None:
    """Raises CorpusInvalidError with the names of the fields that are wrong."""
    if not is_safe(corpus.name) or not is_storable(corpus.slug):
        raise CorpusInvalidError(field="name" if is_storable(corpus.slug) else "slug")
    try:
        corpus.full_clean(validate_unique=False)
    except ValidationError as wrong:
        raise CorpusInvalidError(field=", ".join(wrong.message_dict)) from wrong
