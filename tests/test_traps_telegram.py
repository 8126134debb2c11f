"""The known traps of Telegram's export, one by one, in the order of the format notes."""

import json
import time
from pathlib import Path

import pytest
from making import laid

from auditlib.exports import look
from auditlib.records import Connection, Coverage, Item, Media, Place, Quoted, ReplyTo, Summary
from auditlib.ways import Answers

SHARED = Path(__file__).resolve().parents[2] / "shared"
ME = {"user_id": 42, "first_name": "Jo", "last_name": "Penrose", "username": "@jo_penrose"}
AT = "2023-07-04T19:00:00"
PAGE = (
    '<html><body><div class="page_wrap"><div class="page_header"><div class="text bold">\n{title}\n</div></div>{body}'
    "</div></body></html>"
)


class Found:
    def __init__(self, path, answers):
        with look(path if isinstance(path, list) else [path], answers) as found:
            self.platforms = [e.module.NAME for e in found.exports]
            self.records = list(found.records())
        self.items = [r for r in self.records if isinstance(r, Item)]
        self.people = [(r.relation, r.id, r.name) for r in self.records if isinstance(r, Connection)]
        self.coverage = [r for r in self.records if isinstance(r, Coverage)]
        self.summary = next(r for r in self.records if isinstance(r, Summary))

    def told(self):
        return [(i.text, i.author, i.author_name) for i in self.items]

    def texts(self):
        return [i.text for i in self.items]


def read(tmp_path, files, answers=None, folder="DataExport_2024-10-02"):
    made = {f"{folder}/{n}": v if isinstance(v, bytes) else json.dumps(v, indent=1).encode() for n, v in files.items()}
    return Found(laid(tmp_path, made), answers or Answers())


def message(number, text, sender="Sam Ashdown", identifier="user77", **more):
    return {"id": number, "type": "message", "date": AT, "from": sender, "from_id": identifier, "text": text} | more


def chat(*messages, name="Sam Ashdown", kind="personal_chat", number=77):
    return {"name": name, "type": kind, "id": number, "messages": list(messages)}


def account(*chats, **more):
    return {"result.json": {"about": "", "personal_information": ME, "chats": {"about": "", "list": list(chats)}} | more}


def page(title, *messages):
    return PAGE.format(title=title, body="".join(messages)).encode()


def block(number, sender, text, title="04.07.2023 19:00:00 UTC+00:00", inner="", kind="default"):
    name = f'<div class="from_name">\n{sender}\n</div>' if sender else ""
    body = f'<div class="text">\n{text}\n</div>' if text else ""
    return (
        f'<div class="message {kind} clearfix" id="message{number}"><div class="body">'
        f'<div class="pull_right date details" title="{title}">x</div>{name}{inner}{body}</div></div>'
    )


def test_01_control_characters_written_as_hex_are_mended(tmp_path):
    data = json.dumps(account(chat(message(1, "HERE")))["result.json"], indent=1).replace(
        "HERE", r"a \x0C b \\x41 c \\\x1F d \\\\x41"
    )
    found = read(tmp_path, {"result.json": data.encode()})
    assert found.texts() == ["a \x0c b \\x41 c \\\x1f d \\\\x41"]


@pytest.mark.parametrize("size", range(1, 9))
def test_01_a_hex_escape_may_lie_across_two_reads(size):
    from io import BytesIO

    from auditlib.platforms._telegram_json import Mended

    raw = rb'"a\x0Cb\\x41\\\x1F\\\\\x02"'
    stream, made = Mended(BytesIO(raw)), b""
    while piece := stream.read(size):
        made += piece
    assert json.loads(made) == "a\x0cb\\x41\\\x1f\\\\\x02"


def test_01_half_a_character_costs_itself_only(tmp_path):
    data = json.dumps(account(chat(message(1, "HERE"), message(2, "after")))["result.json"], indent=1)
    found = read(tmp_path, {"result.json": data.replace("HERE", "x \\ud83d y").encode()})
    assert found.texts() == ["x \ufffd y", "after"]


def test_02_a_big_chat_among_small_ones_is_streamed_chat_by_chat(tmp_path):
    big = chat(*(message(n, f"word {n}") for n in range(3000)), name="Choir", kind="private_group", number=5)
    small = [chat(message(1, f"in {n}"), number=100 + n) for n in range(30)]
    found = read(tmp_path, account(*small[:15], big, *small[15:]))
    texts = [f"in {n}" for n in range(15)] + [f"word {n}" for n in range(3000)] + [f"in {n}" for n in range(15, 30)]
    assert found.texts() == texts


def test_02_a_file_saved_again_on_one_line_gives_the_same(tmp_path):
    whole = account(*(chat(*(message(n, f"{c} {n}") for n in range(20)), number=c) for c in range(20)))["result.json"]
    one = read(tmp_path / "a", {"result.json": json.dumps(whole).encode()})
    two = read(tmp_path / "b", {"result.json": json.dumps(whole, indent=4).encode()})
    assert one.texts() == two.texts() == [f"{c} {n}" for c in range(20) for n in range(20)]


def test_03_names_may_be_left_out_or_null(tmp_path):
    found = read(
        tmp_path, account(chat(message(1, "gone", None), name=None), {"type": "saved_messages", "id": 42, "messages": []})
    )
    assert found.told() == [("gone", "other", None)]
    assert found.people == [("messaged", "77", None)]


def test_04_a_text_may_be_a_list_and_nothing_lies_between_its_parts(tmp_path):
    parts = ["see ", {"type": "link", "text": "https://otters.example"}, {"type": "bold", "text": "!"}]
    found = read(tmp_path, account(chat(message(1, parts), message(2, "", text_entities=[{"type": "plain", "text": "p"}]))))
    assert [(i.text, i.links) for i in found.items] == [
        ("see https://otters.example!", ("https://otters.example",)),
        ("p", ()),
    ]


def test_05_the_exact_time_goes_before_the_local_one(tmp_path):
    found = read(tmp_path, account(chat(message(1, "old"), message(2, "new", date_unixtime="1688493600"))))
    assert [i.at for i in found.items] == ["2023-07-04T19:00:00", "2023-07-04T18:00:00+00:00"]


def test_06_the_offset_of_a_page_is_winter_time_and_left_out(tmp_path):
    found = read(tmp_path, {"messages.html": page("Sam", block(1, "Sam", "summer"))}, folder="ChatExport_2023-07-10")
    assert [i.at for i in found.items] == ["2023-07-04T19:00:00"]


def test_07_bare_numbers_of_before_april_2021_are_the_same_people(tmp_path):
    old = 1 << 32
    talk = chat(message(1, "hers", "Sam Ashdown", old + 77), message(2, "mine", "Jo Penrose", old + 42))
    group = chat(message(1, "from a channel", "News", 2 * old + 5), name="News", kind="private_channel", number=5)
    found = read(tmp_path, account(talk, group))
    assert [(i.text, i.author) for i in found.items] == [("hers", "other"), ("mine", "me"), ("from a channel", None)]


def test_07_numbers_of_new_people_are_larger_than_that(tmp_path):
    found = read(tmp_path, account(chat(message(1, "x", "Sam", "user6123456789"), number=6123456789)))
    assert [(i.author, i.conversation.id) for i in found.items] == [("other", "6123456789")]


def test_08_a_sentence_in_brackets_is_no_file(tmp_path):
    found = read(
        tmp_path,
        account(chat(message(1, "", photo="photos/p.jpg"), message(2, "", file="(File unavailable, please try again later)")))
        | {"photos/p.jpg": b"\xff\xd8"},
    )
    assert [i.media for i in found.items] == [
        (Media("DataExport_2024-10-02/photos/p.jpg", "photo"),),
        (Media(None, "file"),),
    ]


def test_09_an_unsupported_message_is_counted_without_a_date(tmp_path):
    found = read(tmp_path, account(chat({"id": 5, "type": "unsupported"})))
    assert [(i.id, i.at, i.text, i.media) for i in found.items] == [("5", None, "", (Media(None, "unknown"),))]


def test_10_both_formats_in_one_folder_are_counted_once(tmp_path):
    one = {"result.json": chat(message(1, "once")), "messages.html": page("Sam", block(1, "Sam", "once"))}
    assert read(tmp_path, one, folder="ChatExport_2023-07-10").texts() == ["once"]


def test_11_joined_messages_have_the_sender_above(tmp_path):
    body = [block(1, "Jo Penrose", "a"), block(2, "", "b", kind="default joined"), block(3, "Sam", "c")]
    found = read(tmp_path, {"messages.html": page("Sam", *body)}, Answers(me=("jo penrose",)), "ChatExport_2023-07-10")
    assert found.told() == [("a", "me", "Jo Penrose"), ("b", "me", "Jo Penrose"), ("c", "other", "Sam")]


def test_12_forwarded_words_are_somebody_elses(tmp_path):
    inner = (
        '<div class="forwarded body"><div class="from_name">\nOtter News <span class="date details" '
        'title="01.07.2023 09:00:00">01.07.2023</span></div><div class="text">\nnot mine\n</div></div>'
    )
    pages = read(
        tmp_path / "a", {"messages.html": page("Sam", block(1, "Jo Penrose", "", inner=inner))}, folder="ChatExport_2023-07-10"
    )
    mine = message(1, "not mine", "Jo Penrose", "user42", forwarded_from="Otter News")
    for found in (pages, read(tmp_path / "b", account(chat(mine)))):
        assert [(i.quoted, i.author_name) for i in found.items] == [(Quoted(None, "Otter News", "not mine"), "Jo Penrose")]


def test_12_forwarded_from_a_deleted_account_is_null(tmp_path):
    found = read(tmp_path, account(chat(message(1, "whose", "Jo Penrose", "user42", forwarded_from=None))))
    assert [i.quoted for i in found.items] == [Quoted(None, None, "whose")]


def test_13_replies_name_the_message_they_answer(tmp_path):
    inner = '<div class="reply_to details">In reply to <a href="messages2.html#go_to_message12">this message</a></div>'
    pages = read(
        tmp_path / "a", {"messages.html": page("Sam", block(13, "Sam", "yes", inner=inner))}, folder="ChatExport_2023-07-10"
    )
    found = read(tmp_path / "b", account(chat(message(13, "yes", reply_to_message_id=12))))
    assert [i.reply_to for i in (*pages.items, *found.items)] == [ReplyTo("12"), ReplyTo("12")]


def test_14_pages_are_read_in_the_order_of_their_numbers(tmp_path):
    files = {f"messages{n}.html": page("Sam", block(f"{n or 1}", "Sam", f"page {n or 1}")) for n in ("", 2, 10)}
    assert read(tmp_path, files, folder="ChatExport_2023-07-10").texts() == ["page 1", "page 2", "page 10"]


def test_15_lines_between_days_are_no_messages(tmp_path):
    lines = [
        '<div class="message service" id="message-1"><div class="body details">4 July 2023</div></div>',
        '<div class="message service" id="message5"><div class="body details">Sam joined group</div></div>',
    ]
    found = read(tmp_path, {"messages.html": page("Choir", *lines)}, folder="ChatExport_2023-07-10")
    assert found.told() == [("Sam joined group", "system", None)]


def test_16_a_service_line_is_the_systems(tmp_path):
    line = {"id": 1, "type": "service", "date": AT, "actor": "Jo Penrose", "actor_id": "user42", "action": "invite_members"}
    found = read(tmp_path, account(chat(line | {"members": ["Kit", None]}, name="Choir", kind="private_group")))
    assert found.told() == [("Jo Penrose invite members Kit", "system", "Jo Penrose")]
    assert found.items[0].conversation.participants == ("Jo Penrose", "Kit")


def test_17_a_place_may_be_null(tmp_path):
    where = {"latitude": 52.05, "longitude": -1.12}
    found = read(
        tmp_path,
        account(chat(message(1, "", location_information=None), message(2, "", location_information=where, place_name="Mill"))),
    )
    assert [i.place for i in found.items] == [None, Place("Mill", 52.05, -1.12)]


def test_18_a_poll_may_hold_strings_or_lists(tmp_path):
    poll = {"question": ["Par", {"text": "kin?"}], "answers": [{"text": "Yes"}, {"text": ["N", {"text": "o"}]}, 7]}
    assert read(tmp_path, account(chat(message(1, "", poll=poll)))).texts() == ["Parkin?\nYes\nNo"]


def test_19_own_reactions_are_told_others_not(tmp_path):
    recent = [{"from": "Jo Penrose", "from_id": "user42", "date": AT}, {"from": "Sam", "from_id": "user77", "date": AT}]
    found = read(
        tmp_path, account(chat(message(1, "nice", reactions=[{"type": "emoji", "count": 2, "emoji": "👍", "recent": recent}])))
    )
    assert [(i.kind, i.text, i.author, i.quoted) for i in found.items[1:]] == [
        ("reaction", "👍", "me", Quoted("1", "Sam Ashdown", "nice"))
    ]


def test_20_contacts_of_deleted_accounts_hold_only_a_date(tmp_path):
    rows = [
        {"user_id": 77, "first_name": "Sam", "phone_number": "0044 7700 900666", "date": AT},
        {"date": "2020-01-01T00:00:00", "date_unixtime": "1577836800"},
    ]
    found = read(tmp_path, account(contacts={"about": "", "list": rows}))
    assert found.people == [("contact", "77", "Sam"), ("contact", None, None)]


def test_21_stories_pictures_and_drafts_are_the_persons_own(tmp_path):
    found = read(
        tmp_path,
        account(
            stories=[{"date": AT, "pinned": True, "media": "stories/s.mp4"}],
            profile_pictures=[{"date": AT, "photo": "profile_pictures/p.jpg"}],
            other_data={"drafts": [{"chat": "Sam", "text": "half a thought"}]},
        ),
    )
    assert [(i.kind, i.state, i.text, i.author) for i in found.items] == [
        ("story", "live", "", "me"),
        ("other", "live", "", "me"),
        ("message", "draft", "half a thought", "me"),
    ]


def test_22_chats_that_were_left_are_read_too(tmp_path):
    left = {"about": "", "list": [chat(message(5, "goodbye", "Jo Penrose", "user42"), name="Team", kind="private_supergroup")]}
    found = read(tmp_path, account(left_chats=left))
    assert [(i.text, i.author, i.url) for i in found.items] == [("goodbye", "me", "https://t.me/c/77/5")]


def test_23_a_channels_own_post_is_whose_it_is_signed(tmp_path):
    posts = [
        message(n, "p", "News", "channel77", **s) for n, s in ((1, {"author": "Jo Penrose"}), (2, {"author": "Sam"}), (3, {}))
    ]
    found = read(tmp_path, account(chat(*posts, name="News", kind="public_channel")))
    assert [(i.author, i.author_name, i.audience) for i in found.items] == [
        ("me", "Jo Penrose", "public"),
        ("other", "Sam", "public"),
        (None, "News", "public"),
    ]
    assert any("not signed" in w for w in found.summary.warnings)


def test_24_one_chat_of_two_tells_its_owner_by_the_others_number(tmp_path):
    one = chat(message(1, "hers"), message(2, "mine", "Jo Penrose", "user42"))
    found = read(tmp_path, {"result.json": one}, folder="ChatExport_2023-07-10")
    assert [(i.account, i.author) for i in found.items] == [("Jo Penrose", "other"), ("Jo Penrose", "me")]


def test_25_a_group_alone_asks_who_the_person_is(tmp_path):
    one = chat(message(1, "a"), message(2, "b", "Jo Penrose", "user42"), name="Choir", kind="private_group")
    asked = read(tmp_path / "a", {"result.json": one}, folder="ChatExport_2023-07-10")
    told = read(tmp_path / "b", {"result.json": one}, Answers(me=("Jo Penrose",)), "ChatExport_2023-07-10")
    assert [q.id for q in asked.summary.questions] == ["telegram.owner"]
    assert [i.author for i in (*asked.items, *told.items)] == [None, None, "other", "me"]


def test_26_the_same_chat_in_two_exports_is_told_once(tmp_path):
    a, b = chat(message(1, "one"), message(2, "two")), chat(message(2, "two"), message(3, "three"))
    laid(tmp_path, {"ChatExport_2023-07-10/result.json": json.dumps(a).encode()})
    laid(tmp_path, {"ChatExport_2024-07-10/result.json": json.dumps(b).encode()})
    found = Found([tmp_path / "ChatExport_2023-07-10", tmp_path / "ChatExport_2024-07-10"], Answers())
    assert sorted(found.texts()) == ["one", "three", "two"]


def test_27_what_is_not_exported_is_said(tmp_path):
    told = " ".join(read(tmp_path, account(chat(message(1, "x")))).summary.warnings)
    assert "only your own messages in groups" in told
    assert "privacy settings are in no export" in told


@pytest.mark.parametrize("broken", ["}", ":", "{}}", '{"id": 1}: {"id": 2}'])
@pytest.mark.parametrize(
    "place", ['{"type": "personal_chat", "messages": [%s]}', '{"chats": {"list": [%s]}, "type": "personal_chat"}']
)
def test_28_a_bracket_that_nothing_opened_ends_the_reading_and_is_no_endless_loop(tmp_path, broken, place):
    text = place % broken
    found = read(tmp_path, {"result.json": text.encode()})
    assert [c.state for c in found.coverage] == ["failed"]


def test_29_an_old_export_of_one_chat_tells_its_owner_and_numbers_it_as_today(tmp_path):
    user = 1 << 32
    old = chat(message(1, "hers", identifier=user + 77), message(2, "mine", "Jo Penrose", user + 42), number=user + 77)
    new = chat(message(1, "hers"), message(2, "mine", "Jo Penrose", "user42"))
    was = read(tmp_path / "a", {"result.json": old}, folder="ChatExport_05_08_2018")
    now = read(tmp_path / "b", {"result.json": new}, folder="ChatExport_2024-08-05")
    assert [i.author for i in was.items] == ["other", "me"]
    assert [i.key for i in was.items] == [i.key for i in now.items]
    assert was.people == now.people == [("messaged", "77", "Sam Ashdown")]


def test_30_contacts_who_are_not_on_telegram_have_the_number_0_and_are_all_told(tmp_path):
    listed = [{"user_id": 0, "first_name": n, "phone_number": f"+44770090010{i}"} for i, n in enumerate("AB")] + [
        {"date": AT}
    ] * 2
    found = read(tmp_path, account(contacts={"about": "", "list": listed}))
    assert found.people == [("contact", None, "A"), ("contact", None, "B"), ("contact", None, None), ("contact", None, None)]


def test_31_a_checklist_is_its_makers_words(tmp_path):
    found = read(tmp_path, account(chat(message(1, "", todo_list={"title": "Shop", "answers": [{"text": "milk", "id": 1}]}))))
    assert found.texts() == ["Shop\nmilk"]


def test_32_pages_of_one_chat_in_two_exports_are_told_once(tmp_path):
    older = page("Sam Ashdown", block(1, "Sam Ashdown", "one"), block(2, "Jo Penrose", "two"))
    newer = page("Sam Ashdown", block(2, "Jo Penrose", "two"), block(3, None, "three"))
    laid(tmp_path, {"ChatExport_2023-07-10/messages.html": older, "ChatExport_2024-07-10/messages.html": newer})
    found = Found(tmp_path, Answers())
    assert sorted(found.texts()) == ["one", "three", "two"]
    assert any("more than one export" in w for w in found.summary.warnings)


def test_32_two_chats_of_one_name_lose_nothing(tmp_path):
    files = {
        f"chats/chat_00{n}/messages.html": page(
            "Deleted Account", block(1, "Deleted Account", f"from {n}"), block(9, "Jo", "hi")
        )
        for n in (1, 2)
    }
    found = read(tmp_path, files)
    assert {"from 1", "from 2"} <= set(found.texts())
    assert len({i.key for i in found.items}) == len(found.items)


def test_32_a_damaged_list_of_contacts_nested_without_end_is_read_quickly(tmp_path):
    nested = b'<div class="entry"><div class="name bold">x</div>' * 3000
    started = time.process_time()
    read(tmp_path, {"messages.html": page("Sam", block(1, "Sam", "a")), "lists/contacts.html": nested})
    assert time.process_time() - started < 5  # seconds


def test_33_a_page_named_after_neither_of_two_people_is_a_group(tmp_path):
    found = read(tmp_path, {"messages.html": page("Choir", block(1, "Sam", "a"), block(2, "Jo", "b"))})
    assert [(i.conversation.group, i.audience) for i in found.items] == [(True, "group")] * 2


def test_34_an_export_of_nothing_but_contacts_is_known_by_its_beginning(tmp_path):
    held = {"about": "Here is the data", "contacts": {"about": "", "list": [{"user_id": 5, "first_name": "Bo"}]}}
    path = laid(tmp_path, {"from my laptop.json": json.dumps(held, indent=1).encode()}) / "from my laptop.json"
    assert Found(path, Answers()).people == [("contact", "5", "Bo")]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published sample files are not here")
@pytest.mark.parametrize("name", ["chatminer_single_export.json", "chatminer_batch_export.json"])
def test_published_samples_are_read(name):
    folder = SHARED / "fixtures" / "telegram"
    wanted = json.loads((folder / "chatminer_target.json").read_text(encoding="utf-8"))
    found = Found(folder / name, Answers())
    assert found.platforms == ["telegram"]
    # that parser puts a space between the parts of a text; Telegram shows none
    assert [(i.at[:19], i.author_name, i.text.replace(" ", "")) for i in found.items] == [
        (w["timestamp"], w["author"], w["message"].replace(" ", "")) for w in wanted
    ]
