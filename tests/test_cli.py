"""The commands as scripts outside the project call them: lines, exit codes, one plain sentence on an error."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from making import script, tweet, x_files, zipped

COMMANDS = ("start", "demo", "inspect", "records", "scan", "declare", "verify", "hr", "policy", "wipe")


def run(*arguments: object, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"SELF_AUDIT_HOME": str(home)} if home else {})
    return subprocess.run(
        [sys.executable, "-m", "auditlib", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", env=environment, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def lines(done: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return zipped(tmp_path / "twitter.zip", x_files("jo", 1, 2))


def test_help_names_every_command():
    done = run("--help")
    assert done.returncode == 0 and all(f"    {name} " in done.stdout for name in COMMANDS)


def test_inspect_gives_one_line_per_account(archive):
    done = run("inspect", archive, "--json")
    assert done.returncode == 0
    assert lines(done) == [
        {
            "record": "account", "platform": "x", "account": "jo", "era": "2020 onward", "counts": {"post": 2, "profile": 1},
            "first": "2022-03-04T08:15:00+00:00", "last": "2022-03-04T08:15:00+00:00",
            "coverage": {"read": 2, "ignored": 0, "unknown": 0, "failed": 0}, "warnings": [],
        }
    ]  # fmt: skip


def test_a_post_is_one_whole_line(archive):
    done = run("records", archive, "--only", "item", "--json")
    assert done.returncode == 0
    assert lines(done)[0] == {
        "record": "item", "platform": "x", "account": "jo", "where": "data/tweets.js#0", "kind": "post", "key": "x:92:post:1",
        "id": "1", "at": "2022-03-04T08:15:00+00:00", "title": None, "text": "Tea and toast",
        "author": "me", "author_name": "jo",
        "audience": "unknown", "reply_to": None, "quoted": None, "conversation": None, "place": None, "media": [], "links": [],
        "url": "https://x.com/jo/status/1", "deleted": False, "state": "live",
    }  # fmt: skip


def test_only_chooses_the_kinds_and_refuses_others(archive):
    assert {r["record"] for r in lines(run("records", archive, "--only", "profile,coverage", "--json"))} == {
        "profile",
        "coverage",
    }
    done = run("records", archive, "--only", "posts")
    assert (done.returncode, done.stderr) == (2, "--only knows item, connection, setting, profile, coverage, not posts.\n")


def test_scan_finds_scores_and_keeps_nothing(archive, tmp_path):
    bad = zipped(tmp_path / "bad.zip", x_files("jo") | {"data/tweets.js": script("tweets", [
        tweet(1, "The wifi password at work is Sunflower12"), tweet(2, "Tea and toast")])})  # fmt: skip
    home = tmp_path / "home"
    home.mkdir()
    done = run("scan", bad, "--json", "--scores", home=home)
    found = lines(done)
    assert done.returncode == 0 and list(home.iterdir()) == []
    assert [(r["record"], r["id"]) for r in found[:2]] == [("scores", "1"), ("scores", "2")]
    [finding] = [r for r in found if r["record"] == "finding"]
    assert (finding["id"], finding["clause"], finding["severity"]) == ("1", "log-ins", "serious")
    assert all("Sunflower12" not in key for key in (finding["key"], finding["rule"]))
    start, end = finding["spans"][-1]
    assert 0 <= start < end <= len(finding["text"])
    assert run("scan", bad, "--json", "--scores").stdout == done.stdout


def test_scan_into_the_workspace_can_be_gone_on_with(archive, tmp_path):
    home = tmp_path / "home"
    assert run("scan", archive, "--workspace", home=home).returncode == 0
    assert (home / "workspace.sqlite").exists()
    done = run("wipe", home=home)
    assert done.returncode == 0 and not list(home.glob("workspace*"))


@pytest.mark.parametrize(
    ("name", "data", "code", "sentence"),
    [
        ("missing.zip", None, 2, "There is no missing.zip here"),
        ("letter.zip", b"Dear all", 2, "letter.zip is not a zip archive"),
        ("cut.zip", b"PK\x03\x04 and then nothing", 2, "cut.zip is cut off or damaged"),
        ("holiday.json", b'{"beach": true}', 1, "holiday.json is not an export this version knows"),
        ("empty.js", b"", 1, "empty.js is not an export this version knows"),
        ("only.js", b"window.YTD.tweets.part0 = [ {", 1, "Nothing in these archives could be read"),
    ],
)
def test_bad_input_gets_one_plain_sentence(tmp_path, name, data, code, sentence):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    for command in ("inspect", "records", "scan"):
        done = run(command, tmp_path / name)
        last = done.stderr.strip().splitlines()[-1]
        assert (done.returncode, last.startswith(sentence)) == (code, True), done.stderr
        assert "Traceback" not in done.stderr and str(tmp_path) not in last


def test_an_empty_folder_is_no_export(tmp_path):
    done = run("inspect", tmp_path)
    assert done.returncode == 1 and "is not an export this version knows" in done.stderr


def test_an_encrypted_zip_is_told(tmp_path, archive):
    data = bytearray(archive.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    archive.write_bytes(data)
    done = run("records", archive)
    assert (done.returncode, done.stderr) == (
        2,
        "twitter.zip is locked with a password: unlock or download it again without one.\n",
    )


def test_wrong_usage_is_one_sentence(tmp_path):
    for arguments in ((), ("inspect",), ("bogus",), ("hr",), ("scan", tmp_path, "--since", "soon")):
        if arguments:
            done = run(*arguments)
            assert done.returncode == 2 and done.stderr.strip().splitlines()[-1].endswith("."), done.stderr


def test_text_of_an_archive_cannot_steer_the_terminal(tmp_path):
    hostile = zipped(tmp_path / "x.zip", x_files("jo") | {
        "data/tweets.js": script("tweets", [tweet(1, "\x1b[2Jgone\x07 \u202ereversed")])})  # fmt: skip
    done = run("records", hostile)
    assert "gone" in done.stdout and not set(done.stdout) & set("\x1b\x07\u202e")


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    archive = zipped(tmp_path / "x.zip", x_files("jo", *range(1, 20000)))
    done = subprocess.run(
        f'"{sys.executable}" -m auditlib records "{archive}" --json | head -n 1', shell=True, capture_output=True, text=True
    )
    assert done.stderr == "" and json.loads(done.stdout)["record"] == "profile"


def test_declare_says_all_that_is_missing(tmp_path):
    done = run("declare", "--name", "Jo Invented", home=tmp_path)
    assert done.returncode == 1
    for what in ("your job role", "your start date", "the tick that says you mean"):
        assert what in done.stderr


def test_the_demo_leaves_one_declaration_and_the_register(tmp_path):
    done = run("demo", "--out", tmp_path / "out", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert [p.suffix for p in (tmp_path / "out").iterdir() if p.is_file()] == [".docx"]
    assert sorted(p.name for p in (tmp_path / "out" / "received").iterdir()) == [
        "register.csv",
        "register.sqlite",
        "register.xlsx",
    ]
    [document] = (tmp_path / "out").glob("*.docx")
    checked = run("verify", document, "--json")
    assert checked.returncode == 0 and lines(checked)[0]["verdict"] == "valid"
    assert not (tmp_path / "home").exists()


def test_no_text_of_the_sample_is_in_the_declaration(tmp_path):
    """No text of any record (12 characters or more), no handle, contact name, place or conversation title (5 or more), no
    link, phone, e-mail or birthday, no archive file name, in any member, as it is, encoded or compressed."""
    import base64
    import zlib

    from auditlib import exports, walk
    from auditlib.demo import SAMPLE_NAME
    from auditlib.policy import load_school
    from auditlib.records import Connection, Item, ProfileFact

    assert run("demo", "--out", tmp_path).returncode == 0
    [document] = tmp_path.glob("*.docx")
    with zipfile.ZipFile(document) as z:
        held = b"\n".join(z.read(n) + n.encode() for n in z.namelist()) + document.read_bytes() + document.name.encode()
    for blob in held.split(b">"):  # what is base64 inside the XML
        try:
            decoded = base64.b64decode(blob.partition(b"<")[0].strip(), validate=True)
            held += decoded
            held += zlib.decompress(decoded)
        except (ValueError, zlib.error):
            continue
    low = held.decode("utf-8", "replace").casefold()
    own = {SAMPLE_NAME.casefold(), *SAMPLE_NAME.casefold().split()}
    school = load_school(None).school
    own |= {n.casefold() for n in (school.name, *school.also_known_as)}
    long, short = set(), set()
    with exports.look(walk.sample_paths()) as found:
        for record in found.records():
            if isinstance(record, Item):
                long |= {
                    record.text,
                    record.title or "",
                    *(m.description or "" for m in record.media),
                    *(m.alt or "" for m in record.media),
                }
                short |= {record.author_name or "", (record.place and record.place.name) or "", record.url or "", *record.links}
                if record.conversation:
                    short |= {record.conversation.title or "", *record.conversation.participants}
            elif isinstance(record, Connection):
                short |= {record.handle or "", record.name or ""}
            elif isinstance(record, ProfileFact):
                short |= {record.value}
    short |= {p.name for p in walk.sample_paths()} | {p.stem for p in walk.sample_paths()}
    wanted = {t.casefold().strip() for t in long if len(t.strip()) >= 12} | {
        t.casefold().strip() for t in short if len(t.strip()) >= 5
    }
    assert len(wanted) > 300
    assert sorted(t for t in wanted - own if t in low) == []


def test_no_name_of_user_host_or_path_is_in_the_declaration(tmp_path):
    import getpass
    import socket

    assert run("demo", "--out", tmp_path).returncode == 0
    [document] = tmp_path.glob("*.docx")
    with zipfile.ZipFile(document) as z:
        held = b"\n".join(z.read(n) for n in z.namelist()).decode("utf-8", "replace")
    wanted = {socket.gethostname(), str(tmp_path), str(Path.home()), str(Path.cwd())} | ({getpass.getuser()} - {"root"})
    assert [w for w in wanted if len(w) > 3 and w in held] == []


def test_a_file_that_is_not_there_is_unusable_input_and_the_others_are_answered(tmp_path):
    assert run("demo", "--out", tmp_path).returncode == 0
    [document] = tmp_path.glob("*.docx")
    done = run("verify", document, tmp_path / "missing.docx", "--json")
    assert done.returncode == 2 and [line["verdict"] for line in lines(done)] == ["valid", "not valid"]
    assert done.stderr.strip().splitlines()[-1].startswith("missing.docx: ")


def test_the_register_points_out_a_declaration_for_another_school(tmp_path):
    assert run("demo", "--out", tmp_path / "in").returncode == 0
    school = tmp_path / "school.toml"
    lines_of = ("[school]", 'name = "Elm Park Primary"', "[policy]", 'title = "Policy"', 'version = "December 2018"')
    school.write_text("\n".join(lines_of), encoding="utf-8")
    done = run("hr", "register", tmp_path / "in", "--school", school, "--by", "HR", "--json", home=tmp_path / "home")
    [row] = [r for r in lines(done) if r["surname"] == "Oakhanger"]
    assert done.returncode == 0 and row["received_by"] == "HR" and "another school" in row["notes"]
