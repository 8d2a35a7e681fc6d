"""Files as other systems write them: encodings, delimiters, and everything that is no usable CSV."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from crm.imports import reading, uploads
from crm.imports.refusals import ImportRefused

CHINESE = "商机名称;客户名称;金额\n智能立体仓库;恒力机械;1.200,50\n"


def a_file(folder: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def cells(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in reading.rows(reading.open_sheet(path))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_chinese_text_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    sheet = reading.open_sheet(a_file(tmp_path, CHINESE * 3, encoding))

    assert sheet.header == ("商机名称", "客户名称", "金额")
    assert sheet.delimiter == ";"
    assert next(reading.rows(sheet)).cells == ("智能立体仓库", "恒力机械", "1.200,50")


def test_western_text_is_not_taken_for_chinese(tmp_path: Path) -> None:
    path = a_file(tmp_path, "Name;Ort\nMüller & Söhne;Köln\nGärtner;Nürnberg\n", "cp1252")

    assert cells(path)[0] == ("Müller & Söhne", "Köln")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_counting(tmp_path: Path, delimiter: str) -> None:
    rows = [("Name, long", "Amount"), ("A, B and C", "1.5"), ("D, E", "2.5")]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    sheet = reading.open_sheet(a_file(tmp_path, text))

    assert sheet.delimiter == delimiter
    assert len(sheet.header) == 2


def test_quoted_cells_may_hold_line_breaks_and_delimiters(tmp_path: Path) -> None:
    path = a_file(tmp_path, 'Name,Notes\n"A, Inc","first\nsecond"\nB,plain\n')

    found = list(reading.rows(reading.open_sheet(path)))

    assert found[0].cells == ("A, Inc", "first\nsecond")
    assert [row.line for row in found] == [3, 4]


def test_a_line_that_names_the_delimiter_is_understood(tmp_path: Path) -> None:
    path = a_file(tmp_path, "sep=;\nName;City\nA, B;C\n")

    assert cells(path) == [("A, B", "C")]


def workbook() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (workbook(), "Excel workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 60, "old Excel workbook"),
        (b"%PDF-1.7 ...", "PDF document"),
        (b'{"name": 1}', "JSON file"),
        (b"<html></html>", "HTML or XML file"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"Name,Amount\n", "rows below the header"),
        (b"Name,Amount\n\n,\n", "rows below the header"),
        (b"\n\nA,B\n", "names of the columns"),
        (b"Name,Name\nA,B\n", "come twice: Name"),
        (b"Name,X\nA\0B,C\n", "binary"),
        (bytes(range(1, 256)) * 3, "none of them|names of the columns|binary"),
        (b'Name,X\n"A,B\n', "quotation marks in pairs"),
        (b'Name,X\n"A"b,B\n', "quotation marks in pairs"),
    ],
)
def test_what_is_no_usable_csv_gets_one_clear_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = a_file(tmp_path, content)

    with pytest.raises(ImportRefused, match=why):
        list(reading.rows(reading.open_sheet(path)))


def test_open_quotes_are_told_where_they_begin(tmp_path: Path) -> None:
    path = a_file(tmp_path, 'Name,X\nA,B\n"C,D\n' + "E,F\n" * 50)

    with pytest.raises(ImportRefused, match="row that begins on line 3"):
        list(reading.rows(reading.open_sheet(path)))


def test_a_file_that_is_too_long_is_refused_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LONGEST", 1000)

    with pytest.raises(ImportRefused, match="is longer"):
        uploads.store(tmp_path, BytesIO(b"x" * 1001), "big.csv")

    assert list(tmp_path.iterdir()) == []


def test_a_kept_file_is_found_by_its_bare_name_only(tmp_path: Path) -> None:
    assert uploads.path(tmp_path, "../../etc/passwd") == tmp_path / "passwd"
