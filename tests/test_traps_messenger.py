"""The known traps of Messenger's end-to-end download and of pages of chats given alone (format notes, 6.4 and 8)."""

from pathlib import Path

import pytest
from making import laid, zipped
from making_meta import INBOX, ME, POSTS, Read, T, facebook, thread
from making_pages import page, said, sealed, sent

from auditlib.records import Conversation, Media, Question, Summary

SHARED = Path(__file__).resolve().parents[2] / "shared" / "fixtures" / "messenger"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files of other projects lie beside the project")
KIT, MAUD = "Kit Øster", "Maud Pike"


def told(found: Read) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(i.text, i.author, i.author_name, i.at) for i in found.items]


def questions(found: Read) -> list[Question]:
    return [q for r in found.records if isinstance(r, Summary) for q in r.questions]


def test_01_flat_files_are_chats_and_their_number_is_no_part_of_the_name(tmp_path):
    files = {
        "Kit Øster_1.json": sealed([KIT, ME], sent(KIT, "hello", T), name="Kit Øster_1"),
        "Maud Pike_12.json": sealed([MAUD, ME], sent(ME, "hi", T), name="Maud Pike_12"),
        "Year 6_2.json": sealed([KIT, MAUD, ME], sent(MAUD, "all", T), name="Year 6_2"),
    }
    found = Read(zipped(tmp_path / "messages.zip", files))
    assert found.platforms == ["messenger"]
    assert [(i.conversation.title, i.audience) for i in found.items if i.conversation] == [
        ("Kit Øster", "direct"),
        ("Maud Pike", "direct"),
        ("Year 6", "group"),
    ]


def test_02_names_are_plain_text_and_already_as_they_should_be(tmp_path):
    files = {"a_1.json": sealed([KIT, ME], sent(KIT, "Ça va — 😆 voilà", T)), "b_2.json": sealed([MAUD, ME], sent(ME, "x", T))}
    found = Read(laid(tmp_path, files))
    assert told(found)[0] == ("Ça va — 😆 voilà", "other", KIT, "2022-04-15T05:20:00+00:00")


def test_03_the_owner_is_who_takes_part_in_every_chat(tmp_path):
    files = {"a_1.json": sealed([KIT, ME], sent(ME, "mine", T)), "b_2.json": sealed([MAUD, ME], sent(MAUD, "hers", T))}
    found = Read(laid(tmp_path, files))
    assert [(i.account, i.author) for i in found.items] == [(ME, "me"), (ME, "other")]
    assert "the one name that is in all of them was taken as yours" in found.warnings
    assert questions(found) == []


def test_03_where_nobody_is_in_every_chat_alone_the_person_is_asked(tmp_path):
    files = {"a_1.json": sealed([KIT, ME], sent(ME, "mine", T))}
    found = Read(laid(tmp_path, files))
    assert [(i.account, i.author) for i in found.items] == [(None, None)]
    [question] = questions(found)
    assert (question.id, {value for value, _ in question.options}) == ("messenger.owner", {KIT, ME})
    answered = Read(tmp_path, me=(ME,))
    assert [(i.account, i.author) for i in answered.items] == [(ME, "me")]
    assert questions(answered) == []


def test_04_a_file_that_failed_to_download_is_no_file_of_the_archive(tmp_path):
    media = [{"uri": "Failed to download media"}], [{"uri": "./media/x.jpeg"}]
    chat = sealed([KIT, ME], *(sent(KIT, "", T + n, type="media", media=m) for n, m in enumerate(media)))
    found = Read(zipped(tmp_path / "messages.zip", {"Kit_1.json": chat, "media/x.jpeg": b"x"}), me=(ME,))
    assert [i.media for i in found.items] == [(Media(None, "file"),), (Media("media/x.jpeg", "photo"),)]


def test_05_a_placeholder_is_the_platforms_sentence_and_an_unsent_message_was_taken_back(tmp_path):
    chat = sealed(
        [KIT, ME], sent(KIT, "Kit unsent a message", T, type="placeholder", isUnsent=True), sent(ME, "oops", T, isUnsent=True)
    )
    found = Read(laid(tmp_path, {"Kit_1.json": chat}), me=(ME,))
    assert [(i.text, i.author, i.deleted, i.state) for i in found.items] == [
        ("Kit unsent a message", "system", True, "binned"),
        ("oops", "me", True, "binned"),
    ]


def test_06_older_and_newer_words_for_a_messages_type_are_read_alike(tmp_path):
    chat = sealed([KIT, ME], *(sent(KIT, word, T, type=word) for word in ("text", "Generic", "something new")))
    assert [i.text for i in Read(laid(tmp_path, {"Kit_1.json": chat})).items] == ["text", "Generic", "something new"]


def test_07_the_same_words_in_the_same_second_are_two_messages_and_a_second_copy_of_a_chat_is_none(tmp_path):
    chat = sealed([KIT, ME], sent(KIT, "ok", T), sent(KIT, "ok", T))
    found = Read(laid(tmp_path, {"Kit_1.json": chat, "copy/Kit_1.json": chat}))
    assert [i.text for i in found.items] == ["ok", "ok"]
    assert len({i.key for i in found.items}) == 2


def test_08_beside_facebooks_own_archive_it_is_an_account_of_its_own(tmp_path):
    files = {
        POSTS: [{"timestamp": T, "data": [{"post": "a post"}]}],
        INBOX + "kit_1000000001/message_1.json": thread([KIT, ME], (ME, 0, "old chat")),
    }
    facebook(tmp_path / "facebook", files)
    chats = {"a_1.json": sealed([KIT, ME], sent(ME, "new chat", T)), "b_2.json": sealed([MAUD, ME], sent(MAUD, "hers", T))}
    found = Read(tmp_path / "facebook", zipped(tmp_path / "messages.zip", chats))
    assert {(i.platform, i.text) for i in found.items} == {
        ("facebook", "a post"),
        ("facebook", "old chat"),
        ("messenger", "new chat"),
        ("messenger", "hers"),
    }


def test_09_several_zips_are_one_account(tmp_path):
    one = zipped(tmp_path / "messages.zip", {"a_1.json": sealed([KIT, ME], sent(ME, "one", T))})
    two = zipped(tmp_path / "messages (1).zip", {"b_2.json": sealed([MAUD, ME], sent(MAUD, "two", T))})
    found = Read(one, two)
    assert [(i.account, i.text) for i in found.items] == [(ME, "one"), (ME, "two")]


def test_pages_of_chats_alone_are_read(tmp_path):
    who = "<div>Participants: Wren Ashdown, Kit Øster</div>"
    found = Read(laid(tmp_path, {"kit.html": page(who, said(KIT, "ping", "Oct 19, 2019, 2:37 PM"), title=KIT)}), me=(ME,))
    assert found.platforms == ["messenger"]
    assert told(found) == [("ping", "other", KIT, "2019-10-19T14:37:00")]


def test_keys_hold_no_name_of_a_file_and_no_number(tmp_path):
    chat = sealed(["+44 7700 900123", ME], sent("+44 7700 900123", "hello", T))
    [item] = Read(laid(tmp_path, {"+44 7700 900123_1.json": chat})).items
    assert "900123" not in item.key


@needs_shared
@pytest.mark.parametrize("layout", [1, 2, 3])
def test_the_three_layouts_of_dates_on_pages_of_chats(layout):
    found = Read(SHARED / "html_timestamps" / f"layout{layout}.html", me=("Test User",))
    assert told(found) == [("ping", "me", "Test User", "2019-10-19T14:37:00")]


@needs_shared
def test_pages_of_chats_with_several_messages_in_one_block():
    found = Read(SHARED / "html_simple", me=("Test User",))
    assert told(found) == [
        ("Hello", "me", "Test User", "2020-09-13T12:26:00"),
        ("café time?", "other", "Alice Example", "2020-09-13T12:27:00"),
        ("See you soon", "me", "Test User", "2020-09-13T12:28:00"),
    ]


@needs_shared
def test_the_end_to_end_download_of_another_project():
    found = Read(SHARED / "e2ee_simple", me=("Test User",))
    assert found.platforms == ["messenger"]
    assert [(i.text, i.author, i.deleted) for i in found.items] == [
        ("Hello", "me", False),
        ("café time?", "other", False),
        ("See you soon", "me", False),
        ("oops", "me", True),
        ("Plans?", "other", False),
        ("", "other", False),
    ]
    assert found.items[-1].conversation == Conversation(
        found.items[-1].conversation.id, "Weekend crew", ("Test User", "Alice Example", "Bob Builder"), True
    )


@needs_shared
def test_a_chat_in_both_forms_is_told_once_from_the_json():
    found = Read(SHARED / "mixed", me=("Test User",))
    assert told(found) == [
        ("Mixed reply", "other", "Eve Mixer", "2020-09-13T12:27:40+00:00"),
        ("Mixed hello", "me", "Test User", "2020-09-13T12:26:40+00:00"),
    ]
