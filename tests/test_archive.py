"""Archives from outside: hostile names, damage, encryption, nesting; nothing outside the tree is ever reached."""

import io
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from auditlib import archive
from auditlib.archive import open_path
from auditlib.errors import NotAnArchive, UnsafeArchive


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(name, data)
    return path


def encrypted(path: Path) -> Path:
    """A zip whose one member says it is encrypted (bit 0 of the flags, in both headers)."""
    zipped(path, {"a.json": b"[]"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "name", ["../out.json", "a/../../out.json", "/etc/out.json", "C:/out.json", "..\\out.json", "a\\..\\..\\b.json"]
)
def test_a_name_that_leads_outside_is_refused_with_the_reason(tmp_path, name):
    with open_path(zipped(tmp_path / "x.zip", {name: b"[]", "ok.json": b"[1]"})) as tree:
        assert list(tree.members) == ["ok.json"]
        assert [r.path for r in tree.refused] == [name.replace("\\", "/")]
        assert "its name" in tree.refused[0].reason


def test_backslashes_and_dots_in_names_are_made_plain(tmp_path):
    with open_path(zipped(tmp_path / "x.zip", {"data\\tweets.js": b"[1]", "./b/./c.json": b"[2]"})) as tree:
        assert {p: tree.read(p) for p in tree.members} == {"data/tweets.js": b"[1]", "b/c.json": b"[2]"}


def test_a_link_in_a_zip_is_never_followed(tmp_path):
    info = zipfile.ZipInfo("link.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as z:
        z.writestr(info, "/etc/passwd")
    with open_path(tmp_path / "x.zip") as tree:
        assert not tree.members and tree.refused[0].reason == "a link, which is never followed"


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights on Windows")
def test_links_in_a_folder_are_never_followed(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.json").write_text("[]")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "dir").symlink_to(tmp_path / "secret")
    (folder / "f.json").symlink_to(tmp_path / "secret" / "s.json")
    (folder / "ok.json").write_text("[]")
    with open_path(folder) as tree:
        assert list(tree.members) == ["ok.json"]
        assert sorted(r.path for r in tree.refused) == ["dir", "f.json"]


def test_a_second_member_of_the_same_name_is_reported(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as z:
        z.writestr("a.json", "[1]")
        with pytest.warns(UserWarning):
            z.writestr("a.json", "[2]")
    with open_path(tmp_path / "x.zip") as tree:
        assert tree.read("a.json") == b"[1]"
        assert [r.path for r in tree.refused] == ["a.json"]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda p: p, "There is no x.zip here: check the name and where it was saved."),
        (
            lambda p: p.write_bytes(b"hello"),
            "x.zip is not a zip archive: choose the file or folder you downloaded from the platform.",
        ),
        (
            lambda p: p.write_bytes(b""),
            "x.zip is not a zip archive: choose the file or folder you downloaded from the platform.",
        ),
        (
            lambda p: p.write_bytes(zipped(p, {"a.json": b"[1]" * 100}).read_bytes()[:60]),
            "x.zip is cut off or damaged: download it again and wait until the download has finished.",
        ),
        (encrypted, "x.zip is locked with a password: unlock or download it again without one."),
    ],
)
def test_what_cannot_be_opened_is_told_in_one_sentence(tmp_path, make, sentence):
    make(tmp_path / "x.zip")
    with pytest.raises(NotAnArchive) as told:
        open_path(tmp_path / "x.zip")
    assert str(told.value) == sentence


def test_a_member_is_never_held_whole_over_the_limit(tmp_path):
    with open_path(zipped(tmp_path / "x.zip", {"a.json": b"1" * 5000})) as tree:
        with pytest.raises(UnsafeArchive):
            tree.read("a.json", limit=4999)
        assert tree.read("a.json", limit=5000) == b"1" * 5000


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    with pytest.raises(UnsafeArchive):
        open_path(zipped(tmp_path / "x.zip", {f"{n}.json": b"" for n in range(11)}))


def test_an_inner_zip_opens_one_level_and_a_broken_one_does_not(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as z:
        z.writestr("data/tweets.js", "[]")
    with open_path(zipped(tmp_path / "x.zip", {"in.zip": inner.getvalue(), "bad.zip": b"PK\3\4junk"})) as tree:
        opened = tree.inner_zip("in.zip")
        assert opened is not None and list(opened.members) == ["data/tweets.js"]
        opened.close()
        assert tree.inner_zip("bad.zip") is None


def test_progress_counts_what_was_inflated(tmp_path):
    with open_path(zipped(tmp_path / "x.zip", {"a.json": b"1" * 70_000})) as tree:
        tree.read("a.json")
        assert tree.inflated == 70_000


def test_system_leftovers_are_told_apart():
    noise = ["__MACOSX/a/._b.json", "x/.DS_Store", "a/Thumbs.db", "data/._tweets.js", "desktop.ini"]
    assert all(map(archive.is_noise, noise)) and not archive.is_noise("data/tweets.js")


def test_a_damaged_name_in_the_directory_is_a_damaged_archive(tmp_path):
    path = zipped(tmp_path / "x.zip", {"café.json": b"[]"})
    data = bytearray(path.read_bytes())
    data[data.rindex("é".encode())] = 0xF5
    path.write_bytes(data)
    with pytest.raises(NotAnArchive) as told:
        open_path(path)
    assert str(told.value).startswith("x.zip is cut off or damaged")
