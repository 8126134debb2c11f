"""Tar archives and gzipped files are read like zips: by name, safely, and with one sentence when they are damaged."""

import gzip
import io
import tarfile

import pytest
from making import x_files

from auditlib.archive import open_path
from auditlib.errors import NotAnArchive, UnsafeArchive
from auditlib.exports import look
from auditlib.tarball import _kept, new_spool


def tarred(path, files, mode="w:gz", extra=()):
    with tarfile.open(path, mode) as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for info in extra:
            tar.addfile(info)
    return path


@pytest.mark.parametrize(("name", "mode"), [("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar", "w"), ("a.tar.bz2", "w:bz2")])
def test_an_export_in_a_tar_archive_is_read_as_from_a_zip(tmp_path, name, mode):
    with look([tarred(tmp_path / name, x_files("jo", 1, 2) | {"data/tweets_media/1.jpg": b"picture"}, mode)]) as found:
        [export] = found.exports
        assert (export.module.NAME, export.account.account) == ("x", "jo")
        assert [r.id for r in export.records() if getattr(r, "kind", "") == "post"] == ["1", "2"]


def test_members_that_lead_out_and_links_are_never_followed(tmp_path):
    link = tarfile.TarInfo("link.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with open_path(tarred(tmp_path / "a.tgz", {"../out.json": b"1", "/abs.json": b"1", "in.json": b"2"}, extra=[link])) as tree:
        assert list(tree.members) == ["in.json"] and tree.read("in.json") == b"2"
        assert [(r.path, r.reason) for r in tree.refused] == [
            ("../out.json", "its name leads out of the archive"),
            ("/abs.json", "its name is an absolute path"),
            ("link.json", "a link, which is never followed"),
        ]


def test_pictures_are_listed_and_not_kept(tmp_path):
    with open_path(tarred(tmp_path / "a.tgz", {"a.json": b"{}", "b.jpg": b"x" * 1000})) as tree:
        assert [(m.path, m.size) for m in tree.members.values()] == [("a.json", 2), ("b.jpg", 1000)]
        with pytest.raises(OSError):
            tree.open("b.jpg")
        assert tree.head("b.jpg") == b""


def test_one_gzipped_file_is_one_member(tmp_path):
    (tmp_path / "list.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    with open_path(tmp_path / "list.csv.gz") as tree:
        assert [(m.path, m.origin) for m in tree.members.values()] == [("list.csv", "list.csv.gz")]
        assert tree.read("list.csv") == b"a,b\n1,2\n"


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_cut_off_archive_is_one_sentence(tmp_path, keep):
    data = tarred(tmp_path / "a.tgz", {f"{n}.json": bytes(range(256)) * 50 for n in range(20)}).read_bytes()
    (tmp_path / "cut.tgz").write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(NotAnArchive, match=r"^cut\.tgz is cut off or damaged: download it again"):
        open_path(tmp_path / "cut.tgz")


def test_more_than_any_export_holds_is_refused(monkeypatch):
    monkeypatch.setattr("auditlib.tarball.MAX_SPOOLED", 1000)
    with pytest.raises(UnsafeArchive):
        _kept(io.BytesIO(b"x" * 2000), new_spool())
