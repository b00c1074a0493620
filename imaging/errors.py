"""What can go wrong with pictures, each with its code and a sentence for people."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import EchoMindError, NeverWorksError, TryAgainError


class PictureNotFoundError(NeverWorksError):
    """There is no such picture, or it is none of the asker's business."""

    code, status, sentence = "picture_not_found", 404, _("There is no such picture.")


class PictureLostError(TryAgainError):
    """The picture's file is gone; one that was drawn is drawn again."""

    code, status, sentence = "picture_lost", 404, _("This picture was lost. It is drawn again.")


class KindUnknownError(NeverWorksError):
    """Nothing here draws pictures of this kind."""

    code, sentence = "picture_kind_unknown", _("No picture of this kind can be drawn here.")


class SeedInvalidError(NeverWorksError):
    """A seed is a whole number within a range."""

    code, sentence = "seed_invalid", _("A seed is a whole number from 0 to {highest}.")


class TooManyPicturesError(TryAgainError):
    """Somebody asks for more pictures than one may have in a minute."""

    code, status = "too_many_pictures", 429
    sentence = _("That is a lot of pictures at once. Wait a minute and ask again.")


class PicturesUnavailableError(TryAgainError):
    """The worker that draws, or Redis between it and us, does not answer."""

    code, sentence = (
        "pictures_unavailable",
        _("Pictures cannot be drawn right now. Try again soon."),
    )


class GeneratorError(TryAgainError):
    """Nothing can be drawn in a style until staff has looked after its generator; `reason` is for them."""

    code, sentence = "generator_broken", _("The generator of this picture is broken.")


class GeneratorMissingError(GeneratorError):
    """The file of weights is not there."""

    code, sentence = "generator_missing", _("The generator of this picture is not installed.")


class GeneratorChangedError(GeneratorError):
    """The file of weights is another one than was taken in."""

    code, sentence = (
        "generator_changed",
        _("The generator's file is not the one that was taken in."),
    )


class GeneratorUnfitError(GeneratorError):
    """The file can be read, but it is no generator of pictures as agreed."""

    code, sentence = "generator_unfit", _("The file is not a generator that this site can use.")


class UploadError(NeverWorksError):
    """An uploaded picture cannot be used."""

    code, sentence = "upload_invalid", _("Use a PNG, JPEG or WebP picture that can be opened.")


class UploadTooLargeError(UploadError):
    """The file has too many bytes."""

    code, status = "upload_too_large", 413
    sentence = _("A picture may have at most {megabytes} MB.")


class UploadTooWideError(UploadError):
    """The picture has too many pixels."""

    code, sentence = "upload_too_wide", _("A picture may have at most {most} pixels on each side.")


class UploadAnimatedError(UploadError):
    """The picture moves."""

    code, sentence = "upload_animated", _("Use a picture that does not move.")


def error_of(code: str) -> EchoMindError:
    """The error with this code, which a worker has told by its code alone."""
    kinds = (
        KindUnknownError, SeedInvalidError, PicturesUnavailableError, GeneratorError,
        GeneratorMissingError, GeneratorChangedError, GeneratorUnfitError,
    )  # fmt: skip
    known = next((kind for kind in kinds if kind.code == code), GeneratorError)
    return known(highest="…") if known is SeedInvalidError else known()
