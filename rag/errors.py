"""What can go wrong with documents and searches, each with its code and a sentence for people."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import NeverWorksError, TryAgainError


class CorpusNotFoundError(NeverWorksError):
    """There is no such corpus, or the asker may not know of it."""

    code, status = "corpus_not_found", 404
    sentence = _("There is no such corpus.")


class CorpusInvalidError(NeverWorksError):
    """A field of a corpus cannot be used; `data` names it."""

    code = "corpus_invalid"
    sentence = _("Some of what you set for the corpus cannot be used: {field}.")


class CorpusNotYoursError(NeverWorksError):
    """Somebody who may read the corpus wants to change it."""

    code, status = "corpus_not_yours", 403
    sentence = _("Only the owner of the corpus can do that.")


class ReaderNotFoundError(NeverWorksError):
    """Nobody has the handle of who is to read a corpus."""

    code, status = "reader_not_found", 404
    sentence = _("Nobody here has that handle.")


class TooManyReadersError(NeverWorksError):
    """A corpus has as many readers as it may have."""

    code, status = "too_many_readers", 409
    sentence = _("A corpus can have at most {most} readers. You can make it public.")


class TooManyDocumentsError(NeverWorksError):
    """One request has more documents than it may have."""

    code, status = "too_many_documents", 413
    sentence = _("These are too many documents: at most {most}.")


class CorpusFullError(NeverWorksError):
    """A corpus has as many documents, or as much text, as it may have."""

    code, status = "corpus_full", 409
    sentence = _("The corpus is full. Delete documents, or put these into another corpus.")


class SlugTakenError(NeverWorksError):
    """Another corpus has this slug."""

    code, status = "slug_taken", 409
    sentence = _("This short name is taken. Choose another one.")


class TooManyCorporaError(NeverWorksError):
    """A person has as many corpora as they may have."""

    code, status = "too_many_corpora", 409
    sentence = _("You can have at most {most} corpora. Remove one first.")


class DocumentNotFoundError(NeverWorksError):
    """There is no such document, or the asker may not read it."""

    code, status = "document_not_found", 404
    sentence = _("There is no such document.")


class PassageNotFoundError(NeverWorksError):
    """The passage is gone, or the asker may not read it any more."""

    code, status = "passage_not_found", 404
    sentence = _("There is no such passage.")


class QueryInvalidError(NeverWorksError):
    """A query is empty or longer than anybody would ask."""

    code = "query_invalid"
    sentence = _("A query has 1 to {most} characters.")


class DocumentInvalidError(NeverWorksError):
    """A field of a new document cannot be used; `data` names it."""

    code = "document_invalid"
    sentence = _("Some of what you gave for the document cannot be used: {field}.")


class DocumentTooLargeError(NeverWorksError):
    """The file has more bytes than the site takes; it was not read."""

    code, status = "document_too_large", 413
    sentence = _("This file is too large: at most {most} MB are read.")


class FormatUnknownError(NeverWorksError):
    """Neither the name nor the first bytes belong to a format that is read."""

    code, status = "format_unknown", 415
    sentence = _("This kind of file cannot be read. Use txt, md, html, json, jsonl, pdf or docx.")


class FormatMismatchError(NeverWorksError):
    """The first bytes are not those of the format that the name promises."""

    code = "format_mismatch"
    sentence = _("The file is not what its name says.")


class NoTextError(NeverWorksError):
    """The document is empty, or holds pictures of text only."""

    code = "no_text"
    sentence = _("No text was found. A scanned document needs text recognition first.")


class EncryptedError(NeverWorksError):
    """The document opens only with a password."""

    code = "document_encrypted"
    sentence = _("No text was found: the document is protected by a password.")


class DocumentBrokenError(NeverWorksError):
    """The file is damaged, or not well-formed."""

    code = "document_broken"
    sentence = _("The file is damaged and cannot be read.")


class TextTooLongError(NeverWorksError):
    """More text came out than one document may have."""

    code = "text_too_long"
    sentence = _("The document holds too much text. Divide it into smaller ones.")


class ReadingLimitError(NeverWorksError):
    """Reading took more memory or time than one document may take: perhaps a bomb."""

    code = "reading_limit"
    sentence = _("Reading this file took too much memory or time, so it was given up.")


class UnreadableFileError(TryAgainError):
    """A file of a folder is gone, or this process may not open it."""

    code = "file_unreadable"
    sentence = _("The file cannot be opened.")


class SameNameError(NeverWorksError):
    """Two folders that are taken in together hold files of one name."""

    code, status = "same_name", 409
    sentence = _("Two of the folders hold a file called {name}. Take them in one by one.")


class FileMissingError(TryAgainError):
    """The stored file of a document is not where it was put."""

    code = "file_missing"
    sentence = _("The file is not on this machine any more. Upload it again.")


class EmbedderMissingError(TryAgainError):
    """The model that turns text into vectors is not there."""

    code = "embedder_missing"
    sentence = _("The search model is not ready. Staff can prepare it; then try again.")


class EmbedderBuildError(NeverWorksError):
    """The embedder's files could not be made, or are not those of the model."""

    code = "embedder_build"
    sentence = _("The search model could not be prepared: {detail}")


class RerankerMissingError(TryAgainError):
    """The model that ranks what was found is not there."""

    code = "reranker_missing"
    sentence = _("The model that orders what was found is not ready. Staff can prepare it.")


class WorkerLostError(TryAgainError):
    """Every worker that took the document up died over it."""

    code = "worker_lost"
    sentence = _("Indexing broke off several times. Try again, or divide the document.")


class QuestionsInvalidError(NeverWorksError):
    """A line of a file of questions is not one."""

    code = "questions_invalid"
    sentence = _("Line {line} is not a question: {reason}")
