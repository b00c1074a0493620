"""Named failures of parameters and presets; other apps have them from `ai.errors`."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import NeverWorksError


class ParameterUnknownError(NeverWorksError):
    """No parameter has this name."""

    code = "parameter_unknown"
    sentence = _("There is no parameter “{name}”.")


class ParameterTypeError(NeverWorksError):
    """A value is no number, no whole number, or no list of strings."""

    code = "parameter_type"
    sentence = _("The value of “{name}” has the wrong type.")


class ParameterOutOfRangeError(NeverWorksError):
    """A value is too small or too large; `data` has the limits."""

    code = "parameter_out_of_range"
    sentence = _("“{name}” must be between {lowest} and {highest}.")


class ParameterUnsupportedError(NeverWorksError):
    """The server of the chosen model cannot honour a parameter."""

    code = "parameter_unsupported"
    sentence = _("{server} does not support “{name}”.")


class StopEmptyError(NeverWorksError):
    """An empty stop string would end every answer before its first word."""

    code = "stop_empty"
    sentence = _("A stop string cannot be empty.")


class StopLimitError(NeverWorksError):
    """Too many stop strings, or one that is too long."""

    code = "stop_out_of_range"
    sentence = _("There can be {count} stop strings of at most {length} characters.")


class PresetNotFoundError(NeverWorksError):
    """No preset of the site or of the asker has this name."""

    code = "preset_not_found"
    status = 404
    sentence = _("There is no such preset.")


class PresetNotOwnError(NeverWorksError):
    """The presets of the site are changed by staff."""

    code = "preset_not_own"
    status = 403
    sentence = _("This preset belongs to the site. Save it under a name of your own.")


class PresetNameError(NeverWorksError):
    """A preset's name is missing, too long, or holds what cannot be shown."""

    code = "preset_name_invalid"
    sentence = _("A preset needs a name of 1 to 64 characters.")


class PresetNameTakenError(NeverWorksError):
    """The person has a preset of this name."""

    code = "preset_name_taken"
    status = 409
    sentence = _("You already have a preset of this name.")


class TooManyPresetsError(NeverWorksError):
    """One person keeps so many presets and no more."""

    code = "too_many_presets"
    status = 409
    sentence = _("You can keep {limit} presets. Delete one first.")


class PresetFileBrokenError(NeverWorksError):
    """A file to be imported is no JSON, or no preset."""

    code = "preset_file_broken"
    sentence = _("This is not a preset in JSON.")


class PresetFileTooLargeError(NeverWorksError):
    """A file to be imported is longer than any preset."""

    code = "preset_file_too_large"
    status = 413
    sentence = _("The file is too large for a preset.")


class StopNotFlatError(NeverWorksError):
    """The flat form joins stop strings with a sign that one of them holds."""

    code = "stop_not_flat"
    status = 409
    sentence = _("A stop string with “|” does not fit the flat form. Export the full form.")
