"""Rooms, memberships, messages, replies, and the events that number them."""

from chat.models.invitation import Invitation
from chat.models.membership import Membership
from chat.models.message import Message, Reaction
from chat.models.reply import Reply
from chat.models.room import Room
from chat.models.room_event import RoomEvent

__all__ = ["Invitation", "Membership", "Message", "Reaction", "Reply", "Room", "RoomEvent"]
