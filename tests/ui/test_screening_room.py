"""Where a file of clients is: a folder that goes, also when work ends that nobody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.screening.room import Room


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("ui.screening.room.gettempdir", lambda: str(tmp_path))
    made = Room()
    yield made
    made.close()


def write(place: Path) -> str:
    (place / "clienten.parquet").write_text("geheim")
    return "klaar"


def found(room: Room) -> list[Path]:
    return list(room.folder.rglob("clienten.parquet"))


class Stop(BaseException):
    """As Streamlit ends a script."""


def test_what_is_still_wanted_is_kept(room: Room) -> None:
    assert room.attempt(write) == "klaar"
    assert found(room)


@pytest.mark.parametrize("meanwhile", ["another page", "another attempt", "begun anew"])
def test_what_nobody_waits_for_any_more_is_taken_away(room: Room, meanwhile: str) -> None:
    def work(place: Path) -> str:
        if meanwhile == "another page":
            room.work.attempt = None
        elif meanwhile == "another attempt":
            room.attempt(lambda other: "anders")
        else:
            room.empty()
            place.mkdir(exist_ok=True)
        return write(place)

    assert room.attempt(work) is None
    assert found(room) == []


def test_work_that_is_stopped_leaves_nothing(room: Room) -> None:
    def work(place: Path) -> str:
        write(place)
        raise Stop

    with pytest.raises(Stop):
        room.attempt(work)
    assert found(room) == []


def test_only_a_failure_that_someone_waits_for_is_told(room: Room) -> None:
    def fail(place: Path) -> str:
        write(place)
        raise OSError(28, "No space left on device")

    def fail_too_late(place: Path) -> str:
        room.empty()
        raise OSError(2, "No such file or directory")

    with pytest.raises(OSError, match="No space"):
        room.attempt(fail)
    assert room.attempt(fail_too_late) is None
    assert found(room) == []


def test_the_end_of_a_session_takes_the_folder_away_also_while_work_goes_on(room: Room) -> None:
    def work(place: Path) -> str:
        room.close()
        place.mkdir(parents=True, exist_ok=True)
        return write(place)

    assert room.attempt(work) is None
    assert not room.folder.exists()


def test_what_a_killed_process_left_is_taken_away_by_the_next(room: Room, tmp_path: Path) -> None:
    left = tmp_path / ".leidraad-gedood"
    left.mkdir()
    write(left)
    (left / ".bezig").touch()
    other = Room()
    assert not left.exists()
    assert room.is_there
    other.close()
