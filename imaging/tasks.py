"""Celery's way in: the tasks of queue `images`, each of which answers a ticket, and a sweep."""

import json
from collections.abc import Sequence

from celery import shared_task

from accounts.api import User
from echomind.common.errors import EchoMindError
from echomind.common.queues import Queue
from imaging import tickets
from imaging.models import Picture
from imaging.services import drawing, unused
from imaging.services.requests import DRAW, PREVIEW, REMAKE
from imaging.types import Drawing


@shared_task(name=DRAW, queue=Queue.IMAGES)
def draw(kind: str, seed: int, maker: int, use: str, ticket: str) -> None:
    """Draw a picture for a person."""
    user = User.objects.filter(pk=maker).first()
    try:
        made = drawing.draw_picture(Drawing(kind, seed), maker=user, use=use)
    except EchoMindError as error:
        _refuse(ticket, error)
    else:
        tickets.answer(ticket, _told(picture=made.public_id))


@shared_task(name=PREVIEW, queue=Queue.IMAGES)
def preview(kind: str, seeds: Sequence[int], ticket: str) -> None:
    """Draw what somebody may choose from."""
    try:
        pictures = [drawing.preview(Drawing(kind, seed)) for seed in seeds]
    except EchoMindError as error:
        _refuse(ticket, error)
    else:
        tickets.answer(ticket, _told(), *pictures)


@shared_task(name=REMAKE, queue=Queue.IMAGES)
def remake(picture: str) -> None:
    """Make lost files again."""
    found = Picture.objects.filter(public_id=picture).first()
    if found is not None:
        drawing.remake_files(found)


@shared_task(name="imaging.sweep_faces", queue=Queue.UPKEEP, expires=600)
def sweep_faces() -> None:
    """Remove faces that nobody has any more."""
    unused.sweep_faces()


def _refuse(ticket: str, error: EchoMindError) -> None:
    tickets.answer(ticket, _told(error=error.code))


def _told(**fields: str) -> bytes:
    return json.dumps(fields).encode()
