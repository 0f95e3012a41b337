"""Files are written together: all of them or none, and never over what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.writing import write_together


def there(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_all_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_together({tmp_path / "a" / "een": b"1", tmp_path / "twee": b"2"})
    assert there(tmp_path) == {"a/een": b"1", "twee": b"2"}


def test_what_is_there_is_replaced_only_where_that_is_meant(tmp_path: Path) -> None:
    old = tmp_path / "oud"
    old.write_bytes(b"oud")
    write_together({old: b"nieuw"}, {old: b"oud"})
    assert there(tmp_path) == {"oud": b"nieuw"}
    with pytest.raises(FileExistsError) as caught:
        write_together({tmp_path / "een": b"1", old: b"anders"})
    assert caught.value.filename == str(old)
    assert there(tmp_path) == {"oud": b"nieuw"}


def test_a_link_to_nowhere_is_something_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nergens")
    with pytest.raises(FileExistsError):
        write_together({tmp_path / "link": b"1"})
    assert there(tmp_path) == {}


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_disk_that_fills_up_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, after: int
) -> None:
    (tmp_path / "b").write_bytes(b"oud")
    files = {tmp_path / name: name.encode() for name in ("a", "b", "c")}
    original, calls = getattr(Path, method), []

    def full(self: Path, *arguments: object) -> object:
        calls.append(self)
        if len(calls) == after + 1:
            raise OSError(28, "vol")
        return original(self, *arguments)

    monkeypatch.setattr(Path, method, full)
    with pytest.raises(OSError, match="vol") as caught:
        write_together(files, {tmp_path / "b": b"oud"})
    assert caught.value.errno == 28
    assert caught.value.filename == str(tmp_path / "abc"[after])
    assert there(tmp_path) == {"b": b"oud"}
