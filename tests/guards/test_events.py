"""Each event is one typed class: built from it alone, and proved against a fresh read."""

import ast

import pytest

from chat.realtime import events
from chat.types import EventType
from tests.guards.sources import APPS, ROOT, name_of, python_files, strings_in, tree_of

HOME = "chat/realtime/events.py"
ALSO_NAMES_THEM = {HOME, "chat/types.py"}


def event_classes() -> list[type[events.Event]]:
    """Every event class that has a name on the wire."""
    classes = (value for value in vars(events).values() if isinstance(value, type))
    abstract = (events.Event, events.DurableEvent)
    return [c for c in classes if issubclass(c, events.Event) and c not in abstract]


def wire_name(event: type[events.Event]) -> str:
    """The `type` of the event's frames."""
    return str(event.__struct_config__.tag)


def test_no_other_module_spells_an_event_by_hand() -> None:
    names = {wire_name(event) for event in event_classes()}
    spelled = {
        name_of(path)
        for path in python_files(*APPS)
        for _, value in strings_in(path)
        if value in names
    }
    assert spelled <= ALSO_NAMES_THEM


def test_durable_events_are_those_that_rooms_number() -> None:
    durable = {wire_name(event) for event in event_classes() if event.durable}
    assert durable == set(EventType.values)


@pytest.mark.parametrize("event", event_classes(), ids=wire_name)
def test_every_event_is_proved_by_a_test(event: type[events.Event]) -> None:
    tested = {
        node.id if isinstance(node, ast.Name) else getattr(node, "value", "")
        for path in sorted((ROOT / "tests" / "chat").rglob("test_*.py"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name | ast.Constant)
    }
    assert {event.__name__, wire_name(event)} & tested
