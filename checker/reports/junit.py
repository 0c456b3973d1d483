"""A gated run as JUnit XML: a test case a finding, and one that says how many pairs were compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..gate.results import Gated, GateResult
from ..text import plain
from .gate_words import (
    acceptance,
    company,
    counted,
    heading,
    located,
    name,
    origin,
    pairs_compared,
    path_of,
    quote,
    reasons,
    sides,
    tally,
    verdict,
    warnings,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no place for them


def render(result: GateResult) -> bytes:
    """One suite; a finding fails where the mode acts on it and is skipped where it is accepted or ignored."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    sums = {
        "name": "checker",
        "tests": str(len(result.findings) + 1),
        "failures": str(len(result.failing)),
        "errors": "0",
    }
    suites = Element("testsuites", sums)
    skipped = sum(g.state != "new" and not g.fails for g in result.findings)
    suite = SubElement(suites, "testsuite", sums | {"skipped": str(skipped)})
    if result.report.run.seconds is not None:
        suite.set("time", f"{result.report.run.seconds:.2f}")
    pairs = counted(pairs_compared(result.report.run), "pair")
    SubElement(suite, "testcase", {"classname": "checker", "name": f"{pairs} compared"})
    for gated in result.findings:
        _case(suite, gated)
    _text(suite, "system-out", [tally(result), verdict(result)])
    if warned := warnings(result.report.run):
        _text(suite, "system-err", warned)
    indent(suites)
    written: bytes = tostring(suites, "utf-8", xml_declaration=True)
    return written + b"\n"


def _case(suite: Element, gated: Gated) -> None:
    from xml.etree.ElementTree import SubElement

    f, place = gated.finding, sides(gated)[0].place
    case = SubElement(suite, "testcase", {"classname": _legal(company(f)), "name": _legal(_name(gated))})
    if path := path_of(place):
        case.set("file", _legal(plain(path)))
        case.set("line", str(max(place.line, 1)))
    if gated.fails:
        _text(case, "failure", _details(gated), message=_legal(heading(f)), type=_legal(plain(f.kind)))
    elif gated.state != "new":
        why = f"{gated.state}: {plain(gated.why)}" if gated.why else gated.state
        SubElement(case, "skipped", {"message": _legal(why)})
    else:
        _text(case, "system-out", _details(gated))


def _name(gated: Gated) -> str:
    """Readable, and for one finding the same in each run."""
    return f"{plain(gated.finding.kind)} {gated.finding.fingerprint}: {name(gated)}"


def _details(gated: Gated) -> list[str]:
    lines = [heading(gated.finding)]
    for side in sides(gated):
        lines += [f"{side.age} ({origin(side.statement)}; {located(side.place)}):", f"“{quote(side.statement)}”"]
    return [*lines, *reasons(gated), f"accept it: {acceptance(gated.finding)}"]


def _text(parent: Element, tag: str, lines: list[str], **attributes: str) -> None:
    from xml.etree.ElementTree import SubElement

    SubElement(parent, tag, attributes).text = _legal("\n".join(lines))


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)
