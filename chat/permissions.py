"""What a role may do. The role comes with the room from `selectors.access`, in one query."""

from chat.errors import NotAllowedError, ReadOnlyError
from chat.types import Role

_RANK = {Role.READER: 0, Role.MEMBER: 1, Role.MODERATOR: 2, Role.OWNER: 3}


def may_write(role: str) -> bool:
    """Everyone but readers."""
    return _RANK[Role(role)] >= _RANK[Role.MEMBER]


def may_moderate(role: str) -> bool:
    """Owners and moderators: remove messages, change readers and members, invite."""
    return _RANK[Role(role)] >= _RANK[Role.MODERATOR]


def may_own(role: str) -> bool:
    """Owners: change the room and everyone's role."""
    return role == Role.OWNER


def require_write(role: str) -> None:
    """Raise ReadOnlyError for a reader."""
    if not may_write(role):
        raise ReadOnlyError


def require_moderate(role: str) -> None:
    """Raise NotAllowedError below moderator."""
    if not may_moderate(role):
        raise NotAllowedError


def require_own(role: str) -> None:
    """Raise NotAllowedError for anyone but an owner."""
    if not may_own(role):
        raise NotAllowedError
