"""The trace id of a message sent over HTTP: the request's own id, followed by every log line after it."""

import uuid

import structlog


def begin_trace() -> str:
    """Bind the trace id to the request's log lines and return it; a reply carries it to the worker."""
    request_id = structlog.contextvars.get_contextvars().get("request_id") or uuid.uuid4()
    trace_id = str(request_id)[:64]
    structlog.contextvars.bind_contextvars(trace_id=trace_id)
    return trace_id
