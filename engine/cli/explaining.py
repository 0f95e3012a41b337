"""The command that explains what a finding means."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from engine.cli.shared import unknown
from engine.design.explained import explained


def uitleg(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="De code uit een melding; anders alle codes."),
    ] = None,
) -> None:
    """Leg een melding uit: wat er fout is, hoe het goed is, en waarom."""
    known = explained()
    if code is None:
        width = max(map(len, known))
        for theme, group in groupby(known.items(), key=lambda item: item[1].theme):
            typer.echo(f"{theme}")
            for name, found in group:
                typer.echo(f"  {name:{width}}  {found.meaning}")
        return
    name = code.lower()
    if name not in known:
        unknown("melding die", name, known)
    found = known[name]
    if found.page:
        typer.echo(found.page, nl=False)
    else:
        typer.echo(f"{name}: {found.meaning}\n\nHerstel: {found.mend}.")
