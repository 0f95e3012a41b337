# Works with GNU make 3.81, the version macOS ships.
.DEFAULT_GOAL := help
.PHONY: app test spark beeld format bench schema lock clean help

LEIDRAAD_POORT ?= 8501
UV_VERSION := 0.13.9

BIN := .venv/bin
# Written last, so an installation that broke off halfway never counts as done.
LOCKED := .venv/.locked
INSTALLED := .venv/.installed
SPARK := .venv/.spark

PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# durable_rules has no wheels. Without isolation it is built with the locked setuptools.
LOCKED_INSTALL := $(PIP_INSTALL) --require-hashes --no-build-isolation \
	--only-binary :all: --no-binary durable-rules

UV_COMPILE := pip compile --no-config --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --custom-compile-command 'make lock' \
	$(if $(filter 1,$(NIEUW)),--upgrade)

app: $(INSTALLED) ## Installeer Leidraad zo nodig, vul het dossier met voorbeelden en start het
	@$(BIN)/leidraad voorbeelden
	@echo "Leidraad start op http://127.0.0.1:$(LEIDRAAD_POORT). Stoppen: Ctrl+C."
	@$(BIN)/streamlit run app.py --server.port "$(LEIDRAAD_POORT)"

test: $(INSTALLED) ## Controleer de code en de kennis en draai alle tests (volledig: GRONDIG=1)
	@echo "Een browser voor de tests wordt gezocht, en zo nodig opgehaald."
	@$(BIN)/python -m tests.browser
	@echo "De code wordt gecontroleerd."
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@echo "De kennis wordt gecontroleerd en getoetst."
	@$(BIN)/leidraad controleer
	@$(BIN)/leidraad toets
	@echo "De tests worden gedraaid."
	@$(if $(filter 1,$(GRONDIG)),LEIDRAAD_GRONDIG=1) $(BIN)/pytest --numprocesses auto --dist loadfile
	@echo "Alles is in orde."

spark: $(SPARK) ## Toets de regels voor hele bestanden ook in Spark (haalt 450 MB op, vraagt Java)
	@$(if $(filter 1,$(GRONDIG)),LEIDRAAD_GRONDIG=1) $(BIN)/pytest -m spark tests/caseload/test_spark.py

beeld: $(INSTALLED) ## Maak de plaatjes van de handleidingen opnieuw
	@$(BIN)/python -m tests.browser
	@rm -f docs/beeld/*.png
	@LEIDRAAD_BEELD=docs/beeld $(BIN)/pytest --quiet --numprocesses auto --dist load \
		tests/e2e/test_manual.py tests/e2e/test_intervisie.py

format: $(INSTALLED) ## Zet de code in de vaste vorm en herstel wat vanzelf kan
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(INSTALLED) ## Meet de snelheid
	@$(BIN)/python -m tests.benchmarks.consult
	@$(BIN)/python -m tests.benchmarks.explanations
	@$(BIN)/python -m tests.benchmarks.checks
	@$(BIN)/python -m tests.benchmarks.comparing
	@$(BIN)/python -m tests.benchmarks.saving
	@$(BIN)/python -m tests.benchmarks.caseload

schema: $(INSTALLED) ## Maak de JSON-schema's opnieuw
	@$(BIN)/leidraad schema

lock: ## Maak de lockbestanden opnieuw (met de nieuwste versies: NIEUW=1)
	@set -e; python=$$(scripts/find-python "$(PYTHON)"); \
	tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	"$$python" -m venv "$$tools"; \
	"$$tools/bin/pip" install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	printf 'setuptools>=77\nwheel\n' | "$$tools/bin/uv" $(UV_COMPILE) --no-annotate \
		--output-file requirements-build.lock - >/dev/null; \
	"$$tools/bin/uv" $(UV_COMPILE) --extra dev --only-binary :all: --no-binary durable-rules \
		--output-file requirements.lock pyproject.toml >/dev/null; \
	"$$tools/bin/uv" $(UV_COMPILE) --extra spark --constraint requirements.lock --no-annotate \
		--only-binary :all: --no-binary durable-rules --no-binary pyspark \
		--output-file requirements-spark.lock pyproject.toml >/dev/null
	@echo "De lockbestanden zijn opnieuw gemaakt."

clean: ## Verwijder de installatie en wat de hulpmiddelen achterlieten (dossiers blijven staan)
	@rm -rf .venv build leidraad.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Toon deze uitleg
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

$(LOCKED): requirements-build.lock requirements.lock
	@set -e; python=$$(scripts/find-python "$(PYTHON)"); \
	echo "Leidraad wordt geïnstalleerd in .venv. Dit duurt een paar minuten."; \
	rm -rf .venv; "$$python" -m venv .venv
	@$(LOCKED_INSTALL) --requirement requirements-build.lock
	@$(LOCKED_INSTALL) --requirement requirements.lock
	@touch $@

# Depends on the packages' first files, because a new package needs a new editable installation.
$(INSTALLED): $(LOCKED) pyproject.toml $(wildcard engine/__init__.py ui/__init__.py)
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(SPARK): $(INSTALLED) requirements-spark.lock
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version >/dev/null 2>&1 || { \
		echo "Spark vraagt Java 17 of 21. Debian/Ubuntu: sudo apt install default-jre-headless. Fedora: sudo dnf install java-21-openjdk-headless. macOS: brew install openjdk@21. Staat Java op een andere plek? Zet dan JAVA_HOME." >&2; exit 2; }
	@echo "Spark wordt geïnstalleerd in .venv. Dit duurt een paar minuten."
	@$(LOCKED_INSTALL) --no-binary pyspark --requirement requirements-spark.lock
	@touch $@
