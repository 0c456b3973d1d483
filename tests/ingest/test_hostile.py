"""Files that are damaged, protected or made to do harm: each is one clear error, soon, and the next file is read."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from checker.errors import InputError
from checker.ingest import sandbox
from checker.ingest.archives import check_archive
from checker.ingest.blocks import Limits
from checker.ingest.finding import check_readable
from checker.ingest.sandbox import read_file

TEXT = "We pay a living wage to every worker in our supply chain.\n"
SLOW = b"<html><body>" + b"<div><p>We <b>pay</b> a living wage.</p></div>" * 400_000
MIB = 1 << 20
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
LAUGHS = (
    b"<!DOCTYPE lolz [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (ord("b") + i, b"&%c;" % (ord("a") + i) * 10) for i in range(9))
    + b"]>"
)
LONG = (
    b"<!--" + random.Random(1).randbytes(MIB // 2 - 26).hex().encode() + b"-->"
)  # the next bytes lie about a chunk's end
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def put(folder, name, content=TEXT):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def docx(path, changes=None):
    """A sound document of Word, with members replaced or added."""
    from docx import Document

    document = Document()
    document.add_paragraph(TEXT.strip())
    whole = io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as sound, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            if name not in (changes or {}):
                archive.writestr(name, sound.read(name))
        for name, content in (changes or {}).items():
            archive.writestr(name, content)
    return path


def pdf(path, pages=1, **options):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), **options)
    for _ in range(pages):
        canvas.drawString(72, 700, TEXT.strip())
        canvas.showPage()
    canvas.save()
    return path


def why_not(path, **limits):
    """The error of reading a file, in one line that a user can act on."""
    with pytest.raises(InputError) as caught:
        read_file(path, Limits(**limits))
    line = str(caught.value)
    assert "\n" not in line and "Traceback" not in line and path.name in line
    return caught.value.message


def outcome(path):
    """What was read of a file, or the message of its error."""
    try:
        return read_file(path, Limits()).extract, ""
    except InputError as error:
        return None, error.message


def test_a_sound_file_is_read_with_what_it_cost(tmp_path):
    """The text of a file, the seconds and the memory of the process that read it."""
    reading = read_file(put(tmp_path, "a.txt"), Limits())
    assert [block.text for block in reading.extract.blocks] == [TEXT.strip()]
    assert 0 < reading.seconds < 20 and 5 * MIB < reading.peak_memory < 500 * MIB


def test_a_wrong_name_is_read_as_what_it_is_with_a_warning(tmp_path):
    """A PDF named .txt is read as a PDF, and the reader learns of it."""
    extract = read_file(pdf(tmp_path / "a.txt"), Limits()).extract
    assert extract.format == "pdf" and extract.blocks[0].text == TEXT.strip()
    assert any("ends in .txt, but it is a PDF" in warning for warning in extract.warnings)
    extract = read_file(docx(tmp_path / "a.pdf"), Limits()).extract
    assert extract.format == "docx" and any("ends in .pdf" in warning for warning in extract.warnings)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_pdf_cut_off_is_read_as_far_as_it_goes_or_refused(tmp_path, cut):
    """Half a PDF is either an error or said to be damaged; never an empty document that looks fine."""
    whole = pdf(tmp_path / "whole.pdf", pages=3).read_bytes()
    path = put(tmp_path, "a.pdf", whole[: int(len(whole) * cut)])
    extract, message = outcome(path)
    assert "damaged" in message or (extract and (extract.blocks or extract.warnings))


def test_a_pdf_of_noise_is_refused(tmp_path):
    """A header and nothing that follows from it."""
    assert "damaged" in why_not(put(tmp_path, "a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40))


def test_a_protected_pdf_says_that_it_is_protected(tmp_path):
    """A password is named as the reason."""
    assert "password" in why_not(pdf(tmp_path / "a.pdf", encrypt="secret"))


def test_a_pdf_of_too_many_pages_is_refused_by_the_limit(tmp_path):
    """One page over the limit stops the reading, with the limit in the message."""
    assert "2,000" in why_not(pdf(tmp_path / "a.pdf", pages=2_001))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"word/document.xml": bytes(6 * MIB)}, "unpacks to"),
        ({"word/media/a.bin": bytes(2 * MIB)}, "packed more than"),
        ({"word/inner.zip": b"PK\x03\x04" + bytes(100)}, "another archive"),
        ({"word/document.xml": XML + OUTSIDE + b"<x>&e;</x>"}, "entities"),
        ({"word/document.xml": XML + LAUGHS + b"<x>&j;</x>"}, "entities"),
        ({"word/document.xml": (XML + LAUGHS).decode().encode("utf-16")}, "entities"),
        ({"word/_rels/document.xml.rels": XML + LONG + OUTSIDE}, "entities"),
        ({"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE'}, "UTF-7"),
        ({"../../etc/cron.d/x": b"x"}, "leads out of it"),
        ({"/etc/passwd": b"x"}, "leads out of it"),
        ({"C:\\x.xml": b"x"}, "leads out of it"),
        (dict.fromkeys((f"word/{n}.xml" for n in range(10_001)), b""), "more than the 10,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_office_file_made_to_do_harm_is_refused_before_a_library_sees_it(tmp_path, changes, why):
    """Bombs, archives in archives, entities and names that lead out are found in the archive itself."""
    path = docx(tmp_path / "a.docx", changes)
    with pytest.raises(InputError, match=why):
        check_archive(path, Limits(bytes=5 * MIB))


def test_a_sound_office_file_passes(tmp_path):
    """The same document unchanged, with the workbook of a chart in it, is let through."""
    check_archive(docx(tmp_path / "a.docx"), Limits())
    check_archive(docx(tmp_path / "b.docx", {"word/embeddings/sheet1.xlsx": b"PK\x03\x04" + bytes(100)}), Limits())


def test_a_lying_header_does_not_unpack_more(tmp_path):
    """A member that says it is small is read no further than it says, and found damaged."""
    path = docx(tmp_path / "a.docx", {"word/document.xml": b"<x>" + b"a" * 90_000 + b"</x>"})
    content = path.read_bytes().replace((90_007).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "damaged" in why_not(put(tmp_path, "b.docx", content))


def test_an_encrypted_member_is_a_password(tmp_path):
    """The flag that a member is encrypted is read as what it is."""
    content = bytearray(docx(tmp_path / "a.docx").read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in why_not(put(tmp_path, "b.docx", bytes(content)))


def test_a_damaged_office_file_is_said_to_be_damaged(tmp_path):
    """Bytes changed in the middle fail the checksum; bytes cut off lose the list of members."""
    content = docx(tmp_path / "a.docx", {"word/document.xml": os.urandom(5000)}).read_bytes()
    start = content.rindex(b"word/document.xml", 0, len(content) - 1500)
    changed = content[: start + 1000] + b"\0\0\0\0" + content[start + 1004 :]
    assert "damaged" in why_not(put(tmp_path, "b.docx", changed))
    assert "damaged" in why_not(put(tmp_path, "c.docx", content[:-300]))


def test_html_nested_without_end_is_refused_or_read_in_time(tmp_path):
    """A hundred thousand levels neither crash the parser nor hide the text without a word."""
    content = b"<html><body>" + b"<div>" * 100_000 + TEXT.encode() + b"</div>" * 100_000
    assert "nested" in why_not(put(tmp_path, "a.html", content))


def test_a_line_of_fifty_megabytes_in_a_table_is_refused(tmp_path):
    """A cell without an end is no statement; it is refused by its size."""
    path = put(tmp_path, "a.csv", b"company,text\nAcme," + b"a" * 50_000_000)
    assert "characters" in (message := why_not(path)) or "bytes" in message


def test_entities_that_multiply_in_a_page_do_not(tmp_path):
    """Billion laughs in XHTML: the entities are not expanded."""
    content = XML + LAUGHS.replace(b"lolz", b"html") + b"<html><body><p>We pay. &j;</p></body></html>"
    extract, message = outcome(put(tmp_path, "a.html", content))
    assert message or sum(len(block.text) for block in extract.blocks) < 10_000


def test_an_entity_from_outside_is_not_fetched(tmp_path):
    """A page that refers to a file of this machine does not get it."""
    put(tmp_path, "secret.txt", "the secret of the house")
    entity = f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'.encode()
    content = XML + entity + b"<html><body><p>We pay a living wage. &e;</p></body></html>"
    extract = read_file(put(tmp_path, "a.xhtml", content), Limits()).extract
    assert extract.blocks and "secret of" not in "".join(block.text for block in extract.blocks)


@pytest.mark.parametrize(
    "odd", ["\x08", "&#8;", "\x1b[31m", "\0", '<time datetime="2021-01-01T00:00:00+99:99">x</time>']
)
def test_control_characters_and_impossible_dates_are_no_reason_to_refuse_a_page(tmp_path, odd):
    """They upset none of the libraries that look for title and date, and its text is read."""
    page = f"<html><body><nav>n</nav>{odd}<p>{TEXT}<script>a</script>{odd}</p>{odd}</body></html>"
    extract = read_file(put(tmp_path, "a.html", page), Limits()).extract
    assert any(TEXT.strip() in block.text for block in extract.blocks)


def test_an_empty_file_is_an_error(tmp_path):
    """No bytes are no document, whatever the name."""
    for name in ("a.txt", "a.pdf", "a.docx", "a.html"):
        assert "empty" in why_not(put(tmp_path, name, b""))


def test_a_file_over_the_limit_is_refused_unopened(tmp_path):
    """Size is told before anything is read."""
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(300_000_000)
    assert "200,000,000" in why_not(path)


def test_a_folder_named_like_a_document_is_refused(tmp_path):
    """A folder named x.pdf is a folder."""
    (tmp_path / "x.pdf").mkdir()
    assert "is a folder" in why_not(tmp_path / "x.pdf")


def test_links_and_pipes_are_not_opened(tmp_path):
    """A link to a file of the system and a pipe that nobody writes to are refused, and not waited for."""
    (tmp_path / "a.txt").symlink_to("/etc/passwd")
    assert "is a link" in why_not(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert "is a pipe" in why_not(tmp_path / "b.txt")


@pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[31mb.txt", "a\x7f.txt", "a\u2028b.txt", os.fsdecode(b"a\xff.txt")])
def test_a_name_that_would_steer_a_terminal_is_refused_and_shown_escaped(tmp_path, name):
    """Control characters in a name reach neither the terminal nor the corpus."""
    put(tmp_path, name)
    with pytest.raises(InputError, match="rename it") as caught:
        read_file(tmp_path / name, Limits())
    assert str(caught.value).isprintable()


def test_a_name_in_any_script_is_no_reason_to_refuse(tmp_path):
    """Spaces of Japanese file names and accents made of two characters are names like others."""
    for name in ("報告書\u3000二〇二四.txt", "Zu\u0308rich.txt", "a b\u00a0c.txt"):
        check_readable(put(tmp_path, name))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_rights_is_refused(tmp_path):
    """Mode 000 is named as a lack of permission."""
    path = put(tmp_path, "a.txt")
    path.chmod(0)
    assert "permission" in why_not(path)


def test_a_reader_that_needs_too_much_memory_ends_with_that_reason(tmp_path):
    """A file that takes more memory than allowed is refused for that, and the next one is read."""
    path = put(tmp_path, "a.txt", TEXT * 2_000)
    with path.open("r+b") as stream:
        stream.truncate(190_000_000)
    assert "256 MiB of memory" in why_not(path, memory=256 * MIB)
    assert "256 MiB of memory" in why_not(put(tmp_path, "a.html", SLOW), memory=256 * MIB)
    assert read_file(put(tmp_path, "b.txt"), Limits(memory=256 * MIB)).extract.blocks


def test_a_reader_that_takes_too_long_is_stopped_by_the_clock(tmp_path, monkeypatch):
    """After its seconds a file is given up, wherever its reader is, and nothing of it is left behind."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    started = time.monotonic()
    assert "within 1 seconds" in why_not(put(tmp_path, "a.html", SLOW), seconds=1)
    assert time.monotonic() - started < 4
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "why"), [(signal.SIGSEGV, "crashed (SIGSEGV)"), (signal.SIGKILL, "killed, probably because memory")]
)
def test_a_crash_of_a_reader_is_an_error_of_its_file(tmp_path, number, why):
    """A reader that dies of a fault in a library, or is killed by the system, takes nobody along."""

    def strike():
        while not sandbox._running:
            time.sleep(0.01)
        time.sleep(0.05)
        os.kill(next(iter(sandbox._running)).pid, number)

    thread = threading.Thread(target=strike)
    thread.start()
    assert why in why_not(put(tmp_path, "a.html", SLOW))
    thread.join()


def test_stopping_all_ends_what_other_threads_read(tmp_path):
    """An interrupted run does not wait for the files that are being read."""
    path = put(tmp_path, "a.html", SLOW)
    errors = []

    def read():
        with pytest.raises(InputError) as caught:
            read_file(path, Limits())
        errors.append(caught.value)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    while len(sandbox._running) < 2:
        time.sleep(0.01)
    sandbox.stop_all()
    for thread in threads:
        thread.join(timeout=10)
    assert len(errors) == 2 and not sandbox._running


def test_an_interrupt_kills_the_child(tmp_path):
    """Ctrl-C in a run that reads a file ends the process that reads it."""
    path = put(tmp_path, "a.html", SLOW)
    program = f"""
import threading, time
from pathlib import Path
from checker.ingest import sandbox
from checker.ingest.blocks import Limits
def tell():
    while not sandbox._running:
        time.sleep(0.01)
    print(next(iter(sandbox._running)).pid, flush=True)
threading.Thread(target=tell, daemon=True).start()
sandbox.read_file(Path({str(path)!r}), Limits())
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child = int(process.stdout.readline())
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert b"KeyboardInterrupt" in errors
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_nothing_is_imported_from_where_the_documents_lie(tmp_path, monkeypatch):
    """A module that lies among hostile documents is not run, even when checker is started there."""
    for name in ("json.py", "zipfile.py", "msgspec.py", "lxml.py", "charset_normalizer.py"):
        put(tmp_path, name, f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    assert read_file(put(tmp_path, "a.html", f"<p>{TEXT}</p>"), Limits()).extract.blocks
    assert not (tmp_path / "ran").exists()
