"""Makes the files that tests read: PDF and Word documents, and bombs of both kinds."""

import io
import zipfile
import zlib

import docx
from pypdf import PdfReader, PdfWriter

LINE = 16  # units between two lines of a page


def pdf_with(*pages: str) -> bytes:
    """A PDF whose pages show these texts in any script, through a font with a map to Unicode."""
    signs = sorted({sign for page in pages for sign in page if sign != "\n"})
    codes = {sign: number for number, sign in enumerate(signs, 1)}
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_font(codes)]
    kids = []
    for page in pages:
        content = _content(page, codes)
        objects += [content, _page(len(objects) + 1)]
        kids.append(len(objects))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return _file(objects)


def locked_pdf() -> bytes:
    """A PDF that opens only with its password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with("secret"))))
    writer.encrypt("open sesame")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def pdf_bomb() -> bytes:
    """A PDF whose page unpacks to a gigabyte of blanks."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(100)) + packer.flush()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>"]
    content = _stream(packed, b"/Filter /FlateDecode")
    return _file([*objects, *_font({"a": 1}), content, _page(6)])


def docx_with(*paragraphs: str, heading: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word document with a heading, paragraphs and a table."""
    document = docx.Document()
    if heading:
        document.add_heading(heading, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def docx_bomb() -> bytes:
    """A Word document with a part that unpacks to a quarter of a gigabyte."""
    file = io.BytesIO(docx_with("small"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/more.xml", b"<a>" + b" " * 250_000_000)
    return file.getvalue()


def docx_with_a_wide_cell(word: str) -> bytes:
    """A Word document whose one cell says that it spans a million columns."""
    file, wide = io.BytesIO(docx_with(rows=((word,),))), io.BytesIO()
    with zipfile.ZipFile(file) as narrow, zipfile.ZipFile(wide, "w") as package:
        for name in narrow.namelist():
            span = b'<w:tcPr><w:gridSpan w:val="1000000"/>'
            package.writestr(name, narrow.read(name).replace(b"<w:tcPr>", span))
    return wide.getvalue()


def _font(codes: dict[str, int]) -> list[bytes]:
    """Objects 3 to 5: the font, its descendant, and what its codes mean."""
    pairs = "\n".join(
        f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items()
    )
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    return [font, descendant, _stream(meaning.encode())]


def _content(page: str, codes: dict[str, int]) -> bytes:
    lines = "".join(
        f"<{''.join(f'{codes[sign]:04x}' for sign in line)}> Tj 0 -{LINE} Td\n"
        for line in page.split("\n")
        if line
    )
    return _stream(f"BT /F 12 Tf 40 780 Td\n{lines}ET".encode())


def _page(content: int) -> bytes:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]"
        f" /Resources << /Font << /F 3 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _stream(data: bytes, filters: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    end = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{out.rindex(b'xref')}\n%%EOF"
    return bytes(out + end.encode())
