"""The known traps of Pinterest's pages, one by one, in the order of the format notes."""

import zipfile
from pathlib import Path

import pytest
from making import laid

from auditlib.exports import look
from auditlib.platforms._pinterest_lines import lines
from auditlib.records import Connection, Coverage, Item, Media, ProfileFact, Quoted, Summary

SHARED = Path(__file__).resolve().parents[2] / "shared" / "fixtures" / "pinterest"
FIELDS = (
    "Title", "Details", "Image", "Is Native", "Board Id", "Board Name", "Is Video", "Ip Address", "Username", "Alt Text",
    "Canonical Link", "Story Pin Media", "Video",
)  # fmt: skip
LAST = {"Created at": "2021/05/06 07:08:09", "Alive": "True", "Is a repin": "False", "Private": "False"}


def pin(number: int, **fields: str) -> str:
    said = {name.replace("_", " "): value for name, value in fields.items()}
    address = f"https://www.pinterest.com/pin/{number}/"
    rows = [f"{name}: {said.get(name, 'wren' if name == 'Username' else 'No data')}," for name in FIELDS]
    rows += [f"{name}: {said.get(name, value)}" for name, value in LAST.items()]
    return f'<a href="{address}">{address}</a>\n' + "\n".join(f"<br>{row}" for row in rows) + "<br><br>"


def page(*sections: tuple[str, str]) -> bytes:
    inside = "".join(f"<h1 id=r{n}d0m>{title}</h1>\n{body}" for n, (title, body) in enumerate(sections))
    return f'<div id="contents">{inside}\n</div>\n'.encode()


class Read:
    """What the given page, or the files in the given folder, give."""

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        if data is not None:
            path = laid(path, {"data.html": data}) / "data.html"
        with look([path]) as found:
            records = list(found.records())
        self.items = [r for r in records if isinstance(r, Item)]
        self.pins = [i for i in self.items if i.kind in ("post", "repost")]
        self.people = [(r.relation, r.handle, r.name) for r in records if isinstance(r, Connection)]
        self.facts = [(r.fact, r.value) for r in records if isinstance(r, ProfileFact)]
        self.coverage = [r for r in records if isinstance(r, Coverage)]
        [self.summary] = [r for r in records if isinstance(r, Summary)]


def one(folder: Path, **fields: str) -> Item:
    [item] = Read(folder, page(("Pins", pin(7, **fields)))).pins
    return item


def test_01_pins_lie_side_by_side_without_an_element_of_their_own(tmp_path):
    found = Read(
        tmp_path, page(("Pins", pin(1, Title="a") + pin(2, Title="b") + pin(3, Title="c")), ("Else", "<br>Key: d<br><br>"))
    )
    assert [(i.id, i.title, i.url) for i in found.pins] == [
        ("1", "a", "https://www.pinterest.com/pin/1/"),
        ("2", "b", "https://www.pinterest.com/pin/2/"),
        ("3", "c", "https://www.pinterest.com/pin/3/"),
    ]


def test_02_a_link_inside_a_value_is_no_pin_and_leads_where_it_says(tmp_path):
    other = "https://www.pinterest.com/pin/99/"
    item = one(
        tmp_path, Canonical_Link=f'<a href="{other}?a=1&amp;b=2">shown short</a>', Details=f'see <a href="{other}">{other}</a>'
    )
    assert (item.id, item.links, item.text) == ("7", (f"{other}?a=1&b=2",), f"see {other}")


def test_03_flags_are_written_as_python_writes_them_and_others_are_not_guessed(tmp_path):
    found = Read(
        tmp_path,
        page(
            (
                "Pins",
                pin(1, Private="True")
                + pin(2, Private="False")
                + pin(3, Private="No data", Alive="No data", Is_a_repin="maybe"),
            )
        ),
    )
    assert [(i.audience, i.deleted, i.kind) for i in found.pins] == [
        ("private", False, "post"),
        ("public", False, "post"),
        ("unknown", False, "post"),
    ]


def test_04_a_repin_carries_other_peoples_words(tmp_path):
    found = Read(
        tmp_path,
        page(("Pins", pin(1, Title="mine") + pin(2, Title="theirs", Details="too", Username="kit", Is_a_repin="True"))),
    )
    assert [(i.kind, i.author, i.author_name, i.quoted) for i in found.pins] == [
        ("post", "me", "wren", None),
        ("repost", "me", "wren", Quoted(None, "kit", "theirs\ntoo")),
    ]


def test_05_thousands_of_pins_are_read_as_they_come(tmp_path):
    class Slowly:
        """A page that counts how far it was read."""

        def __init__(self, data: bytes) -> None:
            self.data, self.at = data, 0

        def read(self, size: int) -> bytes:
            self.at += size
            return self.data[self.at - size : self.at]

    stream = Slowly(page(("Pins", "".join(pin(n) for n in range(3000)))))
    first = [next(lines(stream)) for _ in range(1)]  # type: ignore[arg-type]
    assert first[0].heading
    assert stream.at < len(stream.data) / 5
    assert len(Read(tmp_path, stream.data).pins) == 3000


def test_06_deleted_pins_are_still_listed(tmp_path):
    item = one(tmp_path, Alive="False")
    assert (item.deleted, item.state) == (True, "binned")


def test_a_value_may_hold_colons_and_commas_and_go_on_over_lines(tmp_path):
    item = one(tmp_path, Title="Tea: hot, strong,", Details="One,<br>two: three<br>four", Alt_Text="a, b")
    assert (item.title, item.text, item.media) == (
        "Tea: hot, strong,",
        "One,\ntwo: three\nfour",
        (Media(None, "photo", "a, b"),),
    )


def test_no_data_is_empty_and_a_new_field_is_kept_as_text(tmp_path):
    assert one(tmp_path / "a").text == ""
    data = page(("Pins", pin(7, Details="words").replace("<br>Image:", "<br>Mood: sunny,\n<br>Image:")))
    [item] = Read(tmp_path / "b", data).pins
    assert item.text == "words\nMood: sunny"


def test_the_address_of_a_computer_is_never_told(tmp_path):
    sections = (("Pins", pin(7, Ip_Address="192.0.2.7")), ("Notes", "<br>Ip Address: 192.0.2.8,<br>Said: hello,<br><br>"))
    found = Read(tmp_path, page(*sections))
    assert "192.0.2" not in repr(found.items)
    assert [i.text for i in found.items if i.kind == "other"] == ["Said: hello"]


def test_times_name_no_zone_and_get_none(tmp_path):
    assert one(tmp_path).at == "2021-05-06T07:08:09"


def test_words_between_tags_are_decoded(tmp_path):
    assert one(tmp_path, Title="Kit&#39;s caf&eacute; &amp; <b>bar</b> &lt;3").title == "Kit's café & bar <3"


def test_boards_are_told_once_and_are_secret_when_every_pin_is(tmp_path):
    pins = (
        pin(1, Board_Id="5", Board_Name="Open", Private="False")
        + pin(2, Board_Id="5", Board_Name="No data", Private="True")
        + pin(3, Board_Id="6", Board_Name="Shut", Private="True")
    )
    boards = (
        "Boards",
        "<br>Board Id: 5,<br>Name: Open,<br>Description: For all,<br><br><br>Board Id: 8,<br>Name: Empty,<br><br>",
    )
    found = Read(tmp_path, page(boards, ("Pins", pins)))
    assert [(i.id, i.title, i.text, i.audience) for i in found.items if i.kind == "other"] == [
        ("5", "Open", "For all", "public"),
        ("6", "Shut", "", "private"),
        ("8", "Empty", "", "unknown"),
    ]


def test_sections_are_told_by_the_words_of_their_headings(tmp_path):
    found = Read(
        tmp_path,
        page(
            ("About your profile", "<br>Username: wren,<br>Email: wren@mail.example,<br><br>"),
            ("Your comments", "<br>Comment: so true,<br>Created at: 2021/06/01 10:00:00<br><br>"),
            ("Messages you sent", "<br>From: wren,<br>To: kit,<br>Message: hello<br><br>"),
            ("Followers", "<br>Username: kit,<br>Name: Kit Oster,<br><br>"),
            ("Blocked people", '<br><a href="https://www.pinterest.co.uk/maud/">maud</a><br><br>'),
            ("Pins", pin(1)),
        ),
    )
    assert found.facts == [("handle", "wren"), ("email", "wren@mail.example")]
    assert [(i.kind, i.author, i.text, i.at) for i in found.items if i.kind in ("comment", "message")] == [
        ("comment", "me", "so true", "2021-06-01T10:00:00"),
        ("message", "me", "hello", None),
    ]
    assert found.people == [("follower", "kit", "Kit Oster"), ("blocked", "maud", None)]


def test_a_section_that_no_heading_explains_is_shown_as_text_and_named(tmp_path):
    found = Read(tmp_path, page(("Pins", pin(1)), ("Quizzes", "<br>Answer: Assam,<br><br>"), ("Ads seen", "<br>A: b<br><br>")))
    assert [(i.text, i.author) for i in found.items if i.kind == "other"] == [("Answer: Assam", None)]
    assert [(c.state, c.member) for c in found.coverage] == [
        ("read", "data.html"),
        ("unknown", "data.html: Quizzes"),
        ("ignored", "data.html: Ads seen"),
    ]


def test_the_heading_counts_not_its_number_or_place(tmp_path):
    assert [i.id for i in Read(tmp_path, page(("Searches", "<br>Query: x<br><br>"), ("Pins", pin(4)))).pins] == ["4"]


@pytest.mark.parametrize("cut", [20, 60, 300, 700])
def test_a_page_that_is_cut_off_fails_and_keeps_what_came_before(tmp_path, cut):
    found = Read(tmp_path, page(("Pins", pin(1) + pin(2) + pin(3)))[:-cut])
    assert [(c.state, c.reason) for c in found.coverage] == [
        ("failed", "it stops in the middle: download the archive again if you can")
    ]
    assert [i.id for i in found.pins][:2] == ["1", "2"]


def test_several_pages_in_a_zip_are_one_account_and_other_files_are_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as z:
        z.writestr("export/a.html", page(("Pins", pin(1))))
        z.writestr("export/b.html", page(("Comments", "<br>Comment: well<br><br>")))
        z.writestr("export/c.html", "<p>a note</p>")
        z.writestr("export/d.json", "{}")
    found = Read(tmp_path / "data.zip")
    assert [i.kind for i in found.items] == ["post", "comment"]
    assert [(c.member, c.state) for c in found.coverage] == [
        ("export/a.html", "read"),
        ("export/b.html", "read"),
        ("export/c.html", "unknown"),
        ("export/d.json", "unknown"),
    ]


def test_whose_the_pins_are_is_the_name_on_own_pins(tmp_path):
    mixed = pin(1, Username="wren") + pin(2, Username="kit", Is_a_repin="True") + pin(3, Username="maud", Is_a_repin="True")
    assert Read(tmp_path / "a", page(("Pins", mixed))).summary.account == "wren"
    theirs = pin(2, Username="kit", Is_a_repin="True") + pin(3, Username="maud", Is_a_repin="True")
    found = Read(tmp_path / "b", page(("Pins", theirs)))
    assert found.summary.account is None
    assert "do not say whose they are" in " ".join(found.summary.warnings)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example files are not here")
def test_the_page_another_project_published_is_read():
    found = Read(SHARED / "pinterest-sample.html")
    [item] = found.items
    assert (item.kind, item.id, item.text, item.at, item.audience) == (
        "repost",
        "123456789",
        "some text",
        "2017-02-13T15:35:01",
        "public",
    )
    assert item.links == ("https://some-cool-address-that-leads-to-the-source-of-my-pin",)


def test_messages_between_the_same_people_are_one_conversation(tmp_path):
    said = ("Sender: kit<br>To: wren<br>Message: hello<br><br>Sender: wren<br>To: kit<br>Message: hi<br><br>"
            "Sender: wren<br>To: maud<br>Message: you too<br><br>")  # fmt: skip
    found = Read(tmp_path, page(("Pins", pin(1)), ("Messages", said)))
    talks = [i.conversation for i in found.items if i.kind == "message"]
    assert [(t.participants, t.group) for t in talks] == [(("kit",), False), (("kit",), False), (("maud",), False)]
    assert talks[0].id == talks[1].id != talks[2].id
    assert {i.audience for i in found.items if i.kind == "message"} == {"direct"}


def test_the_pages_own_list_of_its_sections_is_no_record(tmp_path):
    found = Read(tmp_path, page(("Contents", '<a href="#r1d0m">Pins</a><br>'), ("Pins", pin(1))))
    assert [i.kind for i in found.items] == ["post"]
