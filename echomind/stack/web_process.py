"""One uvicorn process on a socket handed to it: `python -m echomind.stack.web_process FD`."""

import sys

import uvicorn

LONGEST_FRAME = 2 * 1024 * 1024  # bytes; the consumer answers what is too long, this only guards
PING_S = 20.0  # a half-open socket is closed within 40 s
GOODBYE_S = 5  # for open requests and sockets at a stop


def serve(descriptor: int) -> None:
    """Answer until a signal; logging is left to the site's settings."""
    uvicorn.run(
        "echomind.asgi:application",
        fd=descriptor,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=LONGEST_FRAME,
        ws_ping_interval=PING_S,
        ws_ping_timeout=PING_S,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_S,
    )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
