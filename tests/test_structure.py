"""The house keeps its shape: which module may import which, how long files are, what is where."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = (
    "kleene words diagnostics canonical paths layered table_file small_numbers writing",
    "conditions knowledge reader labels key_words",
    "knowledge_files wording condition_syntax entries validation self_scan scripts exercises "
    "coupling dutch_typer",
    "library references prose",
    "binding case program",
    "loading case_file productions explain questions answers",
    "inference schema situation",
    "search",
    "relevance",
    "consult",
    "compare flips",
    "decisions reasons design",
    "recorded",
    "obstacles tree report examples standing turns course exchange cards retention",
    "why_not note reasoning_map",
    "why_not_text client_rights intervisie consequences rule_map caseload",
    "disclosure",
    "cli",
    "__main__",
)
"""The modules and packages of the engine; each imports only from lines above its own."""

RECORD_LAYERS = (
    "base address people tables chain folding",
    "connecting",
    "database",
    "keyring",
    "cipher migrating",
    "contract facts preferences register rights ties verifying identifiers kept_files",
    "privacy",
    "advised",
    "draft meeting_parts",
    "model later escalation meeting_events",
    "making events due",
    "guard rows meanwhile term",
    "ledger own_keys",
    "journal judging replay",
    "redo inspecting meeting freezing",
    "sharing views meetings meeting_views agreement",
    "boilerplate reading meeting_verdicts",
    "aftercare learning hindsight",
    "incoming",
    "store",
    "looking",
    "watching",
    "attending",
    "access",
)
"""The same within ``engine.decisions``; the package itself offers what others may use."""

USE_THE_RECORD = {
    "engine.cards",
    "engine.caseload",
    "engine.cli",
    "engine.client_rights",
    "engine.consequences",
    "engine.course",
    "engine.disclosure",
    "engine.examples",
    "engine.exchange",
    "engine.intervisie",
    "engine.note",
    "engine.recorded",
    "engine.retention",
    "engine.standing",
    "ui",
}
"""Who imports the record; the rest of the engine works without one.

``recorded`` says what an event holds, ``standing`` holds a decision against the advice of now, and
``note`` writes down for the file what was decided and why: all are about what the record holds.
``intervisie`` is about what a group made of a case that the record holds, and ``consequences`` is
about what decisions that it holds would have been under another version of the knowledge.
``course`` says in Dutch what happened in a case, ``disclosure`` tells the client all of it and
``client_rights`` what goes with it, and ``retention`` says how long it is kept. ``caseload`` uses
only its guard: what says who someone is, goes no further from a table than from a text.
"""

FOLDERS = {
    ".ci",
    ".streamlit",
    "cases",
    "docs",
    "engine",
    "knowledge",
    "scripts",
    "tests",
    "ui",
}
MAX_LINES = 400
MAX_APP_LINES = 60

Graph = Mapping[str, frozenset[str]]


def python_files() -> list[Path]:
    folders = ("engine", "ui", "tests", "scripts")
    return [
        ROOT / "app.py",
        *sorted(path for name in folders for path in (ROOT / name).rglob("*.py")),
    ]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in python_files()}


def imports(module: str) -> Iterator[str]:
    """Every module that is imported, wherever in the file; a name of a package if it is one."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports {node.module} by a relative name"
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else str(node.module)


GRAPH: Graph = {module: frozenset(imports(module)) for module in MODULES}


def inside(package: str) -> list[str]:
    return [module for module in MODULES if module.split(".")[0] == package]


def heights(layers: tuple[str, ...], package: str) -> dict[str, int]:
    return {f"{package}.{name}": row for row, line in enumerate(layers) for name in line.split()}


def part_of(module: str, known: Mapping[str, int]) -> str:
    """The module or package that a line of the table names."""
    while module and module not in known:
        module = module.rpartition(".")[0]
    return module


def upward(layers: tuple[str, ...], package: str, graph: Graph) -> list[str]:
    """The imports that go up or sideways in a table."""
    known = heights(layers, package)
    wrong = []
    for module, targets in graph.items():
        here = part_of(module, known)
        for target in sorted(targets):
            there = part_of(target, known)
            if here and there and here != there and known[there] >= known[here]:
                wrong.append(f"{module} imports {target}")
    return wrong


def test_every_module_of_the_engine_has_a_layer() -> None:
    known = heights(LAYERS, "engine")
    assert {part_of(module, known) for module in inside("engine")} - {""} == set(known)
    assert [module for module in inside("engine") if not part_of(module, known)] == ["engine"]


def test_every_module_of_the_record_has_a_layer() -> None:
    known = heights(RECORD_LAYERS, "engine.decisions")
    ours = {
        module
        for module in inside("engine")
        if module.startswith("engine.decisions.") and ".migrations" not in module
    }
    assert ours == set(known)


def test_imports_in_the_engine_go_down_only() -> None:
    assert upward(LAYERS, "engine", GRAPH) == []


def test_imports_in_the_record_go_down_only() -> None:
    assert upward(RECORD_LAYERS, "engine.decisions", GRAPH) == []


def test_an_import_that_goes_up_is_noticed() -> None:
    graph: Graph = {
        "engine.conditions": frozenset({"engine.cli"}),
        "engine.words": frozenset({"engine.diagnostics"}),
        "engine.cli": frozenset({"engine.conditions", "typer"}),
    }
    assert upward(LAYERS, "engine", graph) == [
        "engine.conditions imports engine.cli",
        "engine.words imports engine.diagnostics",
    ]


def test_the_architecture_page_shows_the_same_layers() -> None:
    text = (ROOT / "docs" / "architectuur.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    shown = [
        " ".join(name.strip("` /") for name in row.split(",")) for row in rows if "." not in row
    ]
    assert shown == [line for line in LAYERS if line != "__main__"]


def test_there_are_no_circles() -> None:
    known = {module: targets & set(MODULES) for module, targets in GRAPH.items()}
    # Importing a module first runs its packages, but a package is made to import its own parts.
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def reaches(module: str) -> set[str]:
    """Everything that is imported when a module is, as far as it is ours."""
    found, waiting = set[str](), [module]
    while waiting:
        for target in GRAPH.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


@pytest.mark.parametrize("module", inside("engine"))
def test_the_engine_knows_nothing_of_a_screen(module: str) -> None:
    first = {target.split(".")[0] for target in reaches(module)}
    assert first & {"streamlit", "plotly", "ui", "app", "tests"} == set()


@pytest.mark.parametrize("module", [*inside("ui"), "app"])
def test_the_interface_knows_nothing_of_the_tests_and_the_command_line(module: str) -> None:
    targets = reaches(module)
    assert {target.split(".")[0] for target in targets} & {"tests", "typer"} == set()
    assert {"engine.cli", "engine.dutch_typer"} & targets == set()


def test_only_who_may_uses_the_record() -> None:
    users = {
        module
        for module, targets in GRAPH.items()
        if any(target.startswith("engine.decisions") for target in targets)
        and not module.startswith(("engine.decisions", "tests"))
    }
    known = heights(LAYERS, "engine")
    assert {part_of(user, known) or user.split(".")[0] for user in users} == USE_THE_RECORD


@pytest.mark.parametrize("path", python_files(), ids=lambda path: module_name(path))
def test_no_file_is_too_long(path: Path) -> None:
    limit = MAX_APP_LINES if path.name == "app.py" else MAX_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_only_the_workshop_asks_the_solver() -> None:
    users = {module for module, targets in GRAPH.items() if "z3" in targets}
    assert {user for user in users if not user.startswith("tests.")} == {"engine.design.clients"}


def test_only_the_caseload_works_with_tables() -> None:
    libraries = {"ibis", "polars", "pyarrow", "openpyxl", "duckdb"}
    users = {
        module
        for module, targets in GRAPH.items()
        if {target.split(".")[0] for target in targets} & libraries
        and module.split(".")[0] == "engine"
    }
    assert {part_of(user, heights(LAYERS, "engine")) for user in users} == {"engine.caseload"}


@pytest.mark.parametrize(
    "arguments", ["--help", "raadpleeg cases/diagnose/01-na-een-gesprek-duidelijk.yaml"]
)
def test_a_command_that_needs_no_solver_and_no_tables_does_not_load_them(arguments: str) -> None:
    check = "from engine.cli import app; from engine.dutch_typer import run; import sys; "
    slow = "{'z3', 'ibis', 'polars', 'pyarrow', 'duckdb', 'openpyxl'}"
    check += f"sys.exit(run(app) or bool({slow} & {{*sys.modules}}))"
    command = [sys.executable, "-c", check, *arguments.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_top_holds_only_the_known_folders() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("only a clone knows which files belong to the project")
    folders = {name.split("/")[0] for name in listed.stdout.splitlines() if "/" in name}
    assert folders == FOLDERS


def test_the_knowledge_holds_data_only() -> None:
    kinds = {path.suffix for name in ("knowledge", "cases") for path in (ROOT / name).rglob("*.*")}
    assert kinds <= {".yaml", ".json"}


def test_only_the_door_gives_out_the_record() -> None:
    # Everything else in the interface gets it as one person may use it: decisions/access.py.
    takes = {
        module
        for module in inside("ui")
        if "resources.record()" in MODULES[module].read_text(encoding="utf-8")
    }
    assert takes == {"ui.auth"}
    named = {
        module
        for module in [*inside("ui"), "app"]
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and "Record" in {name.name for name in node.names}
    }
    assert named == {"ui.resources"}


def test_only_the_door_reads_who_logged_in() -> None:
    reads = {
        module
        for module in [*inside("ui"), "app"]
        if "st.user" in MODULES[module].read_text(encoding="utf-8")
    }
    assert reads == {"ui.auth"}
