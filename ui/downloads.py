"""Files to take along: made when someone asks for one, and there until their browser has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Literal

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    add_script_run_ctx,
    get_script_run_ctx,
)


def download(
    label: str,
    make: Callable[[], bytes],
    name: str,
    mime: str,
    *,
    key: str,
    icon: str = ":material/download:",
    look: Literal["secondary", "tertiary"] = "secondary",
    explained: str | None = None,
) -> None:
    """Draw the button for one file.

    Args:
        label: what the button says.
        make: makes the file, in a thread of its own.
        name: of the file.
        mime: what sort of file it is.
        key: of the button.
        icon: of the button.
        look: how much the button stands out.
        explained: what is said of it to who asks.
    """
    st.download_button(
        label,
        partial(_held, make, name, mime, key, get_script_run_ctx()),
        name,
        mime,
        key=key,
        icon=icon,
        help=explained,
        type=look,
        on_click="ignore",
    )


def _held(
    make: Callable[[], bytes], name: str, mime: str, key: str, page: ScriptRunContext | None
) -> bytes:
    """Make a file, and keep it for as long as the page that it was asked on stays as it is.

    Streamlit itself lets go of it at the second end of any run, of whoever uses the app. While
    a group meets, their pages look for news every second, and the file was gone before the
    browser came for it.
    """
    data = make()
    if page is not None and runtime.exists():
        # Streamlit knows whose page it is by the thread.
        holder = Thread(
            target=runtime.get_instance().media_file_mgr.add,
            args=(data, mime, f"download {key}", name),
            kwargs={"is_for_static_download": True},
        )
        add_script_run_ctx(holder, page)
        holder.start()
        holder.join()
    return data
