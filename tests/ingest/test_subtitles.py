"""Subtitles: cues joined to what was said, by whom and when; sounds, marks and repetitions taken out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.blocks import Limits
from checker.ingest.subtitles import read


def stamp(seconds, sign=","):
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d}{sign}{round(seconds % 1 * 1000):03d}"


def srt(*cues):
    """Cues as (start, end, text)."""
    return "".join(f"{i}\n{stamp(a)} --> {stamp(b)}\n{text}\n\n" for i, (a, b, text) in enumerate(cues, 1))


def vtt(*cues, head=""):
    return f"WEBVTT{head}\n\n" + "".join(f"{stamp(a, '.')} --> {stamp(b, '.')}\n{text}\n\n" for a, b, text in cues)


@pytest.fixture
def extract(tmp_path):
    def of(text, **limits):
        path = tmp_path / ("a.vtt" if text.startswith("WEBVTT") else "a.srt")
        path.write_text(text, encoding="utf-8")
        return read(path, Limits(**limits))

    return of


def shown(extract):
    return [(b.marker, b.turn.speaker if b.turn else "", b.text) for b in extract.blocks]


def texts(extract):
    return [b.text for b in extract.blocks]


def test_cues_are_joined_until_a_sentence_ends(extract):
    """A paragraph begins where a cue begins a sentence, and bears the time of that cue; an abbreviation ends none."""
    found = extract(
        srt((1, 3, "We pay a living"), (3, 5, "wage, says Mr."), (5.5, 7, "Miller of Acme."), (3751, 3753, "We do."))
    )
    assert shown(found) == [
        ("00:00:01", "", "We pay a living wage, says Mr. Miller of Acme."),
        ("01:02:31", "", "We do."),
    ]
    assert found.format == "srt"


def test_a_pause_ends_a_paragraph(extract):
    """Who is silent for more than two seconds has said what there was to say."""
    assert texts(extract(srt((1, 2, "our targets"), (3, 4, "for 2030"), (6.5, 7, "the next slide")))) == [
        "our targets for 2030", "the next slide"
    ]  # fmt: skip


def test_voices_of_webvtt(extract):
    """Each voice has its own paragraphs, also two in one cue; what goes on in the next line is the same voice's."""
    found = extract(
        vtt((1, 2, "<v Jane Doe>We pay a <i>living</i> wage &amp; more"), (2, 3, "<v Jane Doe>to all.</v>"),
            (3, 4, "<v.loud Bob>Really?\nTo all?</v>"), (4, 5, "<v Bob>And</v> <v Jane Doe>Yes.</v>"), (5, 6, "A narrator."))
    )  # fmt: skip
    assert shown(found) == [
        ("00:00:01", "Jane Doe", "We pay a living wage & more to all."), ("00:00:03", "Bob", "Really? To all?"),
        ("00:00:04", "Bob", "And"), ("00:00:04", "Jane Doe", "Yes."), ("00:00:05", None, "A narrator."),
    ]  # fmt: skip


def test_labels_signs_and_dashes(extract):
    """Names before colons, >> and dashes change the voice; other words before a colon, and asides in dashes, do not."""
    found = extract(
        srt(
            (1, 2, ">> JANE DOE: Our aim: we cut\nemissions."), (2, 3, "Speaker 2: Note: in all plants?"),
            (3, 4, "- Yes.\n- Also in\nPeru?"), (4, 5, "JANE DOE: We\n- of course - do."), (5, 6, ">> thank you\n- Gladly."),
            (6, 7, "Bob: Fine."), (8, 9, "Bob: Done."), (9, 10, "Today: nothing."),
        )
    )  # fmt: skip
    assert [(speaker, text) for _, speaker, text in shown(found)] == [
        ("JANE DOE", "Our aim: we cut emissions."), ("Speaker 2", "Note: in all plants?"), (None, "Yes."),
        (None, "Also in Peru?"), ("JANE DOE", "We - of course - do."), (None, "thank you"), (None, "Gladly."), ("Bob", "Fine."),
        ("Bob", "Done."), ("Bob", "Today: nothing."),
    ]  # fmt: skip


def test_marks_sounds_and_songs_are_left_out(extract):
    """Formatting, times of words, readings of characters, descriptions of sounds and what is sung are not said."""
    found = extract(
        srt(
            (1, 2, '{\\an8}<font color="#fff">We pay</font> [applause] <b>fairly</b>'), (2, 3, "♪ la la la ♪"),
            (3, 4, "(wind howling)"), (4, 5, "(LAUGHTER) in all (but three) countries, at <5% and >3%,"),
            (5, 6, "<00:00:05.500><c.grey> as we said (laughs)"), (6, 7, "and <ruby>漢<rt>かん</rt></ruby>.【拍手】"),
        )
    )  # fmt: skip
    assert texts(found) == ["We pay fairly in all (but three) countries, at <5% and >3%, as we said and 漢."]


def test_rolling_captions_are_said_once(extract):
    """Captions that show the line before again, or grow word by word, are collapsed; what is said twice later is not."""
    rolled = vtt(
        (0, 2, "so<00:00:00.5><c> today we</c>"), (2, 2.01, "so today we\n "), (2.01, 4, "so today we\npay<c> wages</c>"),
        (4, 4.01, "pay wages\n "), (4.01, 6, "pay wages\nto all"), head="\nKind: captions\nLanguage: en"
    )  # fmt: skip
    found = extract(rolled)
    assert texts(found) == ["so today we pay wages to all"]
    assert (found.format, found.lang) == ("vtt", "en")
    assert texts(extract(srt((1, 2, "WE"), (2, 3, "WE PAY"), (3, 4, "WE PAY ALL.")))) == ["WE PAY ALL."]
    assert texts(extract(srt((1, 2, "We pay."), (9, 10, "We pay.")))) == ["We pay.", "We pay."]


def test_captions_without_full_stops_are_cut_with_a_warning(extract):
    """A speaker who never ends a sentence does not make one paragraph of an hour."""
    found = extract(srt(*((i, i + 0.9, f"and then we went on to say {i}") for i in range(200))))
    assert all(len(text) <= 1_100 for text in texts(found))
    assert sum(text.count("and then") for text in texts(found)) == 200
    assert "without full stops" in found.warnings[0]
    assert extract(srt(*((i, i + 0.9, f"and then {i}.") for i in range(200)))).warnings == []


def test_a_word_before_a_colon_is_a_label_only_where_labels_are(extract):
    """One capitalised word and a colon begin many sentences."""
    assert shown(extract(srt((1, 2, "Remember: we pay.")))) == [("00:00:01", "", "Remember: we pay.")]


def test_notes_styles_and_names_of_cues_are_no_speech(extract):
    """What WebVTT holds beside its cues stays out; SRT without numbers and with text after an empty line is read whole."""
    text = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE\na remark\n\nintro\n00:01.000 --> 00:02.000 align:left\nWe pay.\n\nNOTE x\n"
    assert texts(extract(text)) == ["We pay."]
    text = "\ufeff1\n0:0:1,0 --> 0:0:2,0\nWe pay\n\n00:00:02,000 --> 00:00:03,000\nin\n\n2024\n\nand later.\n"
    assert texts(extract(text)) == ["We pay in 2024 and later."]


def test_errors_and_warnings_say_what_is_wrong(extract):
    """No cues, no speech and too much of it are an InputError; cues that cannot be read are counted."""
    for text, why in [
        ("1\nno time\n", "has no cues"),
        (srt((1, 2, "[music]")), "no speech"),
        ("WEBVTT\n\n", "has no cues"),
    ]:
        with pytest.raises(InputError, match=why):
            extract(text)
    with pytest.raises(InputError, match="more than 9 characters"):
        extract(srt((1, 2, "We pay.")), characters=9)
    assert extract(srt((1, 2, "We pay.")) + "3\n00:99 --> x\nLost\n").warnings == ["cues that could not be read: 1"]


WORDS = st.from_regex(r"[a-z]{1,8}[0-9][,.]?", fullmatch=True)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=8, unique_by=lambda words: words[0]),
    st.booleans(),
)
def test_every_word_comes_back(extract, cues, is_vtt):
    """However words are spread over cues and lines, all of them are said once, in order."""
    write = vtt if is_vtt else srt
    found = extract(write(*((i * 1.5, i * 1.5 + 1.2, "\n".join(words)) for i, words in enumerate(cues))))
    assert " ".join(texts(found)).split() == [word for words in cues for word in words]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="0123456789:,.->\n <v/>aA[(♪{\\-&;", max_size=120))
def test_no_text_crashes_the_reader(extract, text):
    """Any text after a sound cue gives blocks, or an InputError."""
    for start in (srt((1, 2, "We pay.")), vtt((1, 2, "We pay."))):
        try:
            blocks = extract(start + text).blocks
        except InputError:
            continue
        assert all(b.text.strip() for b in blocks)
