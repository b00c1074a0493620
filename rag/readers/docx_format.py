"""Word documents: paragraphs, lists and tables in their order, headings marked by level."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from rag.readers.reading import Entry, Reading, RefusalError

MOST_UNPACKED = 200_000_000  # bytes of all parts together
MOST_PARTS = 5000
HIGHEST_RATIO = 200  # of one part; XML of prose shrinks to a tenth or less
LATER = ("encodings.cp437",)  # in which zip files name their parts
SMALL = 1_000_000  # bytes; below, the ratio says nothing


def read(data: bytes) -> Reading:
    """Raises RefusalError for a bomb, a locked file, or what is no Word document."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # an encrypted docx is an OLE file
        raise RefusalError("document_encrypted")
    try:
        _require_no_bomb(data)
        document = docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        SyntaxError,  # of the XML inside
    ) as broken:
        raise RefusalError("document_broken") from broken
    text = "\n\n".join(block for block in _blocks(document) if block.strip())
    return Reading([Entry(text, title=(document.core_properties.title or "").strip())])


def _require_no_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    bombs = (
        p for p in parts if p.file_size > SMALL and p.file_size > HIGHEST_RATIO * p.compress_size
    )
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED or any(bombs):
        raise RefusalError("reading_limit")


def _blocks(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        yield _rows(block) if isinstance(block, Table) else _paragraph(block)


def _paragraph(paragraph: Paragraph) -> str:
    style = (paragraph.style.name or "") if paragraph.style else ""
    kind, _, level = style.partition(" ")
    if kind == "Heading" and level.isdigit():
        return "#" * min(6, int(level)) + f" {paragraph.text}" if paragraph.text.strip() else ""
    mark = "# " if style == "Title" else "- " if kind == "List" else ""
    return mark + paragraph.text if paragraph.text.strip() else ""


def _rows(table: Table) -> str:
    return "\n".join(" | ".join(_cells(row)) for row in table.rows)


def _cells(row: _Row) -> Iterator[str]:
    """Each cell once: `row.cells` has it for every column that it says it spans, up to any number."""
    for cell in row._tr.tc_lst:  # noqa: SLF001
        yield " ".join(_Cell(cell, row.table).text.split())
