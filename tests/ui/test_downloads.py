"""A file that was asked for is there until its page changes, whatever others do meanwhile."""

from __future__ import annotations

from pathlib import PurePosixPath
from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st
    from streamlit import runtime

    from ui.downloads import download

    download("Verslag", lambda: b"Wat er is gezegd.", "v.txt", "text/plain", key="verslag")
    st.session_state["files"] = runtime.get_instance().media_file_mgr


def test_the_file_stays_while_others_use_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    at = AppTest.from_function(page).run()
    (button,) = at.get("download_button")
    files = at.session_state["files"]
    assert isinstance(files, MediaFileManager)
    # Outside of a run AppTest has no app any more; what keeps the files outlives it.
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(media_file_mgr=files))

    name = PurePosixPath(files.execute_deferred(button.proto.deferred_file_id)).stem
    for _ in range(3):  # others look for news
        files.remove_orphaned_files()
    kept = files.read_file(name)
    assert kept is not None
    assert kept.content == b"Wat er is gezegd."

    files.clear_session_refs("test session id")  # its page is drawn again
    for _ in range(2):
        files.remove_orphaned_files()
    assert files.read_file(name) is None
