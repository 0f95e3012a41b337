"""A report as a page of HTML: what was typed stays text, and the page asks for nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.note.content import (
    Bullets,
    Document,
    Heading,
    Item,
    Notice,
    Paragraph,
    Part,
    Table,
    lines_of,
)
from engine.note.html import to_html

NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
VOID = {"meta", "br", "rect"}
OURS = {
    *("html", "head", "title", "style", "body", "main", "div", "svg"),
    *("h1", "h2", "h3", "p", "strong", "ul", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *VOID,
}


class Page(HTMLParser):
    """What a browser makes of a page: its elements, their attributes and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.texts.append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def a_document(*parts: Part, title: str = "Titel") -> Document:
    return Document(title, "Onder", "nl-NL", NOW, parts)


def every_part(text: str) -> tuple[Part, ...]:
    return (
        Heading(text),
        Paragraph(text, text),
        Bullets((Item(text, (Item(text),)),)),
        Table((text, "Aantal"), ((text, text),), (0.5,)),
        Notice(text, text),
    )


@given(st.text(min_size=1))
def test_whatever_was_typed_is_text_and_stands_there(text: str) -> None:
    page = Page(to_html(a_document(*every_part(text), title=text)))
    plain = Page(to_html(a_document(*every_part("x"), title="x")))
    allowed = [tag for tag, _ in page.tags if tag != "br"]
    assert allowed == [tag for tag, _ in plain.tags if tag != "br"]
    said = "".join("".join(page.texts).split())
    assert "".join("".join(lines_of(text)).split()) in said


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "&lt;b&gt; &amp; &#x3c;",
    "' onmouseover='alert(1)",
    "<!-- --> ]]> <![CDATA[",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_attack_changes_nothing_about_the_page(text: str) -> None:
    page = Page(to_html(a_document(*every_part(text), title=text)))
    assert {tag for tag, _ in page.tags} <= OURS
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "href", "style")}
    assert text in "".join(page.texts)


def test_the_page_forbids_scripts_and_all_that_comes_from_elsewhere() -> None:
    text = to_html(a_document(*every_part("x")))
    page = Page(text)
    (policy,) = (
        one["content"] or ""
        for one in page.attributes("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in style
    assert "url(" not in style


def test_the_language_the_title_and_the_headings_are_there_for_a_screen_reader() -> None:
    page = Page(to_html(a_document(Heading("Eerst"), Heading("Daaronder", 2))))
    assert page.attributes("html") == [{"lang": "nl-NL"}]
    assert [tag for tag, _ in page.tags if re.fullmatch(r"h\d", tag)] == ["h1", "h2", "h3"]
    assert [tag for tag, _ in page.tags].count("title") == 1


def test_a_table_says_what_its_rows_and_columns_are_and_can_be_scrolled() -> None:
    page = Page(to_html(a_document(Table(("Wat", "Hoe vaak"), (("a", "1"), ("b", "2"))))))
    scopes = [one["scope"] for one in page.attributes("th")]
    assert scopes == ["col", "col", "row", "row"]
    (around,) = page.attributes("div")
    assert (around["tabindex"], around["role"]) == ("0", "region")
    assert around["aria-label"] == "Tabel: Wat, Hoe vaak"


def test_a_bar_repeats_what_the_cell_says_and_stays_within_its_place() -> None:
    shares = (0.25, 7.0, -1.0)
    rows = tuple((str(one), str(one)) for one in shares)
    page = Page(to_html(a_document(Table(("Wat", "Deel"), rows, shares))))
    bars = [one["width"] for one in page.attributes("rect") if one["class"] == "bar"]
    assert bars == ["25", "100", "0"]
    assert {one["aria-hidden"] for one in page.attributes("svg")} == {"true"}


def test_the_same_document_gives_the_same_page() -> None:
    assert to_html(a_document(*every_part("x"))) == to_html(a_document(*every_part("x")))
