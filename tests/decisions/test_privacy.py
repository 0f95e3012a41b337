"""The guard finds what identifies someone however it is typed, and leaves ordinary text alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine.decisions.identifiers import dates, is_bsn, is_iban
from engine.decisions.privacy import Concern, Sort, screen
from engine.loading import load
from engine.paths import cases_folder, knowledge_folder

SENTENCES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("privacy_sentences.yaml").read_text(encoding="utf-8")
)
NUMBERS = tuple(
    (sort, text) for sort in Sort if sort.value in SENTENCES for text in SENTENCES[sort.value]
)
WORDS = tuple((Sort(sort), text) for sort, texts in SENTENCES["woorden"].items() for text in texts)
HARMLESS: tuple[str, ...] = tuple(SENTENCES["onschuldig"])
MOST_FALSE_ALARMS = 0.05

GAPS = st.sampled_from(
    [
        *("", " ", "  ", ".", "-", " - ", "/", "_", "\u00a0", "\u2009", "\u200b", "\u2013", " . "),
        *("\t", "\n", "\u00b7", "\u2022", "~", "\\", "][", '" "', "=", "\u00ad", "\u2060"),
    ]
)
ZEROS = st.sampled_from([ord("0"), 0xFF10, 0x0660, 0x06F0, 0x0966, 0x1D7CE])
AROUND = st.sampled_from(["", "bsn ", "(", "nr:", "X", "cliënt ", "\n"])


def sorts(text: str) -> set[Sort]:
    return {concern.sort for concern in screen(text)}


def spaced(digits: str, data: st.DataObject) -> str:
    """Type digits the odd way: another gap between each two, digits of another script."""
    zero = data.draw(ZEROS)
    typed = [chr(zero + int(digit)) for digit in digits]
    gaps = [data.draw(GAPS) for _ in digits[1:]] + [""]
    inside = "".join(digit + gap for digit, gap in zip(typed, gaps, strict=True))
    return data.draw(AROUND) + inside + data.draw(st.sampled_from(["", ".", ")", " is het", "x"]))


def bsn_from(first: int) -> str | None:
    """The number whose last digit makes the first eight pass the eleven test, if there is one."""
    eight = f"{first:08d}"
    rest = sum(int(d) * w for d, w in zip(eight, range(9, 1, -1), strict=True)) % 11
    return f"{eight}{rest}" if rest < 10 else None


def test_there_are_enough_sentences_and_half_are_harmless() -> None:
    everything = len(NUMBERS) + len(WORDS) + len(HARMLESS)
    assert everything >= 300
    assert 0.45 <= len(HARMLESS) / everything <= 0.55
    assert len({*(t for _, t in NUMBERS), *(t for _, t in WORDS), *HARMLESS}) == everything


@pytest.mark.parametrize(("sort", "text"), NUMBERS)
def test_no_identifying_number_passes(sort: Sort, text: str) -> None:
    found = [concern for concern in screen(text) if concern.sort is sort]
    assert found
    assert all(concern.blocked for concern in found)


@pytest.mark.parametrize(("sort", "text"), WORDS)
def test_names_diagnoses_and_medicines_are_asked_about(sort: Sort, text: str) -> None:
    found = [concern for concern in screen(text) if concern.sort is sort]
    assert found
    assert not any(concern.blocked for concern in found)


def test_false_alarms_are_few(capsys: pytest.CaptureFixture[str]) -> None:
    alarms = {text: [one.said for one in found] for text in HARMLESS if (found := screen(text))}
    share = len(alarms) / len(HARMLESS)
    with capsys.disabled():
        print(
            f"\nGuard: {len(NUMBERS)} sentences with a number, {len(WORDS)} with a word, "
            f"{len(HARMLESS)} harmless; false alarms {len(alarms)} ({share:.1%}): "
            f"{sorted(word for said in alarms.values() for word in said)}"
        )
    assert share < MOST_FALSE_ALARMS
    assert not any(one.blocked for text in alarms for one in screen(text))


def case_texts() -> Iterator[str]:
    for path in sorted(cases_folder().rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from (data["titel"], data["verhaal"])


def test_the_stories_of_all_cases_pass() -> None:
    alarms = [text for text in case_texts() if screen(text)]
    assert alarms == []


def test_no_answer_to_choose_is_stopped() -> None:
    facts = load(knowledge_folder()).facts.values()
    answers = {option.id for fact in facts for option in fact.options} | {"onbekend", "betwist"}
    assert [answer for answer in answers if screen(answer)] == []


@given(st.integers(0, 99_999_999), st.data())
@example(12_345_678, None)
def test_a_bsn_is_found_in_any_spacing(first: int, data: st.DataObject | None) -> None:
    number = bsn_from(first)
    assume(number is not None and int(number) > 0)
    assert number is not None
    assert is_bsn(number)
    text = number if data is None else spaced(number, data)
    # What reads as a date to anyone is taken for one.
    assume(not list(dates(text)))
    assert any(concern.blocked for concern in screen(text)), text


@given(st.integers(0, 999_999_999))
def test_nine_digits_that_fail_the_test_are_left_alone(number: int) -> None:
    digits = f"{number:09d}"
    assert (Sort.BSN in sorts(f"nummer {digits}.")) is is_bsn(digits)


@given(st.integers(1, 9), st.integers(0, 99_999_999), st.data())
def test_a_phone_number_is_found_in_any_spacing(area: int, rest: int, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["", " ", "-", ".", "\u00a0", " - ", "\u2011"]))
    digits = f"0{area}{rest:08d}"
    at = data.draw(st.sampled_from([2, 3, 4]))
    text = f"bel {digits[:at]}{gap}{gap.join(digits[at:])} morgen"
    assume(not list(dates(text)))
    assert any(concern.blocked for concern in screen(text)), text


@given(st.integers(0, 9_999_999_999), st.sampled_from(["ABNA", "INGB", "RABO"]), GAPS)
def test_an_iban_is_found_in_any_spacing(account: int, bank: str, gap: str) -> None:
    rest = f"{bank}{account:010d}"
    number = next(whole for check in range(2, 99) if is_iban(whole := f"NL{check:02d}{rest}"))

    def typed(said: str) -> str:
        return "rekening " + gap.join(said[i : i + 4] for i in range(0, 18, 4))

    assert any(concern.blocked for concern in screen(typed(number)))
    wrong = "03" if number[2:4] == "02" else "02"
    assert Sort.IBAN not in sorts(typed(f"NL{wrong}{rest}"))


@given(st.text(max_size=300))
def test_whatever_is_typed_the_spans_point_into_it(text: str) -> None:
    last = 0
    for concern in screen(text):
        assert text[concern.start : concern.end] == concern.said
        assert last <= concern.start < concern.end
        last = concern.end


def test_each_concern_says_what_why_and_how_else() -> None:
    for concern in (Concern(sort, "123456782", 0, 9) for sort in Sort):
        assert concern.what in concern.message
        assert concern.why in concern.message
        assert concern.hint in concern.message


def test_a_number_that_identifies_is_not_repeated() -> None:
    (found,) = screen("Het BSN is 123456782.")
    assert "123456782" not in found.message
    assert "burgerservicenummer" in found.message


def test_a_health_word_comes_with_the_hint_to_say_what_someone_can_do() -> None:
    (found,) = screen("De cliënt heeft een depressie.")
    assert (found.said, found.blocked) == ("depressie", False)
    assert "Schrijf wat de cliënt wel en niet kan" in found.message


SENTENCE_WITH_NUMBER = "Het burgerservicenummer is 123456782."


def test_a_long_text_is_screened_in_time() -> None:
    # Where looking would take ever longer with the length, this does not come to an end.
    for piece in ("1 ", "a", "1234 AB ", "geboren op ", "NL91 ", "depressie ", "1-1-", "@.", "P. "):
        text = piece * ((4000 - len(SENTENCE_WITH_NUMBER)) // len(piece))
        found = screen(f"{text.rstrip()}. {SENTENCE_WITH_NUMBER}")
        assert [one.said for one in found][-1:] == ["123456782"], piece
        assert found[-1].blocked
