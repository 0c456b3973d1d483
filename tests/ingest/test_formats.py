"""What a file is, whatever it is called; which encoding its text is in; which files of a folder are documents."""

from __future__ import annotations

import gzip
import os
import socket
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.formats import READERS, decode, find_documents, format_of, mismatch

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
HTML = b"<!DOCTYPE html><html><body><p>We pay a living wage.</p></body></html>"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nWe pay a living wage.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TEXT = "We pay a living wage to every worker.\n"
SENTENCES = {
    "gb18030": "公司向所有员工支付足以维持生活的工资，绝不容忍供应链中的童工。我们每年公布审计结果。",
    "cp932": "当社はすべての従業員に生活賃金を支払い、サプライチェーンにおける児童労働を認めません。",
    "cp949": "회사는 모든 직원에게 생활임금을 지급하며 공급망의 아동 노동을 용납하지 않습니다.",
    "cp1252": "Wir zahlen allen Beschäftigten überall einen Lohn, der zum Leben genügt, und prüfen jährlich.",
    "cp1251": "Компания выплачивает всем работникам достойную заработную плату и не допускает детского труда.",
}


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, "pdf"),
        ("report.txt", PDF, "pdf"),
        ("a.pdf", b"\r\n\r\nsaved by a tool\n" + PDF, "pdf"),
        ("a.html", HTML, "html"),
        ("a.txt", HTML, "html"),
        ("a.pdf", HTML, "html"),
        ("a.htm", b"\n\n<div>We pay.</div>", "html"),
        ("a.htm", b"We pay a living wage.", "html"),
        ("a", b'<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        ("a.txt", b"<SEC-DOCUMENT>1.txt\n<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n<html><p>We pay.", "html"),
        ("a.txt", b"<SEC-DOCUMENT>1.txt\n<DOCUMENT>\n<TYPE>10-K\n<TEXT>\nWe pay.", "text"),
        ("a.md", b'<p align="center">Acme</p>\n\n# Policy\n', "markdown"),
        ("a.md", TEXT, "markdown"),
        ("a.csv", "company,text\nAcme,We pay.\n", "csv"),
        ("a.tsv", "company\ttext\nAcme\tWe pay.\n", "csv"),
        ("a.jsonl", '{"text": "We pay."}\n', "jsonl"),
        ("a.txt", '{"text": "We pay."}\n{"text": "We do not."}\n', "jsonl"),
        ("a.txt", "{We pay} is what they say.\n", "text"),
        ("a.srt", SRT, "srt"),
        ("a.txt", SRT.replace(b"\n", b"\r\n"), "srt"),
        ("a.vtt", b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nWe pay.\n", "vtt"),
        ("a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nWe pay.\n", "vtt"),
        ("a.txt", TEXT, "text"),
        ("a", TEXT, "text"),
        ("a.txt", "BM is what they call it. MZ too.\n", "text"),
        ("a.txt", "<1% of our workers are paid less.\n", "text"),
        ("a.txt", TEXT.encode("utf-16"), "text"),
        ("a.txt", TEXT.encode("utf-16-be"), "text"),
    ],
)
def test_content_tells_the_format_and_the_name_only_what_it_leaves_open(tmp_path, name, content, expected):
    """A PDF named .txt is a PDF; text named .md is Markdown."""
    assert format_of(put(tmp_path, name, content)) == expected


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "Word document of the old kind", "save it as .docx"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password", "unprotected copy"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "spreadsheet", "CSV"),
        ("a.txt", OLE, "older Office program", "docx"),
        ("a.rtf", b"{\\rtf1\\ansi We pay.}", "RTF", "save it as .docx or PDF"),
        ("a.txt", b"{\\rtf1\\ansi We pay.}", "RTF", "save it as .docx or PDF"),
        ("a.gz", gzip.compress(b"We pay."), "gzip", "unpack"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG", "--ocr"),
        ("a.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50), "JPEG", "--ocr"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(50), "video", "no text"),
        ("a.txt", b"MZ\x90\x00" + bytes(500), "program", "no text"),
        ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(500), "program", "no text"),
        ("a.txt", bytes(range(256)) * 4, "binary data", "UTF-8 text"),
        ("a.txt", bytes(4000), "binary data", "UTF-8 text"),
        ("a.xml", b'<?xml version="1.0"?><xbrl><a>1</a></xbrl>', "XML", "inline XBRL"),
        ("a.svg", b"<svg><text>We pay.</text></svg>", "XML", "HTML"),
        ("a.mht", b"From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "MHTML", "HTML or PDF"),
        ("a.pdf", b"", "empty", "whole"),
    ],
)
def test_what_is_not_read_is_named_with_a_way_on(tmp_path, name, content, what, remedy):
    """A file of another kind is refused by what it is, with what to do about it."""
    with pytest.raises(InputError) as caught:
        format_of(put(tmp_path, name, content))
    assert what in caught.value.message and remedy in caught.value.message
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "docx"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, "pptx"),
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, "OpenDocument text"),
        ({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}, "EPUB"),
        ({"report.txt": TEXT}, "ZIP archive"),
        ({}, "ZIP archive"),
    ],
)
def test_members_tell_what_a_zip_based_file_is(tmp_path, members, expected):
    """DOCX and PPTX are told apart by what they hold, not by a name; other archives are refused by name."""
    path = zipped(tmp_path / "a.bin", members)
    if expected in READERS:
        assert format_of(path) == expected
    else:
        with pytest.raises(InputError, match=expected):
            format_of(path)


def test_a_damaged_zip_is_said_to_be_damaged(tmp_path):
    """A DOCX without its end is told from an archive that is no document."""
    whole = zipped(tmp_path / "a.docx", {"[Content_Types].xml": "", "word/document.xml": "x" * 500}).read_bytes()
    with pytest.raises(InputError, match="damaged or cut off"):
        format_of(put(tmp_path, "b.docx", whole[:-60]))


def test_a_wrong_name_is_a_warning_and_a_right_one_is_none(tmp_path):
    """A reader learns that the name is wrong; a name without an ending says nothing wrong."""
    assert "ends in .txt, but it is a PDF" in mismatch(tmp_path / "a.TXT", "pdf")
    assert mismatch(tmp_path / "a.PDF", "pdf") is None
    assert mismatch(tmp_path / "transcript", "text") is None
    assert "ends in .docx, but it is a web page" in mismatch(tmp_path / "a.docx", "html")


def test_every_format_has_a_reader():
    """A format without a module to read it would be found only by the file that needs it."""
    from importlib import import_module

    for module in set(READERS.values()):
        assert callable(import_module(f"checker.ingest.{module}").read)


@pytest.mark.parametrize("encoding", SENTENCES)
def test_an_encoding_is_guessed_and_the_guess_is_said(encoding):
    """Text in the usual encodings comes out right, and the reader is told that this was a guess."""
    text, _, warnings = decode(SENTENCES[encoding].encode(encoding))
    assert text == SENTENCES[encoding]
    assert len(warnings) == 1 and "guess" in warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_jp"])
def test_an_encoding_that_shows_itself_is_no_guess(encoding):
    """Marks, UTF-8, every other byte NUL and escape sequences leave nothing to guess."""
    text = "生活賃金" if encoding == "iso2022_jp" else TEXT + "ü" * (not encoding.startswith("utf-16-"))
    decoded, _, warnings = decode(text.encode(encoding))
    assert decoded == text and warnings == []


@pytest.mark.parametrize(
    "text",
    [
        "El Código se aplica a todas las compañías; ningún niño trabaja en la cadena de suministro.",
        "A empresa não tolera trabalho infantil e paga a todos os trabalhadores salários dignos em cada região.",
        "La société verse à tous ses salariés une rémunération décente, où qu’ils travaillent.",
        "One café is ours.",
    ],
)
def test_western_text_is_not_taken_for_central_european(text):
    """ã and ñ do not become ă and ň, which they share a byte with."""
    assert decode(text.encode("cp1252"))[0] == text


def test_text_that_is_central_european_stays_so():
    """Polish in its own encoding is not read as Western text with superscripts in its words."""
    text = "Spółka płaci wszystkim pracownikom godziwe wynagrodzenie i nie toleruje pracy dzieci w żadnym ogniwie. " * 3
    assert decode(text.encode("cp1250"))[0] == text


def test_stray_bytes_are_counted_and_change_nothing_else():
    """A few bytes that are no character neither turn UTF-8 into something else nor pass without a word."""
    text, encoding, warnings = decode(
        "Löhne, Prüfungen und Maßnahmen für Beschäftigte über alle Länder. ".encode() * 3 + b"\xff\xfe."
    )
    assert encoding == "utf-8" and text.count("Löhne") == 3
    assert warnings == ["2 bytes are no character in UTF-8, shown as \ufffd"]


def test_stray_bytes_do_not_hide_a_guess():
    """Two bytes amiss in one line of a Japanese file leave the other lines to tell the encoding."""
    lines = SENTENCES["cp932"].encode("cp932").join([b"", b"\n" * 2, b"\n" * 2, b""])
    text, encoding, warnings = decode(lines + b"\x81\n")
    assert encoding == "cp932" and text.count(SENTENCES["cp932"]) == 3 and len(warnings) == 2


def test_guessing_takes_no_longer_for_a_long_line():
    """Megabytes before the one byte that is not ASCII are no trap, nor is a line without an end."""
    for data in (b"a" * 3_000_000 + b"\xe9", b"\xe9a" * 1_500_000, SENTENCES["cp932"].encode("cp932") * 20_000):
        assert len(decode(data)[0]) > 800_000


@given(st.binary(max_size=300))
def test_any_bytes_become_text(data):
    """Whatever the bytes, there is a text, and no exception."""
    text, encoding, warnings = decode(data)
    assert isinstance(text, str) and encoding and all(isinstance(w, str) for w in warnings)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_read_as_it_was_written(text):
    """What was saved as UTF-8 comes back, whatever is in it."""
    data = text.encode()
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert decode(data)[0] == text


def test_folders_are_searched_in_order_and_each_file_comes_once(tmp_path):
    """Files of a folder and of those in it, sorted; one named besides is not read twice."""
    for name in ("b/z.txt", "a.pdf", "b/a.html", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        put(tmp_path, name, TEXT)
    found = find_documents([str(tmp_path / "b" / "z.txt"), str(tmp_path), str(tmp_path / "b")])
    assert [str(p.relative_to(tmp_path)) for p in found] == ["b/z.txt", "a.pdf", "b/a.html", "c"]


def test_a_folder_gives_documents_only(tmp_path):
    """Hidden files, parts of pages, settings, and locks of open documents are no documents of a folder."""
    for name in (".hidden.txt", "logo.png", "style.css", "sources.toml", "~$report.docx", "report.txt", "old.doc"):
        put(tmp_path, name, TEXT)
    (tmp_path / ".git").mkdir()
    put(tmp_path, ".git/config.txt", TEXT)
    assert [p.name for p in find_documents([str(tmp_path)])] == ["old.doc", "report.txt"]


def test_what_checker_wrote_is_no_document(tmp_path):
    """A corpus and its texts beside the documents are not read as documents in the next run."""
    (tmp_path / "esg.texts").mkdir()
    for name in ("esg.texts/documents.json", "esg.texts/report-1.txt", "esg.jsonl", "report.txt", "other.jsonl"):
        put(tmp_path, name, TEXT)
    assert [p.name for p in find_documents([str(tmp_path)])] == ["other.jsonl", "report.txt"]


def test_links_in_a_folder_are_not_followed(tmp_path):
    """A link to a file or folder outside does not bring it in; one inside brings it in once, by itself."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "secret").mkdir()
    put(tmp_path, "secret/keys.txt", TEXT)
    put(tmp_path, "docs/a.txt", TEXT)
    (tmp_path / "docs" / "b.txt").symlink_to("/etc/passwd")
    (tmp_path / "docs" / "c.txt").symlink_to(tmp_path / "docs" / "a.txt")
    (tmp_path / "docs" / "d").symlink_to(tmp_path / "secret")
    (tmp_path / "docs" / "round").symlink_to(tmp_path / "docs")
    assert [p.name for p in find_documents([str(tmp_path / "docs")])] == ["a.txt"]


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "socket", "device"])
def test_what_is_no_file_is_refused_by_name(tmp_path, kind, monkeypatch):
    """A link, pipe, socket or device is named as such, and not waited for."""
    path = tmp_path / "a.txt"
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("a.txt")
    elif kind == "device":
        path = "/dev/zero"
    else:
        path.symlink_to("/etc/passwd" if kind == "link" else "nowhere")
    with pytest.raises(InputError, match=f"is a {kind.split()[-1]}"):
        find_documents([str(path)])


@pytest.mark.parametrize(
    ("name", "why"), [("", "empty"), ("nowhere.pdf", "no such file"), ("none*.pdf", "no such file"), ("a\0b", "NUL")]
)
def test_a_name_of_nothing_is_an_error(name, why):
    """A name that finds nothing is said, not passed over."""
    with pytest.raises(InputError, match=why):
        find_documents([name])


def test_a_folder_without_documents_is_an_error(tmp_path):
    """An empty folder is no corpus without contradictions."""
    with pytest.raises(InputError, match="no document in this folder"):
        find_documents([str(tmp_path)])


def test_a_glob_is_expanded_where_the_shell_did_not(tmp_path):
    """Quoted globs work, as they must on Windows."""
    put(tmp_path, "b.txt", TEXT)
    put(tmp_path, "a.txt", TEXT)
    assert [p.name for p in find_documents([str(tmp_path / "*.txt")])] == ["a.txt", "b.txt"]
