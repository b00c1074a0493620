"""Pictures as others may show them."""

from django.db.models import Q, QuerySet

from accounts.api import User
from imaging.errors import PictureLostError, PictureNotFoundError
from imaging.files import FORMS, path_of
from imaging.models import Picture, PictureStyle
from imaging.models.picture import Use
from imaging.types import PictureFile, PictureView


def picture_view(picture: Picture) -> PictureView:
    """The picture with its addresses."""
    address = f"/pictures/{picture.public_id}"
    return PictureView(
        id=picture.public_id,
        kind=picture.kind,
        seed=picture.seed,
        url=f"{address}.webp",
        thumbnail=f"{address}.thumb.webp",
        download=f"{address}.png",
        width=picture.width,
        height=picture.height,
        ms=picture.ms,
    )


def open_to(user: User) -> Q:
    """The condition of pictures that a user may see wherever they are: faces, and the user's own."""
    return Q(use=Use.FACE) | Q(maker=user)


def pictures() -> QuerySet[Picture]:
    """All pictures, for the queries of other apps."""
    return Picture.objects.all()


def file_of(picture: str, form: str) -> PictureFile:
    """A file of the picture with this id, whose right to be seen was checked.

    Raises PictureNotFoundError; PictureLostError where the row is there and its file is not.
    """
    digest = Picture.objects.filter(public_id=picture).values_list("sha256", flat=True).first()
    if digest is None or form not in FORMS:
        raise PictureNotFoundError
    try:
        return PictureFile(path_of(digest, form).read_bytes(), FORMS[form])
    except OSError as error:
        raise PictureLostError from error


def can_draw(kind: str) -> bool:
    """Whether there is something that draws pictures of this kind."""
    style = PictureStyle.objects.filter(slug=kind).first()
    return style is not None and style.file.exists()


def style_names() -> dict[str, str]:
    """The names that staff has given to styles."""
    return dict(PictureStyle.objects.exclude(name="").values_list("slug", "name"))


def accents() -> dict[str, str]:
    """The colours that staff has given to styles."""
    rows = PictureStyle.objects.exclude(accent="")
    return dict(rows.values_list("slug", "accent"))
