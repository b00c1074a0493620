"""Faces that nobody has any more: other ones were chosen or sent, or their users are gone.

They are noted first and removed a day later, as pages that are open may still show them. Drawings stay:
they belong to messages and to who asked for them. What somebody only chose from was never kept.
"""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, Func, OuterRef, QuerySet
from django.utils import timezone

from accounts.api import User
from imaging.files import remove
from imaging.models import Picture
from imaging.models.picture import Use

STILL_SHOWN = timedelta(days=1)
MOST_AT_ONCE = 1_000  # files of one sweep


def sweep_faces() -> int:
    """Note who is used no more, and remove what has been so for a day; how many were removed."""
    now = timezone.now()
    faces = Picture.objects.filter(use=Use.FACE).alias(is_used=_is_used())
    faces.filter(is_used=False, unused_since=None).update(unused_since=now)
    faces.filter(is_used=True).exclude(unused_since=None).update(unused_since=None)
    past = faces.filter(is_used=False, unused_since__lt=now - STILL_SHOWN)
    return _remove(past, now - STILL_SHOWN)


def _is_used() -> Exists:
    """Whether the picture is its maker's face in its style."""
    face = Func(
        F("faces"),
        OuterRef("kind"),
        function="jsonb_extract_path_text",
        output_field=CharField(),
    )
    return Exists(
        User.objects.alias(face=face).filter(pk=OuterRef("maker"), face=OuterRef("public_id"))
    )


def _remove(pictures: QuerySet[Picture], before: datetime) -> int:
    """Rows first: a file without a row harms nobody. Equal pictures share their files."""
    past = dict(pictures.values_list("pk", "sha256")[:MOST_AT_ONCE])
    removed, _ = Picture.objects.filter(pk__in=past).delete()
    contents = set(past.values())
    shared = Picture.objects.filter(sha256__in=contents).values_list("sha256", flat=True)
    for sha256 in contents.difference(shared):
        remove(sha256, before=before.timestamp())
    return removed
