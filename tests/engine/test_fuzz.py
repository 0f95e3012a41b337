"""Whatever a file holds, reading it gives findings: no traceback, no hang."""

from __future__ import annotations

import re
import time
from pathlib import Path
from random import Random

import pytest

from engine.case_file import read_case
from engine.diagnostics import Diagnostic, KnowledgeError
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import MAX_BYTES, read_text
from tests.counts import examples
from tests.engine.worlds import files, knowledge

LIMIT = 2.0
"""Processor seconds that one broken file may take at most; the machine may be busy besides."""

CASE = """casus: fuzz
titel: Een casus
verhaal: Een verzonnen cliënt.
peildatum: 2026-11-22
instantie: uwv
protocollen: [proef]
feiten:
  gemotiveerd: ja
  duur: 10
  richting: {betwist: {client: zorg, professional: horeca}}
  laatste_cursus: 2026-01-31
verwacht:
  overig: te_bepalen
"""
JUNK = (
    *("no", "~", "012", "12:30", "1e3", "2026-02-30", "*a", "&a x", "!!int 3", "[", "]", "{", "}"),
    *(": ", "- ", "#", "|", ">", "'", '"', "\t", "\n", "\x00", "\x85", "﻿", "\U0001f600", "? "),
    *("ja", "nee", "{}", "[]", "<<: x", "9" * 40, "x" * 3000, "---\n", "...\n", "%YAML 1.1\n"),
)


def mutate(content: bytes, random: Random) -> bytes:
    """Change bytes, structure or types of a file, a few times over."""
    for _ in range(random.randint(1, 4)):
        content = random.choice((_bytes, _lines, _tokens, _values))(content, random)
    return content


def _bytes(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    end = at + random.randint(0, 6)
    return content[:at] + random.randbytes(random.randint(0, 4)) + content[end:]


def _lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines[at] = b" " * random.randint(0, 9) + lines[at].lstrip()
    return b"\n".join(lines)


def _tokens(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(JUNK).encode() + content[at:]


def _values(content: bytes, random: Random) -> bytes:
    spots = list(re.finditer(rb"(?<=: )[^\n]+", content))
    if not spots:
        return content
    spot = random.choice(spots)
    return content[: spot.start()] + random.choice(JUNK).encode() + content[spot.end() :]


def read(name: str, content: bytes, known: Knowledge) -> list[Diagnostic]:
    """Read one changed file among the others, or as a case; return what was found."""
    if name == "casus":
        document = read_text(content, name)
        read_case(document, known)
        return document.findings
    others = {key: text.encode() for key, text in files().items()} | {name: content}
    try:
        assemble([read_text(each, key) for key, each in others.items()])
    except KnowledgeError as error:
        return list(error.diagnostics)
    return []


@pytest.mark.timeout(600)
def test_mutated_files_give_findings_and_never_hang() -> None:
    random = Random(20261122)
    originals = {name: text.encode() for name, text in files().items()} | {"casus": CASE.encode()}
    known, found, slowest = knowledge(), 0, 0.0
    for _ in range(examples(full=5_000, quick=800)):
        name = random.choice(sorted(originals))
        content = mutate(originals[name], random)
        begun = time.process_time()
        findings = read(name, content, known)
        slowest = max(slowest, time.process_time() - begun)
        found += bool(findings)
        for finding in findings:
            assert finding.what
            assert "Traceback" not in str(finding)
            assert (finding.line == 0) == (finding.column == 0)
    assert slowest < LIMIT
    assert found > examples(full=3_500, quick=500), "the mutations hardly break anything"


BOMBS = {
    "aliases": b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n",
    "nesting": b"[" * 200_000,
    "maps": b"{a: " * 200_000,
    "long line": b"a: " + b"x" * (MAX_BYTES - 10),
    "same key": b"a: 1\n" * (MAX_BYTES // 5),
    "many keys": b"".join(b"k%d: 1\n" % number for number in range(MAX_BYTES // 12)),
    "many items": b"- x\n" * (MAX_BYTES // 4),
    "empty items": b"- \n" * (MAX_BYTES // 3),
    "quotes": b"'" * MAX_BYTES,
    "questions": b"? " * (MAX_BYTES // 2),
    "anchors": b"- &a x\n" * (MAX_BYTES // 7),
    "digits": b"a: " + b"1" * (MAX_BYTES - 10),
    "colons": b"a: " + b"1:" * (MAX_BYTES // 2 - 10) + b"1",
    "dashes": b"- " * (MAX_BYTES // 2),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_hurt_is_refused_in_time(name: str) -> None:
    begun = time.process_time()
    findings = read("feiten/proef.yaml", BOMBS[name], knowledge())
    assert findings
    assert time.process_time() - begun < LIMIT


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    findings = read("feiten/proef.yaml", b"#" * (MAX_BYTES + 1), knowledge())
    assert [finding.code for finding in findings][:1] == ["bestand-te-groot"]
