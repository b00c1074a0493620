"""Named failures of writing a reply; the code is for programs, the sentence for people."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import NeverWorksError, TryAgainError


class ModelUnavailableError(TryAgainError):
    """No server answers, or it refuses work for now (still loading, 429, 503)."""

    code = "model_unavailable"
    sentence = _("The language model is not available right now. Try again in a moment.")


class ModelFailedError(TryAgainError):
    """The server broke off, answered with an error, or sent what nobody can read."""

    code = "model_failed"
    sentence = _("The language model failed while answering. Try again.")


class ModelSilentError(TryAgainError):
    """The server took the request and then sent nothing for too long."""

    code = "model_silent"
    sentence = _("The language model stayed silent for too long. Try again.")


class UnknownBackendError(NeverWorksError):
    """`LLM_BACKEND` names no registered backend."""

    code = "backend_unknown"
    status = 500
    sentence = _("The setting LLM_BACKEND names no known backend.")


class UsernameTakenError(NeverWorksError):
    """An assistant cannot take the username of a person."""

    code = "username_taken"
    status = 409
    sentence = _("This handle belongs to a person.")


class UnknownModelError(NeverWorksError):
    """The catalogue has no model of this name."""

    code = "model_unknown"
    status = 404


class ModelNotFetchedError(TryAgainError):
    """No source of a model gave its whole file with the right hash."""

    code = "model_not_fetched"
