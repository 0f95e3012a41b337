"""Numbers that say who someone is: found in plain text however they are spaced.

Everything here looks at folded text (:mod:`engine.decisions.folding`) and returns spans in it.
Sources: the eleven test of the BSN (Besluit burgerservicenummer, art. 2; 9 digits, weights 9 to 2
and -1, sum divisible by 11), the check digits of an IBAN (ISO 13616-1, ISO 7064 mod 97-10), the
Dutch numbering plan (a national number has 10 digits and starts with 0) and the form of a postcode
(four digits, the first no 0; two letters).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

Span = tuple[int, int]

_GAP = r"[\W_]{0,4}"
"""What people put between the digits of one number: anything that is no letter or digit."""

_PHONE_GAP = r"(?:[^\w,;:€%?!&]|_){0,3}"
"""The same for a telephone number; a list of small numbers or times is none."""

_CALL = re.compile(
    r"(?:\btel\w*|\bmobiel\w*|\bgsm|\bbel\w*|\b\w*app\w*)\W{0,3}(?:\w{2,6} )?$", re.I
)
"""After this, nine digits from a 6 are a mobile number without its nought."""

_LIKE_DIGITS = (
    (re.compile(r"(?<=\d)[oO](?=\W{0,2}\d)|(?<![A-Za-z])[oO](?=\W{0,2}\d)"), "0"),
    (re.compile(r"(?<=\d)[lI|](?=\d)"), "1"),
)
"""Letters that stand for a digit between digits."""

_ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z]{2,7}:(?:19|20)\d\d:[A-Z]{0,3}\d{1,6}\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:€|\beur(?:o)?\b) ?(?:\d\.\d{3}\.\d{3}|\d{1,3}(?:\.\d{3})?),\d\d(?!\d)", re.IGNORECASE
)
"""An amount of fewer digits than a BSN has, so that none hides behind a euro sign."""

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)\.?"
)
_DAY_FIRST = (
    r"(?P<d{n}>0?[1-9]|[12]\d|3[01])(?P<s{n}>[\-/. ]{{1,2}})"
    r"(?P<m{n}>0?[1-9]|1[0-2])(?P=s{n})(?P<y{n}>(?:19|20)\d\d)(?!(?P=s{n})?\d)"
)
_YEAR_FIRST = (
    r"(?:19|20)\d\d(?P<t{n}>[\-/.])(?:0[1-9]|1[0-2])(?P=t{n})(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_IN_WORDS = r"(?:0?[1-9]|[12]\d|3[01])[ .\-]{{1,2}}" + _MONTH + r"[ \-]{{1,2}}(?:19|20)\d\d(?!\d)"
_DATE = re.compile(
    r"(?<!\d)(?:" + "|".join((_DAY_FIRST, _YEAR_FIRST, _IN_WORDS)).format(n=1) + ")",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")

_UNIT = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_DAY = (
    rf"(?:(?:{_UNIT})en(?:twintig|dertig)|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    rf"zeventien|achttien|negentien|twintig|dertig|eerste|derde|achtste|{_UNIT})(?:de|ste)?"
)
_LONG_AGO = r"(?:negentien(?:honderd)?\w{3,}|tweeduizend\w*)"
_ODD_DATES = tuple(
    re.compile(rf"(?<![\d.,\-/])(?:{pattern})(?!\d)", re.IGNORECASE)
    for pattern in (
        # A year of two digits counts from an apostrophe, or where day and month are written whole.
        r"\d{1,2}[ .\-/]{1,2}\d{1,2}[ .\-/]{0,2}'(?P<year>\d\d)",
        r"(?:0[1-9]|[12]\d|3[01])([.\-/])(?:0[1-9]|1[0-2])\1(?P<year>[3-9]\d)(?![.\-/]?\d)",
        rf"(?:\d{{1,2}}(?:e|ste|de)?|{_DAY})[ .\-]{{1,2}}{_MONTH}[ \-]{{1,2}}"
        rf"(?:'(?P<year>\d\d)|(?P<whole>(?:19|20)\d\d)|{_LONG_AGO})",
        rf"{_MONTH} \d{{1,2}}(?:e|ste|de)?,? (?P<whole>(?:19|20)\d\d)",
        r"(?P<whole>19\d\d|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
        r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?P<whole>19\d\d|20[01]\d)",
    )
)

_BORN = (
    r"(?:\bgeboren\b|\bgeb\b\.?(?: ?dat\w*\.?)?|\bgeboorte\w*\b|\bgbd?\b|\bjarig\b|"
    r"\bverjaar(?:t|dag)\b)"
)
_ANY_DATE = (
    r"(?:\d{1,2}[ .\-/]{1,3}\d{1,2}[ .\-/']{1,4}\d{2,4}"
    r"|\d{4}[ .\-/]{1,3}\d{1,2}[ .\-/]{1,3}\d{1,2}"
    rf"|(?:\d{{1,2}}(?:e|ste|de)?|\b{_DAY})[ .\-]{{1,2}}{_MONTH}"
    rf"(?:[ \-]{{1,2}}(?:'?\d{{2,4}}|{_LONG_AGO}))?"
    r"|\d{8}|\d{6})(?!\d)"
)
_BIRTH = re.compile(
    _BORN + r"[ :=(,.\-]{0,3}(?:\w{1,12}[ :.]{1,2}){0,3}?(?P<on>(?<!\d)" + _ANY_DATE + ")",
    re.IGNORECASE,
)

_LOCAL = r"[A-Za-z0-9._%+\-]{1,64}"
_IN_BRACKETS = r"[(\[{{<] {{0,2}}(?:{}) {{0,2}}[)\]}}>]"
_AT = rf"(?:@|{_IN_BRACKETS.format('at|apenstaart(?:je)?')}| apenstaart(?:je)? )"
_POINT = rf"(?:\.|{_IN_BRACKETS.format('punt|dot')})"
_HOST = r"[A-Za-z0-9\-]{1,63}"
_END = r"(?:nl|com|org|net|eu|be|de|info|frl|amsterdam)"
_EMAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LOCAL} {{0,2}}{_AT} {{0,2}}{_HOST}"
        rf"(?: {{0,2}}{_POINT} {{0,2}}[A-Za-z0-9\-]{{2,24}}){{1,4}}",
        rf"{_LOCAL}@[A-Za-z]{_HOST}",
        # In words it is only one if it ends as an address does.
        rf"{_LOCAL}(?:{_AT}| at |_at_|-at-){_HOST}(?:[.,]| (?:punt|dot) |_dot_|-dot-){_END}\b",
        rf"{_LOCAL} (?:at|apenstaart(?:je)?) {_HOST} {{0,2}}{_POINT} {{0,2}}{_END}\b",
    )
)

_POSTCODE = re.compile(r"(?<![\d.,])[1-9]\d{3}(?P<gap> {0,2})(?P<pair>[A-Za-z]{2})(?![A-Za-z])")
_NEVER_A_PAIR = {"sa", "sd", "ss"}
_A_WORD = re.compile(
    "al|af|an|as|be|bv|cm|dd|de|en|er|et|eu|ex|ga|gb|ha|hr|hu|ie|ik|in|is|ja|je|jl|jr|kb|kg|km|kw|"
    "ll|lo|ma|mb|me|ml|mm|mw|na|nl|nr|nu|nv|of|ok|om|op|pc|re|st|tb|te|tv|uk|us|uw|va|vr|vs|vw|wa|"
    "we|wo|za|ze|zn|zo"
)
"""Two letters that follow a number for other reasons: '2026 en', '1000 km'."""

_STREET = re.compile(
    r"\b(?!Snelweg|Leerweg|Basisweg)[A-Z][a-z']+(?:straat|straatweg|laan|weg|plein|kade|gracht|singel|dijk|steeg|dreef|plantsoen)"
    r" {1,2}\d{1,4}(?: ?(?:[A-Za-z]|bis|hs|[IVX]{1,3}))?\b(?! ?(?:euro|uur|weken|maanden|km)\b)"
)
"""A street is written with a capital; 'snelweg 12' is none."""

_HOUSE_AFTER = re.compile(r"[ ,.;:\-]{0,3}(?:nr\.?|nummer|huisnummer|huisnr\.?)?[ :]{0,2}\d{1,5}")
_HOUSE_BEFORE = re.compile(r"[A-Za-z]{3,} {1,2}\d{1,5} ?[A-Za-z]?[ ,.;\-]{0,3}$")

_IBAN_START = re.compile(
    r"(?<![A-Za-z0-9])(?P<one>[A-Za-z])[ .\-]?(?P<two>[A-Za-z])" + _GAP + r"\d" + _GAP + r"\d"
)
_IBAN_LENGTHS = {
    **{"AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18},
    **{"EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22},
    **{"IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MC": 27, "MT": 31},
    **{"NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24},
    **{"SM": 27, "TR": 26, "TN": 24, "UA": 29},
}
"""Characters in an IBAN per country (SWIFT IBAN Registry), for the countries met here."""


def is_bsn(digits: str) -> bool:
    """Say whether eight or nine digits pass the eleven test of the BSN."""
    whole = digits.zfill(9)
    if len(whole) != 9 or not whole.isdigit() or int(whole) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(whole, weights, strict=True)) % 11 == 0


def is_iban(text: str) -> bool:
    """Say whether letters and digits without spaces pass the check digits of an IBAN."""
    text = text.upper()
    if _IBAN_LENGTHS.get(text[:2]) != len(text) or not text.isalnum() or not text.isascii():
        return False
    turned = "".join(str(int(character, 36)) for character in text[4:] + text[:4])
    return int(turned) % 97 == 1


def ibans(text: str) -> Iterator[Span]:
    """Find account numbers."""
    for start in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get((start["one"] + start["two"]).upper(), 0)
        seen, gap = "", 0
        for place in range(start.start(), len(text)):
            if len(seen) == length or gap > 4:
                break
            character = text[place]
            gap = 0 if character.isalnum() else gap + 1
            seen += character if gap == 0 else ""
            # Nine digits at least: no run of ordinary words has them.
            if len(seen) == length and is_iban(seen) and sum(c.isdigit() for c in seen) > 9:
                yield start.start(), place + 1


def emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses, also those written with ``(at)`` or in words."""
    for pattern in _EMAILS:
        yield from (found.span() for found in pattern.finditer(text))


def addresses(text: str) -> Iterator[Span]:
    """Find postcodes with a house number before or after them."""
    for place in _postcodes(text, lambda pair: pair.isupper() or not _is_word(pair)):
        after = _HOUSE_AFTER.match(text, place[1])
        before = _HOUSE_BEFORE.search(text[max(0, place[0] - 60) : place[0]])
        if after:
            yield place[0], after.end()
        elif before:
            yield place[0] - len(before.group()), place[1]


def streets(text: str) -> Iterator[Span]:
    """Find streets with a house number."""
    yield from (found.span() for found in _STREET.finditer(text))


def postcodes(text: str) -> Iterator[Span]:
    """Find postcodes on their own; ``2026 en`` and ``1000 KM`` are none."""
    yield from _postcodes(text, lambda pair: not _is_word(pair))


def _postcodes(text: str, fits: Callable[[str], bool]) -> Iterator[Span]:
    for found in _POSTCODE.finditer(text):
        pair = found["pair"]
        if pair.lower() not in _NEVER_A_PAIR and fits(pair):
            yield found.span()


def _is_word(pair: str) -> bool:
    return bool(_A_WORD.fullmatch(pair.lower()))


def birth_dates(text: str) -> Iterator[Span]:
    """Find dates that are said to be of a birth."""
    for found in _BIRTH.finditer(text):
        yield found.span("on")


def dates(text: str) -> Iterator[tuple[Span, int]]:
    """Find whole dates, each with its year."""
    for found in _DATE.finditer(text):
        year = _YEAR.search(found.group())
        if year and _exists(found.group()):
            yield found.span(), int(year.group())


def odd_dates(text: str) -> Iterator[tuple[Span, int | None]]:
    """Find dates with a year of two digits, in words or without signs between.

    Returns:
        Each with its year; ``None`` if the year is in words.
    """
    for pattern in _ODD_DATES:
        for found in pattern.finditer(text):
            said = found.groupdict()
            whole, short = said.get("whole"), said.get("year")
            yield found.span(), int(whole) if whole else 1900 + int(short) if short else None


def _exists(said: str) -> bool:
    parts = re.findall(r"\d+", said)
    if len(parts) != 3:
        return True
    first, month, last = (int(part) for part in parts)
    year, day = (first, last) if first > 31 else (last, first)
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def phones(text: str) -> Iterator[Span]:
    """Find telephone numbers: ten digits from 0, or the number of a country with a plus."""
    hidden = _hide(_with_digits(text))
    yield from _windows(hidden, _PHONE_GAP, (9, 10, 11, 12, 13, 14, 15), _is_phone)


def bsns(text: str) -> Iterator[Span]:
    """Find citizen service numbers (BSN); eight digits count only when they stand together."""
    hidden = _hide(_with_digits(text))
    yield from _windows(hidden, _GAP, (9,), lambda digits, _: is_bsn(digits))
    for found in re.finditer(r"(?<!\d)\d{4}(?:\.\d\d\.\d\d|\d{4})(?!\d)", hidden):
        digits = found.group().replace(".", "")
        if is_bsn(digits) and not _looks_like_a_day(digits):
            yield found.span()


def _looks_like_a_day(digits: str) -> bool:
    """Whether eight digits can be a date of this age, written without dashes."""
    for year, month, day in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        if 1900 <= int(year) <= 2099 and _exists(f"{year}-{month}-{day}"):
            return True
    return False


def _is_phone(digits: str, before: str) -> bool:
    if digits.startswith("00"):
        return 11 <= len(digits) <= 15 and digits[2] != "0"
    if before.rstrip().endswith("+"):
        return 9 <= len(digits) <= 15 and digits[0] != "0"
    if len(digits) == 9 and digits[0] == "6" and _CALL.search(before):
        return True
    return (len(digits) == 10 and digits[0] == "0") or (len(digits) == 11 and digits[:3] == "316")


def _with_digits(text: str) -> str:
    """Write letters that stand for a digit as that digit; every place stays the same."""
    for pattern, digit in _LIKE_DIGITS:
        text = pattern.sub(digit, text)
    return text


def _hide(text: str) -> str:
    """Blank out what is surely something else: case law, amounts in euros, dates."""
    for pattern in (_ECLI, _AMOUNT):
        text = pattern.sub(lambda found: "#" * len(found.group()), text)
    for (start, end), _ in list(dates(text)):
        text = text[:start] + "#" * (end - start) + text[end:]
    return text


def _windows(
    text: str, gap: str, lengths: tuple[int, ...], is_one: Callable[[str, str], bool]
) -> Iterator[Span]:
    """Find groups of digits in a row that together are a number.

    Args:
        text: where to look.
        gap: what may stand between two digits of one number, as a pattern.
        lengths: how many digits the number can have.
        is_one: decides on the digits, and on what stands just before them.
    """
    for run in re.finditer(rf"\d(?:{gap}\d)*", text):
        groups = list(re.finditer(r"\d+", run.group()))
        for first, group in enumerate(groups):
            digits = ""
            for last in groups[first:]:
                digits += last.group()
                if len(digits) > max(lengths):
                    break
                start, end = run.start() + group.start(), run.start() + last.end()
                if len(digits) in lengths and is_one(digits, text[max(0, start - 24) : start]):
                    yield start, end
