"""Reading a CSV file as other systems write it: its encoding, its delimiter, its header and its rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm.imports.refusals import ImportRefused

MEGABYTE = 1024 * 1024
LONGEST = 50 * MEGABYTE
MOST_COLUMNS = 300
LONGEST_CELL = 100_000
SAMPLE_ROWS = 50
LONGEST_FOOTER = 20
PIECE = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
# What other kinds of files begin with, and what people call them.
SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{", "a JSON file"),
    (b"<", "an HTML or XML file"),
)
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Sheet:
    """A readable file: where it is and how it is written; `header` has one name per column, some empty."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    first_line: int


@dataclass(frozen=True)
class Row:
    """One row: the line in the file on which it ends, its cells, stripped, and whether it stands `below` the table."""

    line: int
    cells: tuple[str, ...]
    below: bool = False


def open_sheet(path: Path, name: str = "") -> Sheet:
    """Finds out how a file is written; raises `ImportRefused` with one sentence when it is no usable CSV."""
    shown = name or path.name
    encoding = _encoding(path, shown)
    skip = _names_delimiter(path, encoding)
    delimiter = skip or _delimiter(path, encoding)
    header = _header(path, encoding, delimiter, skip is not None, shown)
    sheet = Sheet(path, encoding, delimiter, header, 2 if skip is None else 3)
    if next(rows(sheet), None) is None:
        raise ImportRefused("Expected rows below the header of %(file)s, but there are none.", file=shown)
    return sheet


def different(sheet: Sheet, column: str, most_rows: int, most: int) -> list[str]:
    """The different values of a column in the first `most_rows` rows, at most `most` of them, as they come."""
    position = sheet.header.index(column)
    cells = (row.cells[position] for row in islice(rows(sheet), most_rows) if position < len(row.cells))
    found = dict.fromkeys(cell for cell in cells if cell)
    return list(found)[:most]


def rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of the table; blank ones are left out. Raises `ImportRefused` for unreadable quoting."""
    return (row for row in rows_and_footer(sheet) if not row.below)


def rows_and_footer(sheet: Sheet) -> Iterator[Row]:
    """The rows below the header, blank ones left out; raises `ImportRefused` for unreadable quoting.

    Reports end with lines about themselves: single cells behind a blank line, with nothing of the table after them.
    """
    held: list[Row] = []
    blank = False
    for row in _written(sheet):
        if not any(row.cells):
            blank = True
        elif len(row.cells) == 1 < len(sheet.header) - 1 and blank and len(held) < LONGEST_FOOTER:
            held.append(row)
        else:
            yield from held
            held, blank = [], False
            yield row
    yield from (Row(row.line, row.cells, below=True) for row in held)


def _written(sheet: Sheet) -> Iterator[Row]:
    """Everything below the header, as it stands."""
    with sheet.path.open(encoding=sheet.encoding, newline="") as file:
        if sheet.first_line == 3:
            file.readline()
        reader = csv.reader(_without_nul(file, sheet), delimiter=sheet.delimiter, strict=True)
        line = sheet.first_line - 1
        try:
            next(reader, None)
            for cells in reader:
                line = reader.line_num + sheet.first_line - 2
                yield Row(line, tuple(cell.strip() for cell in cells))
        except csv.Error as error:
            raise ImportRefused(
                "Expected quotation marks in pairs, but those of the row that begins on line %(line)s are not. "
                "Mend the line, or export the file again.",
                line=line + 1,
            ) from error


def _without_nul(file: io.TextIOWrapper, sheet: Sheet) -> Iterator[str]:
    for line in file:
        if "\0" in line:
            raise ImportRefused("Expected a text file, but %(file)s is a binary one.", file=sheet.path.name)
        yield line


def _encoding(path: Path, shown: str) -> str:
    size = path.stat().st_size
    if size > LONGEST:
        raise ImportRefused(
            "Expected at most %(most)s MB, but %(file)s has %(size)s MB. Split it into several files.",
            most=LONGEST // MEGABYTE,
            file=shown,
            size=-(-size // MEGABYTE),
        )
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise ImportRefused("Expected a CSV file with a header and rows, but %(file)s is empty.", file=shown)
    _refuse_other_kinds(start, shown)
    for bom, encoding in BOMS:
        if start.startswith(bom):
            return _proven(path, encoding, shown)
    if b"\0" in start:
        return _proven(path, _utf16_without_bom(start, shown), shown)
    if _decodes(path, "utf-8"):
        return "utf-8"
    return _chinese_or_western(path, shown)


def _refuse_other_kinds(start: bytes, shown: str) -> None:
    for signature, kind in SIGNATURES:
        if start.lstrip(b"\xef\xbb\xbf").startswith(signature):
            raise ImportRefused(
                "Expected a CSV file, but %(file)s is %(kind)s. Save or export it as CSV and choose that file.",
                file=shown,
                kind=kind,
            )


def _utf16_without_bom(start: bytes, shown: str) -> str:
    even, odd = start[::2].count(0), start[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = start.decode(encoding, "ignore")
    few_zeros = max(even, odd) * 10 < len(start) or min(even, odd) * 20 > len(start)
    if few_zeros or any(one < " " and one not in "\t\r\n" for one in text):
        raise ImportRefused("Expected a text file, but %(file)s is a binary one.", file=shown)
    return encoding


def _proven(path: Path, encoding: str, shown: str) -> str:
    if not _decodes(path, encoding):
        raise _unreadable(shown)
    return encoding


def _unreadable(shown: str) -> ImportRefused:
    return ImportRefused(
        "Expected text in UTF-8, UTF-16 or GB18030, but %(file)s is in none of them. Export it again as UTF-8.",
        file=shown,
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _chinese_or_western(path: Path, shown: str) -> str:
    """GB18030 accepts most bytes; real Chinese text is told by second bytes beyond ASCII.

    In Western text an accented letter stands beside plain letters.
    """
    with path.open("rb") as file:
        content = file.read(PIECE)
    chinese = western = position = 0
    while position < len(content) - 1:
        if content[position] < 0x80:
            position += 1
            continue
        beyond = content[position + 1] >= 0x80 or 0x30 <= content[position + 1] <= 0x39
        chinese, western = chinese + beyond, western + (not beyond)
        position += 2 if beyond else 1
    if chinese >= western and _decodes(path, "gb18030"):
        return "gb18030"
    if _decodes(path, "cp1252"):
        return "cp1252"
    raise _unreadable(shown)


def _names_delimiter(path: Path, encoding: str) -> str | None:
    """Some spreadsheets write `sep=;` above the header."""
    with path.open(encoding=encoding, newline="") as file:
        line = file.readline().strip().strip('"')
    return line[4] if len(line) == 5 and line.startswith("sep=") else None


def _delimiter(path: Path, encoding: str) -> str:
    """The one that cuts the header and the first rows into the most columns, equally many in each."""
    return max(DELIMITERS, key=lambda one: _columns(path, encoding, one))


def _columns(path: Path, encoding: str, delimiter: str) -> float:
    with path.open(encoding=encoding, newline="") as file:
        try:
            found = [len(cells) for cells in islice(csv.reader(file, delimiter=delimiter), SAMPLE_ROWS) if cells]
        except csv.Error:
            return 0
    if not found or found[0] < 2:
        return 0
    same = sum(count == found[0] for count in found)
    return same / len(found) * 1000 + found[0]


def _header(path: Path, encoding: str, delimiter: str, skip: bool, shown: str) -> tuple[str, ...]:
    with path.open(encoding=encoding, newline="") as file:
        if skip:
            file.readline()
        try:
            cells = next(csv.reader(file, delimiter=delimiter), [])
        except csv.Error:
            cells = []
    header = tuple(" ".join(cell.split()) for cell in cells)
    if not any(header) or len(header) > MOST_COLUMNS or max(map(len, header)) > 200:
        raise ImportRefused(
            "Expected the names of the columns in the first line of %(file)s, but they cannot be read.", file=shown
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise ImportRefused(
            "Expected different names for all columns of %(file)s, but these come twice: %(names)s. "
            "Rename one of each.",
            file=shown,
            names=", ".join(twice),
        )
    return header
