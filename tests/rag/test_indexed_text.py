"""What of a chunk is indexed: its words, below what it stands under."""

from rag.indexed_text import LONGEST_CONTEXT, Context

GUIDE = "# Phone\n\n## Battery\n\nIt lasts two days.\n\n## Camera\n\nIt has two lenses.\n"


def test_a_chunk_is_indexed_below_its_title_and_the_headings_that_it_lacks() -> None:
    context = Context("Guide", GUIDE)
    words = "It has two lenses."
    assert context.indexed(GUIDE.index(words), words) == f"Guide · Phone · Camera\n{words}"
    whole = "## Battery\n\nIt lasts two days."
    assert context.indexed(GUIDE.index(whole), whole) == f"Guide · Phone\n{whole}"
    assert Context("", "Plain words.").indexed(0, "Plain words.") == "Plain words."


def test_a_long_title_leaves_the_words_of_the_chunk_their_weight() -> None:
    above, _, words = Context("very " * 100, "Short.").indexed(0, "Short.").partition("\n")
    assert (len(above), words) == (LONGEST_CONTEXT, "Short.")
