"""Asks the worker that draws, and waits for it. For pages and the API; they open no generator."""

import base64
import json
from collections.abc import Sequence

from celery import current_app
from django.core.exceptions import ObjectDoesNotExist
from kombu.exceptions import OperationalError

from accounts.api import User
from echomind.common.queues import Queue
from imaging import tickets
from imaging.errors import PicturesUnavailableError, error_of
from imaging.limits import count_pictures
from imaging.models import Picture
from imaging.models.picture import Use
from imaging.services.drawing import require_seed
from imaging.services.styles import style_of
from imaging.services.wanted import Wishes, seed_with
from imaging.types import MOST_CHOICES, Drawing, FaceChoice

SAMPLES = 12
DRAW, PREVIEW, REMAKE = "imaging.draw", "imaging.preview", "imaging.remake"  # the tasks


def request_drawing(kind: str, seed: int | None, wishes: Wishes | None = None) -> Drawing:
    """What is to be drawn, with a seed where none is given: one that fulfils the wishes, if it can.

    Raises KindUnknownError, GeneratorMissingError, SeedInvalidError.
    """
    style = style_of(kind)
    if seed is None:
        return Drawing(kind, seed_with(style, wishes or {}))
    require_seed(style, seed)
    return Drawing(kind, seed)


def request_picture(
    *, user: User, kind: str, seed: int | None = None, use: str = Use.DRAWING
) -> Picture:
    """A picture drawn for a person. Raises as `request_drawing`, and for too many or no worker
    TooManyPicturesError, PicturesUnavailableError; for a broken generator GeneratorError.
    """
    drawing = request_drawing(kind, seed)
    count_pictures(user.pk)
    ticket = tickets.new_ticket()
    _hand_over(DRAW, kind=drawing.kind, seed=drawing.seed, maker=user.pk, use=use, ticket=ticket)
    (told,) = tickets.wait_for(ticket)
    answer = json.loads(told)
    if "error" in answer:
        raise error_of(answer["error"])
    try:
        return Picture.objects.get(public_id=answer["picture"])
    except ObjectDoesNotExist as error:
        raise PicturesUnavailableError from error


def request_samples(*, user: User, kind: str) -> list[FaceChoice]:
    """The pictures of the first seeds of a kind, to look at. Raises as `request_picture`."""
    style_of(kind)
    count_pictures(user.pk)
    return _previews(kind, list(range(SAMPLES)))


def request_choices(*, user: User, kind: str) -> list[FaceChoice]:
    """Six faces to choose from; nothing of them is kept. Raises as `request_picture`."""
    count_pictures(user.pk)
    return _previews(kind, [request_drawing(kind, None).seed for _ in range(MOST_CHOICES)])


def _previews(kind: str, seeds: list[int]) -> list[FaceChoice]:
    ticket = tickets.new_ticket()
    _hand_over(PREVIEW, kind=kind, seeds=seeds, ticket=ticket)
    told, *pictures = tickets.wait_for(ticket, 1 + len(seeds))
    answer = json.loads(told)
    if "error" in answer:
        raise error_of(answer["error"])
    return _choices(seeds, pictures)


def remake_later(picture: str) -> None:
    """Let the lost files of a picture be made again. Raises PicturesUnavailableError."""
    _hand_over(REMAKE, picture=picture)


def _choices(seeds: Sequence[int], pictures: Sequence[bytes]) -> list[FaceChoice]:
    return [
        FaceChoice(seed, f"data:image/webp;base64,{base64.b64encode(picture).decode()}")
        for seed, picture in zip(seeds, pictures, strict=True)
    ]


def _hand_over(task: str, **arguments: object) -> None:
    try:
        current_app.send_task(
            task, kwargs=arguments, queue=Queue.IMAGES, expires=tickets.PATIENCE_S
        )
    except OperationalError as error:
        raise PicturesUnavailableError from error
