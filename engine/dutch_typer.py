"""Typer in Dutch: its help pages and its errors, for users who don't read English."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from engine.reader import os_error_in_words

USAGE_ERROR = 2

rich_utils.ARGUMENTS_PANEL_TITLE = "Argumenten"
rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.DEFAULT_STRING = "[standaard: {}]"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"


class DutchCommand(TyperCommand):
    """A command with Dutch help."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a Dutch explanation."""
        return _in_dutch(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line with Dutch words."""
        return _usage(super().get_usage(ctx))


class DutchGroup(TyperGroup):
    """A group of commands with Dutch help."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a Dutch explanation."""
        return _in_dutch(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line with Dutch words."""
        return _usage(super().get_usage(ctx))


def _in_dutch(option: Any) -> Any:
    if option is not None:
        option.help = "Toon deze uitleg en stop."
    return option


def _usage(text: str) -> str:
    words = {"Usage:": "Gebruik:", "[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]": "OPDRACHT [...]"}
    for english, dutch in words.items():
        text = text.replace(english, dutch)
    return text


def run(app: typer.Typer) -> int:
    """Run the app and return its exit code; wrong use is explained in Dutch."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), file=sys.stderr)
            return USAGE_ERROR
        print(f"Fout: {_explain(error)}", file=sys.stderr)
        print("Zie 'leidraad --help' voor alle opdrachten.", file=sys.stderr)
        return USAGE_ERROR
    except OSError as error:
        print(f"Lezen of schrijven lukt niet: {os_error_in_words(error)}.", file=sys.stderr)
        return USAGE_ERROR
    except (typer.Abort, KeyboardInterrupt):
        print("Afgebroken.", file=sys.stderr)
        return USAGE_ERROR
    return code if isinstance(code, int) else 0


def _explain(error: TyperException) -> str:
    """Say what was wrong with the command line, by the kind of error."""
    kind = type(error).__name__
    wanted = getattr(error, "param", None)
    parameter = getattr(wanted, "metavar", None) or getattr(wanted, "name", None) or ""
    option = getattr(error, "option_name", "")
    match kind:
        case "MissingParameter":
            return f"er ontbreekt een argument: {parameter}."
        case "NoSuchOption":
            return f"de optie {option} bestaat niet."
        case "BadParameter":
            return f"de waarde van {parameter} kan niet."
        case "BadOptionUsage":
            return f"de optie {option} is niet goed gebruikt."
        case _:
            return "deze opdracht kent Leidraad niet."
