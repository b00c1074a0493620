"""Every group name of the channel layer."""


def room_group(room_id: int) -> str:
    """What happens in one room."""
    return f"room.{room_id}"


def user_group(user_id: int) -> str:
    """What concerns one user's tabs, whichever rooms they show."""
    return f"user.{user_id}"
