"""What a user sees and does, said in the words of the page."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

OPEN_QUESTION = "proef-een-vraag"
MUCH_KNOWN = "proef-veel-bekend"


def text(at: AppTest) -> str:
    """Return everything that can be read on the page, without the backslashes of Markdown."""
    groups = (at.title, at.header, at.subheader, at.markdown, at.caption, at.text)
    alerts = (at.error, at.warning, at.info, at.success)
    parts = [str(item.value) for group in (*groups, *alerts) for item in group]
    labels = [item.label for group in (at.button, at.expander) for item in group]
    return "\n".join([*parts, *labels]).replace("\\", "")


def keys(at: AppTest) -> list[str]:
    """Return the keys of all buttons, in order."""
    return [str(button.key) for button in at.button]


def click(at: AppTest, key: str) -> AppTest:
    """Press a button; whatever comes of it, it is never an exception."""
    at.button(key=key).click().run()
    assert not at.exception
    return at


def open_case(at: AppTest, case: str) -> AppTest:
    """Open a case from the list."""
    return click(at, f"open_{case}")


def unfold(at: AppTest, key: str) -> AppTest:
    """Open a group that is folded away; its content is only made then."""
    at.session_state[key] = True
    at.run()
    assert not at.exception
    return at


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file of the knowledge or a case."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def answer(at: AppTest, fact: str, value: str) -> AppTest:
    """Press the button of an answer, going to the question first when it is not in front."""
    key = f"antwoord_{fact}_{value}"
    if key not in keys(at):
        ask(at, fact)
    return click(at, key)


def ask(at: AppTest, fact: str) -> AppTest:
    """Put the question of a fact in front."""
    at.selectbox(key="andere_vraag").set_value(fact).run()
    assert not at.exception
    return at
