"""The known traps of YouTube's part of a Google Takeout, one by one, in the order of the format notes."""

import csv
import io
import json
import re
import tarfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import laid, zipped
from making_meta import Read

from auditlib.dates import from_google, from_iso
from auditlib.platforms._youtube_words import audience_of, spoken
from auditlib.records import Item, Place, ReplyTo

SHARED = Path(__file__).resolve().parents[2] / "shared" / "fixtures" / "youtube"
ME, BRAND = "UCwrenAshdown0000000000a", "UCkettleAndHob000000000b"
Y = "Takeout/YouTube and YouTube Music/"
COMMENTS = Y + "comments/comments.csv"
OLD = ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Parent Comment ID", "Video ID", "Comment Text")
NEW = ("Channel ID", "Comment Create Timestamp", "Price", "Comment ID", "Parent Comment ID", "Video ID", "Comment Text")
AT = "2024-11-02T21:10:00+00:00"
HTML_ENTRY = '<li>Sent at 2020-04-27 23:18:23 UTC while watching <a href="http://www.youtube.com/watch?v=q1W2e3R4t5Y">Otters</a>.<br/>{}</li>'


def table(*rows: tuple[str, ...], end: str = "\n\n\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return (text.getvalue() + end).encode()


def said(number: int, cell: str = '{"text":"words"}', price: str = "0", parent: str = "", channel: str = ME) -> tuple[str, ...]:
    """A row of the newer order."""
    return (channel, AT, price, f"UgzNumber{number:04}AaABAg", parent, "q1W2e3R4t5Y", cell)


def comments(*rows: tuple[str, ...]) -> dict[str, bytes]:
    return {COMMENTS: table(NEW, *rows)}


def read(folder: Path, files: dict[str, bytes]) -> Read:
    return Read(laid(folder, files))


def page(*entries: str) -> bytes:
    return f"<html><body><ul>{''.join(entries)}</ul></body></html>".encode()


@pytest.mark.parametrize(
    ("cell", "text", "links"),
    [
        ('{"takeoutSegments":[{"text":"one"}]}', "one", ()),
        ('{"takeoutSegments":[{"text":"one "},{"text":"two"}]}', "one two", ()),
        ('{"text":"first"},{"text":"\n"},{"text":"second"}', "first\nsecond", ()),
        ('{"text":"first"},{"text":"\\n"},{"text":"sec\\"ond\\u003e"}', 'first\nsec"ond>', ()),
        ('[{"text":"in"},{"text":" brackets"}]', "in brackets", ()),
        ('{"mention":{"externalChannelId":"UCx"}},{"text":" hello"}', " hello", ()),
        (
            '{"text":"see "},{"text":"a.example/lo...","link":{"linkUrl":"https://a.example/long"}}',
            "see https://a.example/long",
            1,
        ),
        ('{"text":"1:23","link":{"linkUrl":"https://www.youtube.com/watch?v=q1W2e3R4t5Y"}}', "1:23", 1),
        ('{"text":"x","link":{"linkUrl":"https://www.youtube.com/redirect?q=https%3A%2F%2Fa.example%2F"}}', "x", 1),
        ('{"takeoutSegments":[{"text":""never escaped" he said"}]}', '"never escaped" he said', ()),
        ('{"text":"cut', '{"text":"cut', ()),
        ("just words, {braces} and all", "just words, {braces} and all", ()),
        ('{"text":"curly {} and [] "},{"text":"done"}', "curly {} and [] done", ()),
        ('{"text":5},{"text":"five"}', "five", ()),
        ("", "", ()),
    ],
)
def test_01_cells_of_several_objects_and_raw_newlines(cell, text, links):
    found, addresses = spoken(cell)
    assert found == text
    assert len(addresses) == (links or 0)
    assert all("redirect" not in a for a in addresses)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4), st.booleans(), st.booleans())
def test_01_words_come_out_of_a_cell_as_they_went_in(texts, older, raw):
    pieces = [json.dumps({"text": text}, ensure_ascii=False, separators=(",", ":")) for text in texts]
    cell = f'{{"takeoutSegments":[{",".join(pieces)}]}}' if older else ",".join(pieces)
    if raw:  # as after CSV decoding
        cell = re.sub(r"(?<!\\)((?:\\\\)*)\\n", r"\1\n", cell)
    assert spoken(cell) == ("".join(texts), ())


def test_01_such_cells_come_through_the_whole_way(tmp_path):
    cell = '{"text":"our head is a clown"},{"text":"\n"},{"text":"lol"}'
    assert read(tmp_path, comments(said(1, cell), said(2))).texts() == ["our head is a clown\nlol", "words"]


def test_02_order_and_case_of_columns_trailing_ones_and_blank_lines(tmp_path):
    row = ("UgzNumber0001AaABAg", ME, AT, "0", "", "q1W2e3R4t5Y", '{"text":"words"}')
    expected = {"UgzNumber0001AaABAg": ("words", AT)}
    shapes = [
        table(OLD, row),
        table(NEW, said(1)),
        table(tuple(name.capitalize() for name in NEW), said(1)),
        table((*NEW, "Top-Level Comment ID", ""), (*said(1), "", "")),
        table((*OLD[:4], *OLD[5:]), (*row[:4], *row[5:])),  # no column for what it answers
        table(NEW, said(1), end="\n\n   \n\n"),
        b"\xef\xbb\xbf" + table(NEW, said(1)).replace(b"\n", b"\r\n"),
    ]
    for number, data in enumerate(shapes):
        found = read(tmp_path / str(number), {COMMENTS: data})
        assert {i.id: (i.text, i.at) for i in found.items} == expected
        assert found.states == {COMMENTS: "read"}


def test_03_folders_files_and_columns_of_any_language_in_either_form_of_accents(tmp_path):
    for form in ("NFC", "NFD"):
        files = {
            "Takeout/YouTube e YouTube Music/vídeos/vídeos.csv": table(
                ("ID", "Duração", "Idioma", "Categoria", "Canal", "Título", "Privacidade", "Estado", "Criação", "Publicação"),
                ("q1W2e3R4t5Y", "1000", "", "", ME, "Pão", "Público", "x", AT, AT),
            ),
            "Takeout/YouTube e YouTube Music/comentários/comentários com um nome muito longo que foi cort.csv": table(
                ("Canal", "Data", "Preço", "ID", "ID principal", "Vídeo", "Texto do comentário"), said(1)
            ),
            "Takeout/YouTube e YouTube Music/inscrições/inscrições.csv": table(
                ("ID do canal", "URL", "Título"), ("UCx", f"http://www.youtube.com/channel/{BRAND}", "Kettle")
            ),
            "Takeout/YouTube e YouTube Music/comentários/video_s.csv": table(("Uno", "Dos")),
        }
        found = read(tmp_path / form, {unicodedata.normalize(form, name): data for name, data in files.items()})
        assert found.platforms == ["youtube"]
        assert [(i.kind, i.title, i.text, i.audience) for i in found.items] == [
            ("comment", None, "words", "unknown"),
            ("post", "Pão", "", "public"),
        ]
        assert set(found.states.values()) <= {"read", "unknown"}


def test_03_old_pages_in_another_language_are_told_by_what_is_in_them(tmp_path):
    entry = (
        '<li>Gesendet am 2019-03-02 10:11:12 UTC beim Ansehen von <a href="http://www.youtube.com/watch?v=q1W2e3R4t5Y">'
        "Otter</a>.<br/>Schön &amp; gut<br/>wirklich</li>"
    )
    files = {
        "Takeout/YouTube/Meine Kommentare/Meine Kommentare.html": page(entry),
        "Takeout/YouTube/Verlauf/Wiedergabeverlauf.html": b'<div class="outer-cell mdl-cell">Angesehen <a href="x">y</a></div>',
    }
    found = read(tmp_path, files)
    assert [(i.kind, i.at, i.text, i.url) for i in found.items] == [
        ("comment", "2019-03-02T10:11:12+00:00", "Schön & gut\nwirklich", "https://www.youtube.com/watch?v=q1W2e3R4t5Y")
    ]


def test_04_a_price_is_a_paid_message(tmp_path):
    found = read(tmp_path, comments(said(1, price="5000000"), said(2, price="0"), said(3, price=""), said(4, price="soon")))
    assert [bool(i.title) for i in found.items] == [True, False, False, False]


def test_05_of_a_video_that_is_gone_only_its_id_is_known(tmp_path):
    [item] = read(tmp_path, comments(said(1))).items
    assert (item.title, item.quoted, item.url) == (
        None,
        None,
        "https://www.youtube.com/watch?v=q1W2e3R4t5Y&lc=UgzNumber0001AaABAg",
    )


def test_05_a_comment_on_a_community_post_has_no_address(tmp_path):
    row = (*said(1)[:5], "", '{"text":"words"}')
    assert [i.url for i in read(tmp_path, comments(row)).items] == [None]


def test_06_the_channel_of_a_comment_is_the_persons_own_also_of_a_brand(tmp_path):
    channel = table(("Channel ID", "Channel Title (Original)", "Channel Visibility"), (ME, "Wren", ""), (BRAND, "The Hob", ""))
    found = read(tmp_path, comments(said(1), said(2, channel=BRAND)) | {Y + "channels/channel.csv": channel})
    assert [(i.author, i.author_name, i.account) for i in found.items] == [("me", "Wren", "Wren"), ("me", "The Hob", "Wren")]


def test_07_what_was_watched_is_left_out_whatever_its_verb(tmp_path):
    entry = {"header": "YouTube", "title": "Otter angesehen", "titleUrl": "https://www.youtube.com/watch?v=q1W2e3R4t5Y"}
    for number, name in enumerate(("history/watch-history.json", "Verlauf/Wiedergabeverlauf.json", "Verlauf/Suchverlauf.json")):
        found = read(tmp_path / str(number), comments(said(1)) | {Y + name: json.dumps([entry]).encode()})
        assert found.texts() == ["words"]
        assert set(found.states.values()) == {"read"}


def test_08_unlisted_is_not_private_and_unknown_words_are_unknown(tmp_path):
    words = ("Public", "Unlisted", "Private", "Privat", "")
    assert [audience_of(word) for word in words] == ["public", "unlisted", "private", "unknown", "unknown"]
    names = ("Video ID", "Video Title (Original)", "Privacy")
    rows = [(f"v{n}W2e3R4t5Y", f"t{n}", word) for n, word in enumerate(words)]
    found = read(tmp_path / "a", {Y + "video metadata/videos.csv": table(names, *rows)})
    assert [i.audience for i in found.items] == ["public", "unlisted", "private", "unknown", "unknown"]
    assert found.settings == {"youtube.your-videos-visibility": ("public", "Privat: 1, Private: 1, Public: 1, Unlisted: 1")}
    for number, (kept, value) in enumerate(((rows[1:3], "unknown"), (rows[2:3], "private"), (rows[2:4], "unknown"))):
        found = read(tmp_path / str(number), {Y + "video metadata/videos.csv": table(names, *kept)})
        assert found.settings["youtube.your-videos-visibility"][0] == value


def part(folder: Path, number: int, files: dict[str, bytes], stamp: str = "20241102T101112Z") -> Path:
    folder.mkdir(exist_ok=True)
    return zipped(folder / f"takeout-{stamp}-{number:03}.zip", files)


CHANNEL = {
    Y + "channels/channel.csv": table(("Channel ID", "Channel Title (Original)", "Channel Visibility"), (ME, "Wren", "Public"))
}
FILM = {Y + "videos/Otters.mp4": b"film"}


def test_09_parts_are_read_together_and_a_missing_one_is_named(tmp_path):
    one, two = part(tmp_path, 1, FILM | CHANNEL), part(tmp_path, 2, comments(said(1)))
    both = Read(one, two)
    assert (both.platforms, both.texts(), both.warnings) == (["youtube"], ["words"], "")
    assert [i.account for i in both.items] == ["Wren"]
    first = Read(one)
    assert (first.texts(), "give all of them" in first.warnings) == ([], True)
    second = Read(two)
    assert second.texts() == ["words"]
    assert "part 2" in second.warnings
    assert "given part 1 yet" in second.warnings


def test_09_a_first_part_alone_is_named_when_it_is_as_large_as_google_makes_them(tmp_path, monkeypatch):
    path = part(tmp_path, 1, comments(said(1)))
    assert Read(path).warnings == ""
    monkeypatch.setattr("auditlib.platforms._google_takeout.SPLIT", 10)
    assert "-002" in Read(path).warnings


def test_09_parts_named_with_a_number_more_and_as_a_tar(tmp_path):
    path = tmp_path / "takeout-20241102T101112Z-1-003.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, data in comments(said(1)).items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    found = Read(path)
    assert (found.platforms, found.texts()) == (["youtube"], ["words"])
    assert "given part 1 and 2 yet" in found.warnings


def test_of_two_downloads_of_one_account_the_newer_is_read(tmp_path):
    older = part(tmp_path, 1, CHANNEL | comments(said(1)), "20230101T000000Z")
    newer = part(tmp_path, 1, CHANNEL | comments(said(1), said(2)))
    found = Read(older, newer)
    assert [i.id for i in found.items] == ["UgzNumber0001AaABAg", "UgzNumber0002AaABAg"]
    assert "older export" in found.warnings


def test_two_downloads_that_name_no_one_give_each_comment_once(tmp_path):
    older, newer = part(tmp_path, 1, comments(said(1)), "20230101T000000Z"), part(tmp_path, 1, comments(said(1), said(2)))
    assert sorted(i.id or "" for i in Read(older, newer).items) == ["UgzNumber0001AaABAg", "UgzNumber0002AaABAg"]


def test_a_reply_says_what_it_answers_and_its_own_id_leads_to_it(tmp_path):
    reply = (ME, AT, "0", "UgzParentAaABAg.AbChild", "", "q1W2e3R4t5Y", '{"text":"words"}')
    [item] = read(tmp_path, comments(reply)).items
    watch = "https://www.youtube.com/watch?v=q1W2e3R4t5Y&lc="
    assert item.reply_to == ReplyTo("UgzParentAaABAg", None, watch + "UgzParentAaABAg")
    assert item.url == watch + "UgzParentAaABAg.AbChild"


def test_a_whole_comment_as_it_is_kept(tmp_path):
    [item] = read(tmp_path, CHANNEL | comments(said(1))).items
    assert item == Item(
        platform="youtube",
        account="Wren",
        where=f"{COMMENTS}#0",
        kind="comment",
        key="youtube:comment:UgzNumber0001AaABAg",
        id="UgzNumber0001AaABAg",
        at=AT,
        text="words",
        author="me",
        author_name="Wren",
        url="https://www.youtube.com/watch?v=q1W2e3R4t5Y&lc=UgzNumber0001AaABAg",
    )


def test_live_chat_is_not_taken_for_comments_nor_the_other_way_round(tmp_path):
    chat = ("CjNumberOne", ME, AT, "0", "l1V2e3S4t5R", '{"text":"hello"}')
    names = ("Live Chat ID", "Channel ID", "Live Chat Create Timestamp", "Price", "Video ID", "Live Chat Text")
    for number, data in enumerate((table(names, chat), table(chat), table(("a", "b", "c", "d", "e", "chat"), chat))):
        [item] = read(tmp_path / str(number), {Y + "live chats/live chats.csv": data}).items
        assert (item.kind, item.key, item.text) == ("comment", "youtube:live-chat:CjNumberOne", "hello")


def test_a_point_in_the_id_of_a_line_of_chat_makes_it_no_answer(tmp_path):
    names = ("Live Chat ID", "Channel ID", "Live Chat Create Timestamp", "Price", "Video ID", "Live Chat Text")
    chat = table(names, ("LCC.CjNumberOne", ME, AT, "0", "l1V2e3S4t5R", '{"text":"hello"}'))
    [item] = read(tmp_path, {Y + "live chats/live chats.csv": chat}).items
    assert (item.id, item.reply_to) == ("LCC.CjNumberOne", None)


def test_lines_said_twice_in_an_old_page_are_both_kept(tmp_path):
    found = read(tmp_path, {Y + "my-comments/my-comments.html": page(HTML_ENTRY.format("same"), HTML_ENTRY.format("same"))})
    assert [i.text for i in found.items] == ["same", "same"]
    assert len({i.key for i in found.items}) == 2


def test_a_page_without_entries_is_said_to_hold_none(tmp_path):
    found = read(tmp_path, comments(said(1)) | {Y + "my-comments/my-comments.html": b"<html><body><p>none</p></body></html>"})
    assert "my-comments.html holds nothing that could be read" in found.warnings


def test_a_place_of_nought_is_none_and_others_belong_to_their_video(tmp_path):
    found = read(
        tmp_path,
        {
            Y + "video metadata/videos.csv": table(
                ("Video ID", "Privacy"), ("q1W2e3R4t5Y", "Public"), ("z9X8c7V6b5N", "Public")
            ),
            Y + "video metadata/video recordings.csv": table(
                ("Video ID", "Video Recording Altitude", "Video Recording Latitude", "Video Recording Longitude"),
                ("q1W2e3R4t5Y", "", "51.5", "-2.5"),
                ("z9X8c7V6b5N", "0", "0", "0"),
            ),
        },
    )
    assert [i.place for i in found.items] == [Place(None, 51.5, -2.5), None]


def test_a_table_that_is_cut_off_keeps_the_rows_before(tmp_path):
    found = read(tmp_path, {COMMENTS: table(NEW, said(1), end="") + b'UCx,2024,0,Ugz,,q1W2e3R4t5Y,"{""text"":""nev'})
    assert (found.texts(), found.states) == (["words"], {COMMENTS: "failed"})


def test_an_english_table_of_another_name_is_not_taken_for_a_channel(tmp_path):
    path = Y + "channels/trophies.csv"
    found = read(tmp_path, comments(said(1)) | {path: table(("Channel ID", "Trophy", "Colour"), (ME, "Loudest", "Red"))})
    assert (found.facts, found.states[path]) == ([], "unknown")


def test_moderation_tables_that_name_people_are_not_passed_over(tmp_path):
    path = Y + "channels/channel community moderation settings.csv"
    for number, (cell, state) in enumerate((("", "read"), (BRAND, "unknown"))):
        found = read(tmp_path / str(number), comments(said(1)) | {path: table(("Channel ID", "Hidden Users"), (ME, cell))})
        assert found.states[path] == state


@pytest.mark.parametrize(
    "text", [AT, "2023-09-19T17:42:53.434647+00:00", "2023-09-19T17:42:53.255+00:00", "2023-09-19T17:42:53Z"]
)
def test_times_are_the_same_as_the_general_reader_gives(text):
    assert from_google(text) == from_iso(text) is not None


@pytest.mark.parametrize(
    "text", ["", "2023-13-19T17:42:53+00:00", "2023-09-19T25:42:53+00:00", "soon", "2023-09-19T17:42:53.1+00:00 x"]
)
def test_what_is_no_time_is_none(text):
    assert from_google(text) is None


def test_the_published_sample_rows_are_read():
    folder = SHARED / "comment-rows"
    if not folder.is_dir():
        pytest.skip("the sample files of other projects are not here")
    found = Read(folder)
    assert found.platforms == ["youtube"]
    assert [(i.kind, i.key.split(":")[1], i.at and i.at[:10]) for i in found.items] == [
        ("comment", "comment", "2023-04-14"),
        ("comment", "comment", "2016-01-29"),
        ("comment", "comment", "2023-09-19"),
        ("comment", "comment", "2023-08-30"),
        ("comment", "live-chat", "2018-09-02"),
    ]
    assert not any("{" in i.text for i in found.items)
    assert set(found.states.values()) == {"read"}


def test_the_published_sample_folder_is_recognised():
    folder = SHARED / "takeout"
    if not folder.is_dir():
        pytest.skip("the sample files of other projects are not here")
    found = Read(folder)
    assert (found.platforms, found.items) == (["youtube"], [])


def test_before_2020_the_lists_say_whose_they_are_so_that_keys_stay_the_same_later(tmp_path):
    old = {"kind": "youtube#subscription", "snippet": {"channelId": ME, "resourceId": {"channelId": BRAND}, "title": "Otters"}}
    found = read(tmp_path / "old", {Y + "subscriptions/subscriptions.json": json.dumps([old]).encode()})
    later = read(tmp_path / "new", {
        Y + "subscriptions/subscriptions.csv": table(("Channel Id", "Channel Url", "Channel Title"), (BRAND, "", "Otters")),
        Y + "channels/channel.csv": table(("Channel ID", "Channel Visibility"), (ME, "Public")),
    })  # fmt: skip
    assert [c.key for c in found.connections] == [c.key for c in later.connections] == [f"youtube:{ME}:following:{BRAND}"]
