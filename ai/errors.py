"""Named failures of writing a reply; the code is for programs, the sentence for people."""

from django.utils.translation import gettext_lazy as _

from ai.parameter_errors import (
    ParameterOutOfRangeError,
    ParameterTypeError,
    ParameterUnknownError,
    ParameterUnsupportedError,
    PresetFileBrokenError,
    PresetFileTooLargeError,
    PresetNameError,
    PresetNameTakenError,
    PresetNotFoundError,
    PresetNotOwnError,
    StopEmptyError,
    StopLimitError,
    StopNotFlatError,
    TooManyPresetsError,
)
from echomind.common.errors import NeverWorksError, TryAgainError

__all__ = [  # of another module; the rest stands below
    "ParameterOutOfRangeError",
    "ParameterTypeError",
    "ParameterUnknownError",
    "ParameterUnsupportedError",
    "PresetFileBrokenError",
    "PresetFileTooLargeError",
    "PresetNameError",
    "PresetNameTakenError",
    "PresetNotFoundError",
    "PresetNotOwnError",
    "StopEmptyError",
    "StopLimitError",
    "StopNotFlatError",
    "TooManyPresetsError",
]


class ModelUnavailableError(TryAgainError):
    """No server answers, or it refuses work for now (still loading, 429, 503)."""

    code = "model_unavailable"
    sentence = _("The language model is not available right now. Try again in a moment.")


class ModelBusyError(ModelUnavailableError):
    """The server has more to do than it takes (429)."""

    code = "model_busy"
    sentence = _("The language model has too much to do right now. Try again in a moment.")


class ModelRefusedKeyError(ModelUnavailableError):
    """The server does not accept our key (401, 403): staff must mend that."""

    code = "model_refused_key"
    sentence = _("The model server does not accept this site’s key. Staff can mend that.")


class ModelMissingError(ModelUnavailableError):
    """The server does not have the model or the adapter it was asked for (404)."""

    code = "model_missing"
    sentence = _("The model server does not have this model any more. Choose another one.")


class AddressRefusedError(ModelUnavailableError):
    """The address of a server is malformed or leads where nobody may be asked."""

    code = "model_address_refused"
    status = 400
    sentence = _("This address of a model server is not allowed.")


class ModelFailedError(TryAgainError):
    """The server answered with an error, or with nothing."""

    code = "model_failed"
    sentence = _("The language model failed while answering. Try again.")


class ModelGarbledError(ModelFailedError):
    """The server sent what nobody can read, such as a page of HTML."""

    code = "model_garbled"
    sentence = _("The model server sent something that cannot be read. Try again.")


class ModelCutOffError(ModelFailedError):
    """The answer broke off before its end."""

    code = "model_cut_off"
    sentence = _("The answer of the language model broke off. Try again.")


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


class ModelNotAllowedError(NeverWorksError):
    """The model is unknown, switched off, or not on the room's list."""

    code = "model_not_allowed"
    status = 404
    sentence = _("This model cannot be used here.")


class ToolUnknownError(NeverWorksError):
    """A model asked for a tool that the assistant does not have."""

    code = "tool_unknown"
    sentence = _("The assistant asked for a tool that it does not have.")


class ToolArgumentsError(NeverWorksError):
    """A model asked a tool with arguments that its schema does not allow; `data` says why."""

    code = "tool_arguments"
    sentence = _("The assistant asked a tool in a way that the tool does not understand.")


class ToolFailedError(TryAgainError):
    """A tool broke off."""

    code = "tool_failed"
    sentence = _("The tool failed.")


class ToolTooSlowError(TryAgainError):
    """A tool took longer than it may, or the time of all tools of a reply was over."""

    code = "tool_too_slow"
    sentence = _("The tool took too long.")


class ToolCallsSpentError(NeverWorksError):
    """A model asked for more tools in one reply than it may."""

    code = "tool_calls_spent"
    sentence = _("The assistant asked for more tools than one reply may use.")


class FactNotFoundError(NeverWorksError):
    """There is no such fact, or it was forgotten."""

    code = "fact_not_found"
    status = 404
    sentence = _("There is no such fact.")


class FactInvalidError(NeverWorksError):
    """A fact is empty, too long, or holds characters that could mislead a reader."""

    code = "fact_invalid"
    sentence = _("A fact has 1 to {limit} visible characters.")


class FactsFullError(NeverWorksError):
    """A conversation has as many facts as it may have."""

    code = "facts_full"
    status = 409
    sentence = _("At most {limit} facts can be remembered here. Delete one first.")


class AssistantNotFoundError(NeverWorksError):
    """There is no such assistant, or it is none of the asker's."""

    code = "assistant_not_found"
    status = 404
    sentence = _("There is no such assistant.")


class AssistantInvalidError(NeverWorksError):
    """A text is too long or holds what nobody can see, or a choice is none of those offered."""

    code = "assistant_invalid"
    sentence = _("Some of what you set for the assistant cannot be used: {field}.")


class TooManyAssistantsError(NeverWorksError):
    """A person has as many assistants as they may have."""

    code = "too_many_assistants"
    status = 409
    sentence = _("You can have at most {most} assistants. Remove one first.")


class SummaryInvalidError(NeverWorksError):
    """A summary is too long, or holds characters that could mislead a reader."""

    code = "summary_invalid"
    sentence = _("A summary has at most {limit} visible characters.")
