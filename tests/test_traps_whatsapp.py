"""The known traps of WhatsApp's exports, one by one, in the order of the format notes."""

import json
import time
from pathlib import Path

import pytest
from making import laid, zipped

from auditlib.errors import UnknownPlatform
from auditlib.exports import look
from auditlib.platforms._whatsapp_lines import clock_of, day_of
from auditlib.records import Connection, Coverage, Item, Media, Place, Summary
from auditlib.ways import Answers

SHARED = Path(__file__).resolve().parents[2] / "shared"
LRM, NNBSP, NBSP = "\u200e", "\u202f", "\u00a0"
NOBODY = Answers()


class Found:
    def __init__(self, paths, answers=NOBODY):
        with look(paths if isinstance(paths, list) else [paths], answers) as found:
            self.platforms = [e.module.NAME for e in found.exports]
            self.records = list(found.records())
        self.items = [r for r in self.records if isinstance(r, Item)]
        self.people = [(r.relation, r.handle, r.name) for r in self.records if isinstance(r, Connection)]
        self.coverage = [(r.state, r.member, r.count) for r in self.records if isinstance(r, Coverage)]
        self.summary = next((r for r in self.records if isinstance(r, Summary)), None)

    def told(self):
        return [(i.author_name, i.text) for i in self.items]

    def days(self):
        return [i.at[:10] for i in self.items]


def chat(tmp_path, *lines, name="WhatsApp Chat with Sam.txt", answers=NOBODY, end="\n"):
    """One chat file made of `lines`."""
    laid(tmp_path, {name: end.join([*lines, ""]).encode()})
    return Found(tmp_path / name, answers)


def android(tmp_path, *lines, **more):
    """Lines without their head: one a minute."""
    return chat(tmp_path, *(f"13/05/2021, 07:{n:02} - {line}" for n, line in enumerate(lines)), **more)


def iphone(tmp_path, *lines, name="WhatsApp Chat - Sam.zip"):
    text = "".join(f"{LRM if LRM in line else ''}[13/05/2021, 07:15:{n:02}] {line}\r\n" for n, line in enumerate(lines))
    return Found(zipped(tmp_path / name, {"_chat.txt": text.encode()}))


@pytest.mark.parametrize(
    "head",
    [
        "[13/05/2021, 07:15:22] ",
        f"{LRM}[13/05/2021, 7:15:22{NNBSP}am] ",
        "[13.05.21, 07:15:22] ",
        "[2021-05-13, 07:15:22] ",
        "[13/05/21 07:15] ",
        "13/05/2021, 07:15 - ",
        f"13/05/2021, 7:15{NBSP}a.{NBSP}m. - ",
        "5/13/21, 7:15 AM - ",
        "13.5.2021 klo 7.15 - ",
        "2021. 5. 13. 07:15 - ",
        "13.05.2021, 07.15.22 \u2013 ",
        "13/05/2021 07:15:22: ",
    ],
)
def test_01_heads_of_many_phones_are_known(tmp_path, head):
    found = chat(tmp_path, f"{head}Sam: hello", f"{head}Jo Penrose: you: too", name="Sam.txt")
    assert found.platforms == ["whatsapp"]
    assert found.told() == [("Sam", "hello"), ("Jo Penrose", "you: too")]
    assert {i.at[:16] for i in found.items} == {"2021-05-13T07:15"}


def test_01_lines_that_merely_begin_with_dates_are_no_chat(tmp_path):
    lines = "\n".join(f"{n:02}/05/2021 paid {n}.50 at 07:15: the shop" for n in range(1, 20))
    laid(tmp_path, {"spending.txt": lines.encode()})
    with pytest.raises(UnknownPlatform):
        Found(tmp_path / "spending.txt")


def test_02_a_number_over_twelve_is_the_day(tmp_path):
    heads = ["03/09/2021", "04/09/2021", "13/09/2021"], ["9/3/21", "9/4/21", "9/13/21"]
    for number, dates in enumerate(heads):
        found = chat(tmp_path / str(number), *(f"{d}, 07:15 - Sam: x" for d in dates))
        assert found.days() == ["2021-09-03", "2021-09-04", "2021-09-13"]
        assert [q.id for q in found.summary.questions] == ["whatsapp.owner"]


def test_03_else_the_order_of_time_tells(tmp_path):
    month_first = chat(tmp_path / "a", *(f"{d}/21, 07:15 - Sam: x" for d in ("1/12", "2/11", "3/10")))
    day_first = chat(tmp_path / "b", *(f"{d}/21, 07:15 - Sam: x" for d in ("12/1", "11/2", "10/3")))
    assert month_first.days() == ["2021-01-12", "2021-02-11", "2021-03-10"]
    assert day_first.days() == ["2021-01-12", "2021-02-11", "2021-03-10"]


def test_04_else_the_number_that_changes_more_often(tmp_path):
    month_first = chat(tmp_path / "a", *(f"{d}/21, 07:15 - Sam: x" for d in ("1/2", "1/3", "1/4")))
    day_first = chat(tmp_path / "b", *(f"{d}/21, 07:15 - Sam: x" for d in ("2/1", "3/1", "4/1")))
    assert month_first.days() == day_first.days() == ["2021-01-02", "2021-01-03", "2021-01-04"]


def test_05_else_day_first_marked_uncertain_and_the_person_is_asked(tmp_path):
    lines = ["03/09/2021, 07:15 - Sam: x", "03/09/2021, 07:16 - Jo: y"]
    found = chat(tmp_path, *lines)
    assert found.days() == ["2021-09-03", "2021-09-03"]
    [question] = [q for q in found.summary.questions if q.id == "whatsapp.day-order"]
    assert question.options == (("day-first", "3 September"), ("month-first", "9 March"))
    assert any("uncertain" in w for w in found.summary.warnings)
    for answer, day in ((True, "2021-09-03"), (False, "2021-03-09")):
        told = chat(tmp_path, *lines, answers=Answers(day_first=answer))
        assert (told.days(), [q.id for q in told.summary.questions]) == ([day, day], ["whatsapp.owner"])


def test_05_a_date_that_is_the_same_both_ways_is_certain(tmp_path):
    found = chat(tmp_path, "03/03/2021, 07:15 - Sam: x", "03/03/2021, 07:16 - Jo: y")
    assert [q.id for q in found.summary.questions] == ["whatsapp.owner"]


def test_06_times_of_twelve_hour_clocks():
    told = ["12:05 am", "12:05 PM", f"7:15:22{NNBSP}p.{NBSP}m.", "00:08 a. m.", "24:00", "7:60"]
    assert [clock_of(t) for t in told] == ["00:05:00", "12:05:00", "19:15:22", "00:08:00", None, None]


def test_06_dates_that_are_none():
    dates = [("31/02/2021", "dmy"), ("13/25/2021", "mdy"), ("12/25/2021", "dmy"), ("3/9/21", "mdy"), ("2021. 9. 3.", "ymd")]
    assert [day_of(d, o) for d, o in dates] == [None, None, "2021-12-25T", "2021-03-09T", "2021-09-03T"]


def test_07_lines_without_a_head_belong_to_the_message_before(tmp_path):
    found = android(tmp_path, "Sam: one\n\ntwo  \n three\n", "Jo: next")
    assert found.told() == [("Sam", "one\n\ntwo  \n three\n"), ("Jo", "next")]


def test_08_a_pasted_line_that_looks_like_a_head_is_no_message(tmp_path):
    pasted = (
        "13/05/2021 the plan\n25/12/2021, 18:00 - carols\n01/01/2020, 10:00 no separator\n[13/05/2021, 07:15:22] Kit: quoted"
    )
    found = android(tmp_path, f"Sam: see\n{pasted}", "Jo: ok")
    assert found.told() == [("Sam", f"see\n{pasted}"), ("Jo", "ok")]


def test_09_only_newlines_end_lines(tmp_path):
    odd = "a\u2028b\u0085c\u000bd\u000ce"
    found = chat(tmp_path, f"[13/05/2021, 07:15:22] Sam: {odd}\ninner", "[13/05/2021, 07:15:23] Jo: x", end="\r\n")
    assert found.told() == [("Sam", f"{odd}\ninner"), ("Jo", "x")]


def test_10_the_mark_of_whatsapps_own_words_is_kept_as_a_fact(tmp_path):
    found = iphone(tmp_path, f"Sam: {LRM}Jemand hat etwas getan", "Sam: Jemand hat etwas getan", "Jo: x")
    assert [(i.author, i.text) for i in found.items] == [
        ("system", "Jemand hat etwas getan"), (None, "Jemand hat etwas getan"), (None, "x"),
    ]  # fmt: skip


def test_11_joiners_in_emoji_stay(tmp_path):
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f466"
    assert android(tmp_path, f"Sam {family}: {family}", "Jo: x").told()[0] == (f"Sam {family}", family)


def test_12_an_author_may_hold_a_colon(tmp_path):
    found = android(
        tmp_path, "Dr: Who: hello", "Jo: Reminder: gloves", "Dr: Who: Reminder: hats", "Jo: Reminder: torch", "Jo: ok"
    )
    assert found.told() == [
        ("Dr: Who", "hello"), ("Jo", "Reminder: gloves"), ("Dr: Who", "Reminder: hats"), ("Jo", "Reminder: torch"),
        ("Jo", "ok"),
    ]  # fmt: skip


def test_12_the_files_name_knows_an_author_with_a_colon(tmp_path):
    found = android(tmp_path, "Dr: Who: hello", "Jo: hi", name="WhatsApp Chat with Dr_ Who.txt")
    assert found.told() == [("Dr: Who", "hello"), ("Jo", "hi")]
    assert {i.conversation.title for i in found.items} == {"Dr: Who"}


def test_13_people_who_are_not_saved(tmp_path):
    found = iphone(tmp_path, f"\u202a+44{NBSP}7700{NBSP}900123\u202c: a", f"~{NNBSP}Wren: b", "~ Kit: c")
    assert found.told() == [("+44 7700 900123", "a"), ("Wren", "b"), ("Kit", "c")]


def test_13_keys_hold_no_number(tmp_path):
    found = android(tmp_path, "+44 7700 900123: a", "Jo: b", name="WhatsApp Chat with +44 7700 900123.txt")
    assert found.people == [("messaged", "+44 7700 900123", None)]
    assert not [r for r in found.records if "900123" in getattr(r, "key", "")]


def test_14_iphone_notices_carry_the_groups_or_the_others_name(tmp_path):
    group = iphone(
        tmp_path, f"Choir: {LRM}Sam created this group", "Sam: hi", f"Choir: {LRM}Jo left", name="WhatsApp Chat - Choir.zip"
    )
    assert [(i.author, i.author_name, i.text) for i in group.items] == [
        ("system", None, "Sam created this group"), (None, "Sam", "hi"), ("system", None, "Jo left"),
    ]  # fmt: skip
    assert group.items[0].conversation.participants == ("Sam", "Jo")
    pair = iphone(tmp_path, f"Sam: {LRM}Messages and calls are end-to-end encrypted.", "Sam: hi", "Jo: ho")
    assert [(i.author, i.author_name) for i in pair.items] == [("system", None), (None, "Sam"), (None, "Jo")]
    assert [i.conversation.group for i in (*group.items, *pair.items)] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    "line",
    [
        'Sam created group "Choir: altos"',
        'Sam changed the subject from "Choir: altos" to "Choir: all"',
        "Sam added Dr: Who",
        "You removed Dr: Who",
        "Sam left",
        "+44 7700 900123 joined using this group's invite link",
        "Sam changed their phone number to a new number. Tap to message: the new one",
        "Your security code with Sam changed. Tap to learn more.",
        "Messages and calls are end-to-end encrypted. Tap: learn more.",
        'Sam hat die Gruppe "Chor: Alt" erstellt',
    ],
)
def test_15_android_notices_may_hold_a_colon(tmp_path, line):
    found = android(tmp_path, "Sam: before", line, "Sam: after")
    assert [(i.author, i.author_name, i.text) for i in found.items] == [
        (None, "Sam", "before"), ("system", None, line), (None, "Sam", "after"),
    ]  # fmt: skip


def test_16_empty_messages(tmp_path):
    found = android(tmp_path, "Sam: x", "Sam: ", "Sam:", "Sam:.", "Jo: y")
    assert found.told() == [("Sam", "x"), ("Sam", ""), ("Sam", ""), ("Sam", ""), ("Jo", "y")]


def test_17_placeholders_are_no_words(tmp_path):
    words = ["image", "video", "audio", "sticker", "GIF", "document"]
    found = iphone(tmp_path, *(f"Sam: {LRM}{w} omitted" for w in words), f"Sam: {LRM}Contact card omitted", "Jo: x")
    kinds = ["photo", "video", "audio", "sticker", "gif", "file", "contact"]
    assert [(i.text, i.media) for i in found.items[:-1]] == [("", (Media(None, k),)) for k in kinds]
    old = android(tmp_path, "Sam: <Media omitted>", "Sam: null", "Jo: image omitted", "Jo: nullify the image")
    assert [(i.text, i.media) for i in old.items] == [
        ("", (Media(None, "unknown"),)), ("", (Media(None, "unknown"),)), ("", (Media(None, "photo"),)),
        ("nullify the image", ()),
    ]  # fmt: skip


def test_18_deleted_messages_and_who_deleted_them(tmp_path):
    found = android(tmp_path, "Sam: This message was deleted", "Jo: You deleted this message", "Jo: mine", "Sam: yours")
    assert [(i.text, i.deleted, i.author) for i in found.items] == [
        ("", True, "other"), ("", True, "me"), ("mine", False, "me"), ("yours", False, "other"),
    ]  # fmt: skip
    phone = iphone(tmp_path, f"Sam: {LRM}This message was deleted.", f"Jo: {LRM}You deleted this message.")
    assert [(i.deleted, i.author) for i in phone.items] == [(True, "other"), (True, "me")]


def test_18_the_note_of_an_edit_is_no_word(tmp_path):
    found = iphone(tmp_path, f"Sam: better {LRM}<This message was edited>", "Jo: x")
    assert found.told()[0] == ("Sam", "better")
    assert android(tmp_path, "Sam: better <This message was edited>", "Jo: x").told()[0] == ("Sam", "better")


def test_19_attachments_of_all_ages_and_their_captions(tmp_path):
    new = iphone(
        tmp_path,
        f"Sam: {LRM}<attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg>",
        f"Sam: {LRM}<Anhang: 00000043-x.opus>",
        "Jo: x",
    )
    assert [(i.text, i.media[0].type) for i in new.items[:2]] == [("", "photo"), ("", "audio")]
    old = android(
        tmp_path,
        "Sam: IMG-20210428-WA0001.jpg (file attached)\nthe caption\nin two lines",
        f"Sam: {LRM}IMG-20210428-WA0002.jpg (Datei angehängt)",
        "Sam: 2015-08-04-PHOTO-00004762.jpg <attached>",
        "Sam: see notes.txt (the new one)",
        "Jo: x",
    )
    assert [(i.text, [m.type for m in i.media]) for i in old.items] == [
        ("the caption\nin two lines", ["photo"]), ("", ["photo"]), ("", ["photo"]), ("see notes.txt (the new one)", []),
        ("x", []),
    ]  # fmt: skip


def test_19_files_that_were_sent_are_found_and_not_read_as_chats(tmp_path):
    text = "13/05/2021, 07:15 - Sam: plan.txt (file attached)\n13/05/2021, 07:16 - Jo: x\n"
    files = {"WhatsApp Chat with Sam.txt": text.encode(), "plan.txt": b"1 eggs\n2 milk\n", "odd.csv": b"a,b\n"}
    found = Found(zipped(tmp_path / "WhatsApp Chat with Sam.zip", files))
    assert found.items[0].media == (Media("plan.txt", "file", description="plan.txt"),)
    assert ("unknown", "odd.csv", 1) in found.coverage
    assert not [c for c in found.coverage if c[1] == "plan.txt"]


def test_20_a_documents_line_names_it(tmp_path):
    found = iphone(tmp_path, f"Sam: {LRM}Plan.pdf \u2022 {LRM}2 pages {LRM}<attached: 00000009-Plan.pdf>", "Jo: x")
    assert found.items[0].media == (Media(None, "file", description="Plan.pdf \u2022 2 pages"),)
    assert found.items[0].text == ""


def test_21_a_poll_is_its_makers_words(tmp_path):
    found = iphone(
        tmp_path, f"Sam: {LRM}POLL:\r\nCake?\r\n{LRM}OPTION: Yes, please (2 votes)\r\n{LRM}OPTION: No (0 votes)", "Jo: x"
    )
    assert found.told()[0] == ("Sam", "Cake?\nYes, please\nNo")
    other = iphone(tmp_path, f"Sam: {LRM}UMFRAGE:\r\nKuchen?\r\n{LRM}OPTION: Ja (1 Stimme)", "Jo: x")
    assert (other.told()[0], other.items[0].author) == (("Sam", "Kuchen?\nJa"), None)


def test_22_places(tmp_path):
    found = iphone(
        tmp_path,
        f"Sam: {LRM}Location: https://maps.google.com/?q=52.05,-1.12",
        f"Sam: {LRM}Location: https://foursquare.com/v/4b0f",
        f"Sam: {LRM}Live location shared",
        "Jo: x",
    )
    assert [(i.text, i.place, i.links) for i in found.items[:3]] == [
        ("", Place(None, 52.05, -1.12), ("https://maps.google.com/?q=52.05,-1.12",)),
        ("", Place(), ("https://foursquare.com/v/4b0f",)),
        ("", Place("live location"), ()),
    ]  # fmt: skip


def test_23_calls_are_whatsapps_words(tmp_path):
    found = iphone(tmp_path, f"Sam: {LRM}Missed voice call", f"Jo: {LRM}Video call, 5 min", "Jo: call me")
    assert [(i.author, i.author_name) for i in found.items] == [("system", "Sam"), ("system", "Jo"), (None, "Jo")]


@pytest.mark.parametrize(("count", "cut"), [(39_998, True), (41_000, False), (9_999, False)])
def test_24_long_chats_may_be_cut(tmp_path, count, cut):
    lines = (f"13/05/2021, {n // 60 % 24:02}:{n % 60:02} - {'Jo' if n % 2 else 'Sam'}: x{n}" for n in range(count))
    found = chat(tmp_path, *lines)
    assert len(found.items) == count
    assert any("may be cut" in w for w in found.summary.warnings) == cut


def test_25_the_owner_is_asked_for_and_named(tmp_path):
    lines = ["Sam: a", "Jo Penrose: b"]
    asked = android(tmp_path, *lines)
    assert [i.author for i in asked.items] == [None, None]
    [question] = asked.summary.questions
    assert (question.id, [o[0] for o in question.options]) == ("whatsapp.owner", ["Jo Penrose", "Sam"])
    told = android(tmp_path, *lines, answers=Answers(me=("jo penrose",)))
    assert [(i.account, i.author) for i in told.items] == [("Jo Penrose", "other"), ("Jo Penrose", "me")]
    assert (told.summary.questions, told.people) == ((), [("messaged", None, "Sam")])


def test_26_the_one_person_in_all_chats_is_taken_with_a_warning(tmp_path):
    head = "[13/05/2021, 07:15:22] "
    zips = [
        zipped(tmp_path / f"WhatsApp Chat - {o}.zip", {"_chat.txt": f"{head}{o}: a\r\n{head}Jo: b\r\n".encode()})
        for o in ("Sam", "Kit")
    ]
    found = Found(zips)
    assert found.platforms == ["whatsapp"]
    assert sorted((i.conversation.title, i.author) for i in found.items) == [
        ("Kit", "me"), ("Kit", "other"), ("Sam", "me"), ("Sam", "other"),
    ]  # fmt: skip
    assert any("Jo is in all of them" in w for w in found.summary.warnings)


def test_26_two_people_in_all_chats_are_nobody(tmp_path):
    head = "[13/05/2021, 07:15:22] "
    zips = [
        zipped(tmp_path / f"WhatsApp Chat - {t}.zip", {"_chat.txt": f"{head}Sam: a {t}\r\n{head}Jo: b\r\n".encode()})
        for t in ("Sam", "Choir")
    ]
    found = Found(zips)
    assert {i.author for i in found.items} == {None}
    assert [q.id for q in found.summary.questions] == ["whatsapp.owner"]


def test_27_one_chat_never_clears_the_rest(tmp_path):
    found = android(tmp_path, "Sam: a", "Jo: b")
    assert any("does not mean nothing there" in w for w in found.summary.warnings)
    assert any("Stops well before" in w for w in found.summary.warnings)


def test_28_two_exports_of_one_chat_are_told_once(tmp_path):
    lines = [f"13/05/2021, 07:{n:02} - {'Jo' if n % 2 else 'Sam'}: same" for n in range(6)]
    laid(tmp_path, {"WhatsApp Chat with Sam.txt": "\n".join(lines[:4]).encode()})
    laid(tmp_path, {"WhatsApp Chat with Sam (1).txt": "\n".join([*lines[2:], lines[5]]).encode()})
    found = Found([tmp_path / "WhatsApp Chat with Sam.txt", tmp_path / "WhatsApp Chat with Sam (1).txt"])
    assert sorted(i.at[14:16] for i in found.items) == ["00", "01", "02", "03", "04", "05", "05"]
    assert len({i.key for i in found.items}) == 7


def test_28_a_folder_of_downloads_is_one_account_and_each_chat_has_its_name(tmp_path):
    head = "[13/05/2021, 07:15:22] "
    for name in ("Sam", "Kit"):
        zipped(tmp_path / f"WhatsApp Chat - {name}.zip", {"_chat.txt": f"{head}{name}: a\r\n{head}Jo: b\r\n".encode()})
    files = {
        "WhatsApp Chat with Bea.txt": b"13/05/2021, 07:15 - Bea: a\n13/05/2021, 07:16 - Jo: b\n",
        "shopping.txt": b"eggs\n",
    }
    laid(tmp_path, files)
    found = Found(tmp_path)
    assert found.platforms == ["whatsapp"]
    assert sorted({(i.conversation.title, i.author_name, i.author) for i in found.items}) == [
        ("Bea", "Bea", "other"),
        ("Bea", "Jo", "me"),
        ("Kit", "Jo", "me"),
        ("Kit", "Kit", "other"),
        ("Sam", "Jo", "me"),
        ("Sam", "Sam", "other"),
    ]
    packed = zipped(tmp_path / "all my chats.zip", {n.name: n.read_bytes() for n in tmp_path.glob("WhatsApp*.zip")})
    assert {i.conversation.title for i in Found(packed).items} == {"Sam", "Kit"}


def test_29_exact_repeats_and_the_hour_that_comes_twice_have_keys_of_their_own(tmp_path):
    heads = ["01:30", "01:30", "01:59", "01:30", "01:30", "02:00"]
    found = chat(tmp_path, *(f"31/10/2021, {h} - Sam: ok" for h in heads), "31/10/2021, 02:01 - Jo: x")
    assert len({i.key for i in found.items}) == 7


def test_30_the_account_report_is_read_from_json_before_its_pages(tmp_path):
    files = {
        "contacts.json": json.dumps({"wa_contacts": ["+447700900333"]}).encode(),
        "contacts.html": b"<html><body><table><tr><td>+447700900333</td></tr></table></body></html>",
        "registration_information.json": b"{}",
    }
    found = Found(zipped(tmp_path / "My account info.zip", files))
    assert (found.platforms, found.people) == (["whatsapp"], [("contact", "+447700900333", None)])


DAYS = [f"{day:02}/05/2024" for day in range(1, 29)]


@pytest.mark.parametrize(
    "line",
    [
        "{} - Went to school. Ms Hill: nice",
        "{} 08:15 - Breakfast{}: eggs",
        "{} 08:15 - Lunch with Jo: lovely",
        "{} 21:15 - Felt fine and read a book",
        "{} 08:15:22: Server started: ok",
        "[{} 08:15:22] INFO: started",
    ],
)
def test_31_a_diary_or_a_log_is_no_chat(tmp_path, line):
    text = "".join(line.format(day, number) + "\n" for number, day in enumerate(DAYS))
    path = laid(
        tmp_path, {"Downloads/2024.txt": text.encode(), "Downloads/WhatsApp Chat with Sam.txt": b"13/05/2021, 07:15 - Sam: a\n"}
    )
    found = Found(path / "Downloads")
    assert {i.conversation.title for i in found.items} == {"Sam"}
    assert ("unknown", "2024.txt", 1) in found.coverage


def test_31_a_renamed_chat_is_one(tmp_path):
    lines = [f"{day} 08:15 - {who}: good morning" for day in DAYS for who in ("Sam", "Jo")]
    assert chat(tmp_path, *lines, name="from my old phone.txt").platforms == ["whatsapp"]


def test_32_dates_that_contradict_each_other_are_asked_about_and_crash_nothing(tmp_path):
    dates = ["13/05/2021", "05/13/2021", "06/07/2021"]
    found = chat(tmp_path, *(f"{day}, 07:15 - {who}: hi" for day, who in zip(dates, "SJS", strict=True)))
    assert found.days() == ["2021-05-13", "2021-05-13", "2021-07-06"]
    assert [q.options for q in found.summary.questions if q.id == "whatsapp.day-order"] == [
        (("day-first", "6 July"), ("month-first", "7 June"))
    ]


@pytest.mark.parametrize("date", ["0/5/2021", "5/1300/21", "0000/1/1", "99/99/99"])
def test_32_a_date_that_is_none_costs_its_line_only(tmp_path, date):
    found = chat(tmp_path, f"{date}, 07:15 - Sam: lost", "13/05/2021, 07:15 - Sam: a", f"{date}, 07:15 - Sam: b", "c")
    assert [(i.at, i.text) for i in found.items] == [("2021-05-13T07:15:00", f"a\n{date}, 07:15 - Sam: b\nc")]
    assert [(state, count) for state, _, count in found.coverage] == [("failed", 1)]


def test_32_a_chat_damaged_into_one_line_of_megabytes_is_given_up_quickly(tmp_path):
    started = time.process_time()
    found = chat(tmp_path, "13/05/2021, 07:15 - Sam: a", "13/05/2021, 07:16 - " + "this chat changes é " * 600_000)
    assert [c[0] for c in found.coverage] == ["failed"]
    assert time.process_time() - started < 8  # seconds


@pytest.mark.parametrize(
    ("name", "own", "gone", "left_out"),
    [
        (
            "WhatsApp Chat mit Sam",
            "Du hast diese Nachricht gelöscht.",
            "Diese Nachricht wurde gelöscht.",
            "<Medien ausgeschlossen>",
        ),
        ("Chat de WhatsApp con Sam", "Eliminaste este mensaje.", "Se eliminó este mensaje", "<Multimedia omitido>"),
        (
            "WhatsApp-keskustelu käyttäjän Sam kanssa",
            "Poistit tämän viestin",
            "Tämä viesti poistettiin",
            "<Media jätettiin pois>",
        ),
    ],
)
def test_33_phones_in_other_languages_delete_and_leave_out_too(tmp_path, name, own, gone, left_out):
    found = android(tmp_path, f"Sam: {gone}", f"Sam: {left_out}", "Jo: <a typed note>", f"Jo: {own}", name=f"{name}.txt")
    assert [(i.author, i.text, i.deleted, bool(i.media)) for i in found.items] == [
        ("other", "", True, False), ("other", "", False, True), ("me", "<a typed note>", False, False), ("me", "", True, False),
    ]  # fmt: skip
    assert found.people == [("messaged", None, "Sam")]


def test_33_an_iphone_in_another_language_leaves_out_pictures(tmp_path):
    found = iphone(tmp_path, f"Sam: {LRM}Bild weggelassen", f"Jo: {LRM}audio omitido")
    assert [(i.author_name, i.text, i.media[0].type) for i in found.items] == [("Sam", "", "photo"), ("Jo", "", "audio")]


def test_34_you_above_a_notice_is_nobody(tmp_path):
    lines = (f"Choir: {LRM}You were added", f"You: {LRM}You changed this group's icon", "Sam: a", "Jo: b")
    found = iphone(tmp_path, *lines, name="WhatsApp Chat - Choir.zip")
    assert found.items[0].conversation.participants == ("Sam", "Jo")
    assert [i.author for i in found.items[:2]] == ["system", "system"]


def test_35_a_chat_of_two_in_which_the_other_never_answered_is_no_group(tmp_path):
    found = iphone(tmp_path, f"Sam: {LRM}Messages and calls are end-to-end encrypted.", "Jo: are you there?")
    assert (found.items[1].conversation.group, found.items[1].audience) == (False, "direct")
    assert found.people == [("messaged", None, "Sam")]


def test_36_who_types_the_words_of_a_deleted_message_is_not_the_owner(tmp_path):
    said = "You deleted this message"
    found = android(tmp_path, f"Sam: {said}", f"Jo: {said}", f"Jo: {said}")
    assert {(i.author_name, i.author) for i in found.items} == {("Jo", "me"), ("Sam", "other")}


def test_37_a_group_in_which_the_owner_never_wrote_hides_nobody(tmp_path):
    head = "[13/05/2021, 07:15:22] "
    chats = {"Sam": ("Sam", "Jo"), "Kit": ("Kit", "Jo"), "Choir": ("Ali", "Bea", "Sam")}
    zips = [
        zipped(tmp_path / f"WhatsApp Chat - {n}.zip", {"_chat.txt": "".join(f"{head}{w}: hi\r\n" for w in who).encode()})
        for n, who in chats.items()
    ]
    found = Found(zips)
    assert {i.author_name for i in found.items if i.author == "me"} == {"Jo"}
    assert any("Jo is in all of those with two people" in w for w in found.summary.warnings)


def test_38_an_answer_that_is_nobody_is_said(tmp_path):
    found = android(tmp_path, "Sam: a", "Jo: b", answers=Answers(me=("Josephine",)))
    assert any("Nobody in these chats is called what you said" in w for w in found.summary.warnings)


def test_39_an_empty_chat_is_no_account_report(tmp_path):
    found = Found(laid(tmp_path, {"WhatsApp Chat with Sam.txt": b""}) / "WhatsApp Chat with Sam.txt")
    assert found.coverage == [("failed", "WhatsApp Chat with Sam.txt", 0)]
    assert [w for w in found.summary.warnings if "account report" in w] == []


def test_40_a_second_download_named_by_a_mac_is_the_same_chat(tmp_path):
    head = "[13/05/2021, 07:15:22] "
    zips = [
        zipped(tmp_path / f"WhatsApp Chat - Sam{n}.zip", {"_chat.txt": f"{head}Sam: a\r\n{head}Jo: b\r\n{more}".encode()})
        for n, more in (("", ""), (" 2", f"{head}Jo: c\r\n"))
    ]
    assert sorted(i.text for i in Found(zips).items) == ["a", "b", "c"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published sample files are not here")
@pytest.mark.parametrize("name", ["[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"])
def test_published_samples_of_five_layouts_are_read(name):
    folder = SHARED / "fixtures" / "whatsapp"
    wanted = json.loads((folder / "chatminer_target.json").read_text(encoding="utf-8"))
    found = Found(folder / f"chatminer_test_{name}.txt")
    assert found.platforms == ["whatsapp"]
    # that parser leaves out notices and empty messages, joins lines with a space and sorts the newest first
    told = [(i.at, i.author_name, " ".join(i.text.split())) for i in found.items if i.author != "system" and i.text]
    assert sorted(told) == sorted((w["timestamp"], w["author"], " ".join(w["message"].split())) for w in wanted)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published sample files are not here")
def test_a_published_android_sample_is_read():
    found = Found(SHARED / "fixtures" / "whatsapp" / "potluck_Android_Dana_Muster_first14.txt")
    assert [i.author for i in found.items].count("system") == 2
    assert [m.type for i in found.items for m in i.media] == ["unknown", "photo"]
    assert found.items[2].text.count("\n") == 2
