"""The members of a room over HTTP."""

from typing import Any

import msgspec
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.models import Membership
from chat.realtime.presence import users_online
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.access import room_for
from chat.selectors.members import member_page, member_wire
from chat.services import members
from chat.types import Role
from chat.wire import MemberWire
from echomind.common.rest_paging import PageQuery, page_links, page_parameter

MANAGING = (errors.RoomNotFoundError, errors.NotAllowedError, errors.UserNotFoundError)


class WantedMembers(PageQuery):
    """Which members, and which page of them."""

    q = serializers.CharField(required=False, default="", max_length=64, allow_blank=True)


class NewMember(serializers.Serializer[Any]):
    """Whom to put into a room, and as what."""

    username = PlainText()
    role = serializers.ChoiceField(Role.values, default=Role.MEMBER)


class NewRole(serializers.Serializer[Any]):
    """What a member is to be."""

    role = serializers.ChoiceField(Role.values)


class MemberPage(msgspec.Struct, frozen=True):
    """Members; `next` and `previous` are URL paths or null."""

    results: list[MemberWire]
    next: str | None
    previous: str | None


class MemberList(ChatView):
    """Who is in a room."""

    @operation(
        summary="List the members of a room",
        operation_id="v1_rooms_members_list",
        parameters=[
            OpenApiParameter(
                "q", str, description="The beginning of a handle, or of a name a part."
            ),
            page_parameter("members"),
        ],
        answers={200: MemberPage},
        errors=(errors.RoomNotFoundError,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """All of them, in the order they came; the room itself names only the first hundred."""
        wanted = checked(WantedMembers, request.query_params)
        number: int = wanted["page"]
        room = room_for(caller(request), slug)
        found, more = member_page(room, number, query=wanted["q"])
        return Response(MemberPage(found, *page_links(request, number, more=more)))

    @operation(
        summary="Put somebody into a room",
        request=NewMember,
        answers={201: MemberWire},
        errors=(*MANAGING, errors.AlreadyMemberError),
    )
    def post(self, request: Request, slug: str) -> Response:
        """For moderators and owners; only owners make moderators and owners."""
        wanted = checked(NewMember, request.data)
        member = members.add_member(by=caller(request), room=slug, **wanted)
        return Response(_wire(member), status=status.HTTP_201_CREATED)


class MemberDetail(ChatView):
    """One member of a room."""

    @operation(
        summary="Give a member another role",
        request=NewRole,
        answers={200: MemberWire},
        errors=(*MANAGING, errors.LastOwnerError),
    )
    def patch(self, request: Request, slug: str, username: str) -> Response:
        """As for adding."""
        role: str = checked(NewRole, request.data)["role"]
        member = members.change_role(by=caller(request), room=slug, username=username, role=role)
        return Response(_wire(member))

    @operation(
        summary="Put somebody out of a room",
        answers={204: None},
        errors=(*MANAGING, errors.LastOwnerError),
    )
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """Their open tabs go silent within a second."""
        members.remove_member(by=caller(request), room=slug, username=username)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _wire(member: Membership) -> MemberWire:
    return member_wire(member, online=bool(users_online({member.user_id})))
