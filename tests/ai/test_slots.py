"""A conversation returns to its slot, and never waits for one while another is free."""

from contextlib import ExitStack

from ai.backends.slots import ANY_SLOT, SlotBook, home_slot


def test_a_conversation_returns_to_its_slot() -> None:
    book = SlotBook()
    taken = []
    for _ in range(3):
        with book.slot_for("room:sage", slots=4) as slot:
            taken.append(slot)
    assert set(taken) == {home_slot("room:sage", slots=4)}


def test_the_slot_is_the_same_in_another_process() -> None:
    with SlotBook().slot_for("a", slots=8) as one, SlotBook().slot_for("a", slots=8) as other:
        assert one == other


def test_a_busy_slot_is_passed_by_while_another_is_free() -> None:
    book = SlotBook()
    with ExitStack() as open_slots:
        taken = [open_slots.enter_context(book.slot_for("a", slots=3)) for _ in range(4)]
    assert sorted(taken) == [ANY_SLOT, 0, 1, 2]
    with book.slot_for("a", slots=3) as slot:
        assert slot == home_slot("a", slots=3)


def test_a_server_without_slots_chooses_for_itself() -> None:
    with SlotBook().slot_for("a", slots=0) as slot:
        assert slot == ANY_SLOT


def test_conversations_spread_over_the_slots() -> None:
    homes = [home_slot(f"room-{number}", slots=4) for number in range(400)]
    assert all(70 <= homes.count(slot) <= 130 for slot in range(4))
