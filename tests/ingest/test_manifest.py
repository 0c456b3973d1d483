"""Manifests and names on a command line: which files are read, and what is known of each."""

from __future__ import annotations

import pytest

from checker.errors import CheckerError, ConfigError, InputError
from checker.ingest.choosing import apart, choose, columns_of
from checker.ingest.documents import Facts
from checker.ingest.manifest import read_manifest


@pytest.fixture
def folder(tmp_path):
    for name in ("report.txt", "call.txt", "policy.md"):
        (tmp_path / name).write_text("We pay every supplier within thirty days.\n")
    return tmp_path


def manifest(folder, text, name="sources.toml"):
    path = folder / name
    path.write_text(text)
    return path


def test_toml_manifest_with_defaults(folder):
    """What [defaults] says holds unless a source says otherwise; paths count from the manifest."""
    path = manifest(
        folder,
        '[defaults]\ncompany = "Acme"\nlang = "en"\n[[source]]\npath = "report.txt"\nsource = "esg-report"\ndate = 2024-03-01\n'
        '[[source]]\npath = "call.txt"\ncompany = "Acme AG"\ndate = "2023"\n',
    )
    first, second = read_manifest(path)
    assert first.facts == Facts(company="Acme", source="esg-report", date="2024-03-01", lang="en")
    assert (second.facts.company, second.facts.date, second.path.name) == ("Acme AG", "2023", "call.txt")


def test_csv_manifest(folder):
    """Empty cells are not told."""
    path = manifest(folder, "path,company,date,url\nreport.txt,Acme,,https://a.example/r\n", "list.csv")
    (entry,) = read_manifest(path)
    assert entry.facts == Facts(company="Acme", url="https://a.example/r")


WRONG = [
    ("", "lists no file"),
    ("[[source]]\n", "source 1: path is missing"),
    ('[[source]]\npath = "absent.pdf"\n', "absent.pdf: no such file"),
    ('[[source]]\npath = "../outside.pdf"\n', "lies outside the manifest's folder"),
    ('[[source]]\npath = "report.txt"\ncompnay = "A"\n', "unknown key 'compnay'; there are: path, company"),
    ('[[source]]\npath = "report.txt"\ndate = "May 2019"\n', "source 1: date: "),
    ('[[source]]\npath = "report.txt"\nlang = "English"\n', "source 1: lang: "),
    ('[[source]]\npath = "report.txt"\n[[source]]\npath = "./report.txt"\n', "listed twice"),
    ("[sources]\n", "unknown key 'sources'"),
    ("path = \n", "not TOML"),
    ('[[source]]\npath = "report.txt"\ncolumns = "text"\n', "columns must map"),
]


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[w for _, w in WRONG])
def test_wrong_manifest_says_where(folder, text, words):
    """One line: the manifest, the entry, what is wrong."""
    with pytest.raises(InputError, match="sources.toml") as caught:
        read_manifest(manifest(folder, text))
    assert words in str(caught.value)


def test_folder_with_a_manifest_reads_what_it_lists(folder):
    """Files beside it that it does not list are said, not read."""
    manifest(folder, '[[source]]\npath = "report.txt"\n')
    entries, notes = choose([str(folder)])
    assert [e.path.name for e in entries] == ["report.txt"]
    assert "does not list 2 of the files beside it" in notes[0]


def test_file_given_and_in_the_manifest_is_read_once(folder):
    """With what the manifest says of it."""
    path = manifest(folder, "path,company,date\nreport.txt,Acme,2022-05-01\n", "list.csv")
    entries, _ = choose([str(folder / "report.txt")], manifest=str(path))
    assert [(e.path.name, e.facts.company, e.facts.date) for e in entries] == [("report.txt", "Acme", "2022-05-01")]


def test_folder_without_manifest_reads_all_once(folder):
    """A file named twice is read once."""
    entries, notes = choose([str(folder), str(folder / "call.txt")], Facts(company="Acme"))
    assert sorted(e.path.name for e in entries) == ["call.txt", "policy.md", "report.txt"]
    assert {e.facts.company for e in entries} == {"Acme"}
    assert notes == []


def test_one_title_for_several_files_is_refused(folder):
    with pytest.raises(ConfigError, match="--document is the title of one file, and there are 3"):
        choose([str(folder)], Facts(document="Report"))


@pytest.mark.parametrize("facts", [Facts(date="2019-13-01"), Facts(date="yesterday"), Facts(lang="English")])
def test_wrong_fact_is_refused_before_reading(folder, facts):
    """A value that no statement may have is said before minutes of reading."""
    with pytest.raises(CheckerError, match="--(date|lang)"):
        choose([str(folder)], facts)


def test_columns():
    assert columns_of(["text=Quote", "speaker=Who said it"]) == {"text": "Quote", "speaker": "Who said it"}
    with pytest.raises(ConfigError, match="--column 'Quote'"):
        columns_of(["Quote"])


def test_corpora_and_documents_apart(folder, tmp_path):
    """JSON Lines are corpora, other files documents; a folder is of corpora if it holds any."""
    inner = tmp_path / "corpora"
    inner.mkdir()
    (inner / "statements.jsonl").write_text("{}\n")
    names = [str(inner), str(folder / "call.txt"), "-", str(folder / "*.md"), "absent.jsonl"]
    corpora, documents = apart(names)
    assert corpora == [str(inner), "-", "absent.jsonl"]
    assert documents == [str(folder / "call.txt"), str(folder / "policy.md")]
