"""Rooms, members, messages and replies as staff look after them. Users are in accounts' admin."""

from chat.admin.invitations import InvitationAdmin
from chat.admin.memberships import MembershipAdmin
from chat.admin.messages import MessageAdmin
from chat.admin.replies import ReplyAdmin
from chat.admin.rooms import RoomAdmin

__all__ = ["InvitationAdmin", "MembershipAdmin", "MessageAdmin", "ReplyAdmin", "RoomAdmin"]
