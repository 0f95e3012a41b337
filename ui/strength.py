"""What a rule is worth, in plain lines: no score, because there is nothing to add up."""

from __future__ import annotations

from engine import labels
from engine.knowledge import Rule
from engine.library import Knowledge
from engine.reasons import sources_in_words
from ui.text import capital, plain, sentence


def strength(rule: Rule, knowledge: Knowledge) -> str:
    """Say what kind of norm a rule is, what it rests on, and how sure its source is.

    Args:
        rule: the rule.
        knowledge: where its sources have their titles.

    Returns:
        Markdown: a list of three items, and one with the sources.
    """
    sure = [capital(labels.CERTAINTY[rule.certainty]), labels.CERTAINTY_MEANING[rule.certainty]]
    if rule.doubt:
        sure.append(rule.doubt)
    lines = (
        ("Soort norm", labels.NORM[rule.norm], labels.NORM_MEANING[rule.norm]),
        (
            "Onderbouwing",
            capital(labels.STRENGTH[rule.strength]),
            labels.STRENGTH_MEANING[rule.strength],
        ),
        ("Hoe zeker de bron is", *sure),
    )
    said = [
        f"- **{name}:** {' '.join(plain(sentence(part)) for part in parts if part)}"
        for name, *parts in lines
    ]
    sources = sources_in_words(rule.sources, knowledge)
    said.append(f"- **{'Bron' if len(sources) == 1 else 'Bronnen'}:**")
    said += [f"  - {plain(source)}" for source in sources]
    return "\n".join(said)
