"""An EchoMind client as an outside programmer would write it: nothing here imports the site.

`Person` speaks HTTP, `Socket` one WebSocket, `RoomView` what one reader sees of a room, and `Tab`
a browser tab that reconnects and resends. Every frame and body is checked against `shapes`.
"""

from tests.flows.client.person import ApiError, Person
from tests.flows.client.room_view import RoomView
from tests.flows.client.socket import RejectedError, Socket, SocketClosedError, dial
from tests.flows.client.tab import Tab

__all__ = [
    "ApiError",
    "Person",
    "RejectedError",
    "RoomView",
    "Socket",
    "SocketClosedError",
    "Tab",
    "dial",
]
