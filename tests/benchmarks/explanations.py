"""Measures the explanations: ``make bench``, or ``python -m tests.benchmarks.explanations``.

Prints median and 99th percentile over a sample of the project's own cases, consulted over all
protocols, next to the consultation itself in the same run.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from engine import paths
from engine.case import Case
from engine.case_file import read_cases
from engine.consult import Consultation, consult
from engine.flips import SECONDS, flips
from engine.library import Knowledge
from engine.loading import load
from engine.questions import rank
from engine.reasons import reasons_of, ways_in_words
from engine.relevance import Relevance
from engine.tree import facts_that_decided, tree_of
from engine.why_not import why_not
from tests.benchmarks.consult import milliseconds, quantiles
from ui.collector import spare

SAMPLE = 60
ADVICES = 12
Times = dict[str, list[float]]

MANY_FACTS = 100
"""Known facts in the case that a search has to cope with."""


def main() -> int:
    """Print the figures; return 1 when the search for changes takes longer than it may."""
    knowledge = load(paths.knowledge_folder())
    everything = tuple(knowledge.protocol_titles)
    cases = [item.case for item in read_cases(paths.cases_folder(), knowledge)[0]]
    random = Random(1)
    sample = [replace(case, protocols=everything) for case in random.sample(cases, SAMPLE)]
    sample += [filled(case, knowledge, random) for case in sample[: SAMPLE // 4]]
    consult(knowledge, sample[0])
    spare()
    times: Times = defaultdict(list)
    cut_short = sum(explain(case, knowledge, random, times) for case in sample)
    print(f"{'':26}{'median ms':>10}{'p99 ms':>10}")
    for name, taken in times.items():
        median, p99 = quantiles(taken)
        print(f"{name:26}{median:10.3f}{p99:10.3f}")
    searches = len(times["what would change it"])
    print(f"{cut_short} of {searches} searches stopped at {SECONDS * 1000:.0f} ms and say so")
    _, slowest = quantiles(times["what would change it"])
    return int(slowest > SECONDS * 2000)


def explain(case: Case, knowledge: Knowledge, random: Random, times: Times) -> int:
    """Time everything that is said of one case; return how many searches were cut short."""
    consultation = consult(knowledge, case)
    times["consult, all protocols"].append(milliseconds(partial(consult, knowledge, case)))
    times["order of the questions"].append(milliseconds(partial(ordered, consultation, knowledge)))
    cut_short = 0
    for advice in random.sample(list(consultation.advices), ADVICES):
        found = flips(consultation, knowledge, advice.rule.id)
        cut_short += not found.complete
        work: dict[str, Callable[[], object]] = {
            "reasons": partial(reasons_of, advice, consultation, knowledge),
            "facts that decided": partial(facts_that_decided, advice, consultation, knowledge),
            "the whole tree": partial(tree_of, advice, consultation, knowledge),
            "what would change it": partial(flips, consultation, knowledge, advice.rule.id),
            "the same in words": partial(ways_in_words, found, knowledge),
        }
        for name, act in work.items():
            times[name].append(milliseconds(act))
    for action in random.sample(list(knowledge.actions), ADVICES):
        times["why not"].append(milliseconds(partial(why_not, consultation, knowledge, action)))
    return cut_short


def ordered(consultation: Consultation, knowledge: Knowledge) -> object:
    """Order the questions of a consultation once more."""
    case = consultation.case
    waiting = {one.rule.id: one.missing for one in consultation.advices if one.missing}
    relevance = Relevance(
        consultation.program, consultation.facts, case.reference_date, knowledge.facts
    )
    return rank(knowledge, case, waiting, relevance.shown)


def filled(case: Case, knowledge: Knowledge, random: Random) -> Case:
    """Return the case with answers until as many are known as a search has to cope with."""
    consultation = consult(knowledge, case)
    while consultation.questions and len(case.known) < MANY_FACTS:
        fact = consultation.questions[0].fact
        options = [option.id for option in fact.options] or ["ja", "nee"]
        if fact.kind.value in ("ja_nee", "keuze"):
            case = case.answer(knowledge, fact.id, random.choice(options))
        elif fact.kind.value == "aantal":
            case = case.answer(knowledge, fact.id, random.randint(fact.minimum, fact.maximum))
        else:
            case = case.answer(knowledge, fact.id, case.reference_date)
        consultation = consult(knowledge, case)
    return case


if __name__ == "__main__":
    sys.exit(main())
