"""Pictures over HTTP: drawn by request, and the caller's own face in a room."""

from typing import Any

import msgspec
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.pictures import picture_for
from chat.services.faces import choose_face, face_choices, upload_face
from echomind.common.rest_json import WireParser
from imaging import errors as picture_errors
from imaging.api import picture_view, request_picture, require_upload_size
from imaging.types import FaceChoice, PictureView

DRAWING = (
    picture_errors.KindUnknownError,
    picture_errors.SeedInvalidError,
    picture_errors.TooManyPicturesError,
    picture_errors.GeneratorMissingError,
    picture_errors.PicturesUnavailableError,
)
UPLOADS = (
    picture_errors.UploadError,
    picture_errors.UploadAnimatedError,
    picture_errors.UploadTooLargeError,
    picture_errors.UploadTooWideError,
)
IN_ROOM = (errors.RoomNotFoundError, errors.JoinFirstError)
FORM_BYTES = 16 * 1024  # of a form around its file


class Choices(msgspec.Struct, frozen=True):
    """Faces to choose from; a picture is a `data:` URL, a choice is made by its seed."""

    choices: list[FaceChoice]


class NewPicture(serializers.Serializer[Any]):
    """What to draw: `shiba`, or a face in one of the styles of rooms."""

    kind = PlainText()
    seed = serializers.IntegerField(required=False, allow_null=True, default=None)


class ChosenFace(serializers.Serializer[Any]):
    """The seed of the face to have."""

    seed = serializers.IntegerField()


class SentFace(serializers.Serializer[Any]):
    """A picture of one's own."""

    picture = serializers.FileField()


class PictureList(ChatView):
    """Drawing."""

    @operation(
        summary="Draw a picture",
        request=NewPicture,
        answers={201: PictureView},
        errors=DRAWING,
    )
    def post(self, request: Request) -> Response:
        """The picture is there when this is answered. The same kind and seed give the same bytes."""
        wanted = checked(NewPicture, request.data)
        made = request_picture(user=caller(request), **wanted)
        return Response(picture_view(made), status=status.HTTP_201_CREATED)


class PictureDetail(ChatView):
    """One picture."""

    @operation(
        summary="Read about a picture",
        answers={200: PictureView},
        errors=(picture_errors.PictureNotFoundError,),
    )
    def get(self, request: Request, picture: str) -> Response:
        """One's own, a face, or one that was drawn in a room which is open to the caller."""
        return Response(picture_for(caller(request), picture))


class RoomAvatar(ChatView):
    """The caller's face in a room, and in all rooms of the same style."""

    parser_classes = (WireParser, MultiPartParser)

    @operation(
        summary="Take another face",
        request={"application/json": ChosenFace, "multipart/form-data": SentFace},
        answers={201: PictureView},
        errors=(*IN_ROOM, *DRAWING, *UPLOADS),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Drawn from a `seed`, or sent as the file `picture`. Everyone in the room sees it at once."""
        user = caller(request)
        require_upload_size(int(request.META.get("CONTENT_LENGTH") or 0) - FORM_BYTES)
        if "picture" in request.FILES:
            content = request.FILES["picture"].read()
            made = upload_face(user=user, slug=slug, content=content)
        else:
            made = choose_face(user=user, slug=slug, seed=checked(ChosenFace, request.data)["seed"])
        return Response(picture_for(user, made), status=status.HTTP_201_CREATED)


class AvatarChoices(ChatView):
    """Faces that the caller could have in a room."""

    @operation(
        summary="Draw six faces to choose from",
        request=None,
        answers={200: Choices},
        errors=(*IN_ROOM, *DRAWING),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Others each time; none of them is kept until it is chosen."""
        return Response(Choices(face_choices(user=caller(request), slug=slug)))
