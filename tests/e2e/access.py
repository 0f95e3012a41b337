"""What a page must be for who hears it, or works without a mouse: axe-core, and no English."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from tests.e2e.conftest import PHONE, WIDE, settled

# Version 4.12; it comes with the package that plays it in Python, and needs no network.
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

RUN = """tags => axe.run(document, {
    runOnly: {type: 'tag', values: tags},
    rules: {'heading-order': {enabled: true}},
    resultTypes: ['violations'],
}).then(found => found.violations.flatMap(({id, nodes}) => nodes.map(
    node => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)))"""

# Names that are only said, and words on the page that Streamlit put there, not the app.
NAMES = """() => {
    const said = new Set();
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'])
        for (const item of document.querySelectorAll(`[${name}]`)) said.add(item[
            name === 'aria-label' ? 'ariaLabel' : name] ?? item.getAttribute(name));
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const within = texts.currentNode.parentElement;
        if (within.closest('script, style, noscript, [data-testid="stIconMaterial"]')) continue;
        if (within.closest('[aria-hidden="true"]')) continue;
        if (within.checkVisibility() || within.closest('[id^="react-aria-description"]'))
            said.add(texts.currentNode.data);
    }
    return [...said];
}"""
# Words that Streamlit uses and that are not Dutch as well.
ENGLISH = re.compile(
    r"\b(the|to|for|and|you|more|less|choose|select|selected|clear|close|skip|main|heading"
    r"|navigate|expand|collapse|sidebar|remove|results|running|rerun|copy|press|apply|submit|icon"
    r"|next|previous|month|day|year|download|fullscreen|show|hide|increment|decrement|dismiss"
    r"|connection|found|error|still|january|february|march|may|june|july|august|october)\b",
    re.IGNORECASE,
)


def violations(page: Page) -> list[str]:
    """Let axe-core look at the page as it is now; every rule is on."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def english(page: Page) -> list[str]:
    """Return what is named or written in English."""
    said: list[Any] = page.evaluate(NAMES)
    return [item for item in said if isinstance(item, str) and ENGLISH.search(item)]


def fit(page: Page, width: int, height: int) -> None:
    """Make the window so high that all of the page is in it: axe-core judges what can be seen."""
    page.set_viewport_size({"width": width, "height": height})
    # The navigation changes shape a moment after the window.
    page.wait_for_timeout(150)
    tall = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    settled(page)


def inspect(page: Page, state: str) -> None:
    """Hold the page to all of it, on a desk and on a phone."""
    for width, height in (PHONE, WIDE):
        fit(page, width, height)
        found = violations(page) + [f"English: {item}" for item in english(page)]
        assert not found, f"{state}, {width} px: " + "\n".join(found)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
