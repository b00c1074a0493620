"""The socket that the web processes share."""

import socket
from contextlib import closing

from echomind.stack.ports import LOOPBACK
from echomind.stack.web import listen


def test_a_frame_does_not_wait_for_the_acknowledgement_of_the_one_before() -> None:
    with (
        closing(listen(LOOPBACK, 0)) as listening,
        closing(socket.create_connection(listening.getsockname())),
        closing(listening.accept()[0]) as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
