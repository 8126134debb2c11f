"""The known traps of LinkedIn's export, one by one, in the order of the format notes, then the rest of what is easily lost."""

import zipfile
from pathlib import Path

import pytest
from making import zipped
from making_meta import Read, read

from auditlib.platforms._linkedin_forms import american, day, slug, utc
from auditlib.platforms._linkedin_messages import split
from auditlib.platforms._linkedin_posts import said
from auditlib.records import Conversation, Question, Quoted, ReplyTo, Summary

SITE = "https://www.linkedin.com/"
SHARED = Path(__file__).resolve().parents[2] / "shared"
PROFILE = {
    "Profile.csv": b"First Name,Last Name,Maiden Name,Headline\nWren,Ashdown,,Teaching assistant\n",
    "Positions.csv": b"Company Name,Title,Description,Location,Started On,Finished On\n",
}
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
MESSAGES = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
SMALL = "This is LinkedIn's small download"


def told(folder: Path, **files: str) -> Read:
    """A profile and these files (`Shares` for Shares.csv) in a folder, read."""
    return read(folder, PROFILE | {f"{name}.csv": text.encode() for name, text in files.items()})


def share(number: int, text: str = "words", rest: str = ",,PUBLIC") -> str:
    return f"2024-06-01 18:22:10,{SITE}feed/update/urn%3Ali%3Ashare%3A{number},{text},{rest}\n"


def message(talk: str, sender: str, to: str, text: str = "hi", rest: str = "INBOX") -> str:
    """A line of messages.csv; people are slugs, and named by them with a capital."""
    others = ",".join(f"{SITE}in/{one}" for one in to.split())
    names = ", ".join(one.title() for one in to.split())
    url = f"{SITE}in/{sender}"
    return f'{talk},,{sender.title()},{url},"{names}","{others}",2024-03-15 09:30:00 UTC,,"{text}",{rest}\n'


def test_01_the_small_download_without_posts_is_said_to_be_one(tmp_path):
    small = told(tmp_path / "a", Connections=CONNECTIONS)
    assert SMALL in small.warnings and "choose the larger archive" in small.warnings
    assert SMALL not in told(tmp_path / "b", Shares=SHARES, Comments="Date,Link,Message\n").warnings
    whole = zipped(tmp_path / "Complete_LinkedInDataExport_11-24-2026.zip", PROFILE)
    assert "larger download, but no file of posts" in Read(whole).warnings


def test_01_small_and_larger_download_of_one_day_are_one_export(tmp_path):
    both = CONNECTIONS + f"Kit,Oster,{SITE}in/kitoster,,,,08 Feb 2025\n"
    small = zipped(tmp_path / "Basic_LinkedInDataExport_11-24-2026.zip", PROFILE | {"Connections.csv": both.encode()})
    files = PROFILE | {"Connections.csv": both.encode(), "Shares.csv": (SHARES + share(1)).encode()}
    found = Read(small, zipped(tmp_path / "Complete_LinkedInDataExport_11-24-2026.zip", files))
    assert (found.platforms, found.texts("post"), found.people("friend")) == (
        ["linkedin"],
        ["words"],
        [("kitoster", "Kit Oster")],
    )
    assert SMALL not in found.warnings


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("preamble", ["", 'Notes:\n"Some ""addresses"" are\nleft out."\n\n', "Notes:\nA\nB\nC\n\n\n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_02_preamble_or_none_byte_order_mark_or_none_and_no_final_newline(tmp_path, mark, preamble, end):
    rows = f"Kit,Oster,{SITE}in/kitoster,,,,08 Feb 2025\n,,,,,,07 Jun 2024\n,,,,,,07 Jun 2024"
    found = told(tmp_path, Connections=mark + preamble + CONNECTIONS + rows + end)
    assert [(c.handle, c.name, c.since) for c in found.connections] == [
        ("kitoster", "Kit Oster", "2025-02-08"),
        (None, "hidden member", "2024-06-07"),
        (None, "hidden member", "2024-06-07"),
    ]
    assert len({c.key for c in found.connections}) == 3
    assert "only a date, because their accounts are closed or hidden: 2" in found.warnings


def test_03_column_sets_vary_headers_are_quoted_and_a_column_without_name_does_not_matter(tmp_path):
    row = '"2-a","","Kit","' + SITE + 'in/kit","Wren Ashdown","' + SITE + 'in/wren","2026-03-01 09:00:00 UTC","","Two\nlines",'
    quoted = ",".join(f'"{name}"' for name in (MESSAGES + ",ATTACHMENTS").split(","))
    for number, (head, end) in enumerate(
        (
            (quoted, '"INBOX","https://files.example/a,https://files.example/b"'),
            (MESSAGES + ",IS MESSAGE DRAFT,", "INBOX,No,"),
            (MESSAGES.lower().replace(" ", "_"), "INBOX"),
        )
    ):
        found = told(tmp_path / str(number), messages=f"{head}\n{row}{end}\n")
        assert [(i.text, i.author, i.author_name, len(i.media)) for i in found.items] == [
            ("Two\nlines", "other", "Kit", 2 if number == 0 else 0)
        ]


def test_04_numbered_duplicates_are_laid_together_and_each_row_is_told_once(tmp_path):
    head, one, two = "Date,Link,Message\n", f"2026-01-05 09:10:11,{SITE}p,Agreed\n", f"2026-01-06 09:10:11,{SITE}p,Not so\n"
    found = read(
        tmp_path,
        PROFILE
        | {
            "Comments.csv": (head + one + one).encode(),
            "comments_34875879.csv": (head + one + one + two).encode(),
            "Company_Follows.csv": b"Organization,Followed On\nOakfield School,12 Jan 2024\n",
            "Rich Media_77.csv": b"Time,Media Link\n2024-02-01 12:00:00 UTC,https://media.example/a\n",
            "EMAIL_ADDRESSES (1).csv": b"Email Address,Confirmed,Primary,Updated On\nwren@ashdown.example,Yes,Yes,\n",
        },
    )
    assert found.texts("comment") == ["Agreed", "Agreed", "Not so"]  # the same twice in one file was said twice
    assert len({i.key for i in found.items}) == len(found.items)
    assert (found.people("following"), found.facts[-1]) == ([(None, "Oakfield School")], ("email", "wren@ashdown.example"))
    assert set(found.states.values()) == {"read"}


def test_04_what_is_said_in_one_conversation_at_one_moment_is_kept_apart_by_its_words_and_sender(tmp_path):
    said = [("kit", "hi"), ("kit", "hi"), ("kit", "hi there"), ("sam", "hi")]
    rows = "".join(message("2-a", sender, "wren-ashdown", text) for sender, text in said)
    table = f"{MESSAGES}\n{rows}"
    found = told(tmp_path / "one", messages=table)
    again = told(tmp_path / "two", **{"messages": table, "messages (1)": table})
    assert found.texts("message") == again.texts("message") == ["hi", "hi", "hi there", "hi"]
    keys = [item.key for item in found.items]
    assert len(set(keys)) == 4
    assert [item.key for item in again.items] == keys


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('one"\n"two', "one\ntwo"),
        ('"one"\n"two"', "one\ntwo"),
        ('one\n"\ntwo', "one\n\ntwo"),
        ('"one"\n"\n"two"', "one\n\ntwo"),
        ('She said:\n"Be kind."\nSo there', 'She said:\n"Be kind."\nSo there'),
        ('"Be kind."', '"Be kind."'),
    ],
)
def test_05_quotation_marks_around_lines_go_and_quotations_stay(cell, text):
    assert said(cell) == text


def test_05_a_post_may_be_only_an_address_or_have_no_words(tmp_path):
    link, theirs = "https://news.example/a", f"{SITE}feed/update/urn:li:activity:99"
    rows = share(1, link) + share(2, "", f"{theirs},,CONNECTIONS") + share(3, "", ",https://media.example/p.jpg,")
    found = told(tmp_path, Shares=SHARES + rows)
    assert [(i.kind, i.text, i.audience, i.quoted, len(i.media)) for i in found.items] == [
        ("post", link, "public", None, 0),
        ("repost", "", "friends", Quoted("99", None, None), 0),
        ("post", "", "unknown", None, 1),
    ]
    assert (found.items[0].id, found.items[0].url) == ("1", f"{SITE}feed/update/urn%3Ali%3Ashare%3A1")  # opened as it is


def test_05_an_audience_is_only_what_the_export_says(tmp_path):
    words = ("PUBLIC", "CONNECTIONS", "MEMBER_NETWORK", "", "SOMETHING_NEW")
    rows = "".join(share(n, "words", f",,{word}") for n, word in enumerate(words, 1))
    found = told(tmp_path, Shares=SHARES + rows)
    assert [i.audience for i in found.items] == ["public", "friends", "network", "unknown", "unknown"]


def test_06_comments_say_neither_what_nor_whom_they_answer(tmp_path):
    address = f"{SITE}feed/update/urn%3Ali%3Aactivity%3A7?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A7%2C11%29"
    found = told(tmp_path, Comments=f'Date,Link,Message\n2024-06-05 09:10:11,"{address}",Well said\n')
    assert [(i.reply_to, i.quoted, i.url) for i in found.items] == [
        (
            ReplyTo("7", None, f"{SITE}feed/update/urn%3Ali%3Aactivity%3A7"),
            None,
            address,
        )
    ]


def test_07_company_and_position_of_a_connection_are_of_today_and_no_name(tmp_path):
    row = f'Kit,"Oster, MEd",{SITE}in/kitoster,kit@oster.example,Oakfield School,Headteacher,08 Feb 2025\n'
    found = told(tmp_path, Connections=CONNECTIONS + row)
    assert found.people("friend") == [("kitoster", "Kit Oster, MEd")]
    assert [(c.about, c.since) for c in found.connections] == [("Headteacher, Oakfield School", "2025-02-08")]
    assert not any("@" in str(c) for c in found.connections)


def test_08_recommendations_projects_and_positions_are_public_words_in_disguise(tmp_path):
    found = read(
        tmp_path,
        PROFILE
        | {
            "Recommendations_Given.csv": b"First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
            b'Kit,Oster,Oakfield School,Head,"A happy\nschool.",05 May 2024,VISIBLE\n',
            "Recommendations_Received.csv": b"First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
            b"Maud,Pike,Quay Books,Owner,Never late,06 May 2022,PENDING\n",
            "Projects.csv": b"Title,Description,Url,Started On,Finished On\nPond,Jamie counted newts,,May 2024,\n",
            "Positions.csv": b"Company Name,Title,Description,Location,Started On,Finished On\n"
            b"Oakfield School,Assistant,Jamie's one-to-one,,Sep 2022,\nQuay Books,Bookseller,,,2019,Aug 2022\n",
        },
    )
    assert [(i.kind, i.author, i.title, i.text, i.at, i.audience) for i in found.items] == [
        ("other", "me", "Assistant, Oakfield School", "Jamie's one-to-one", None, "unknown"),
        ("other", "me", "Bookseller, Quay Books", "", None, "unknown"),
        ("post", "me", "Recommendation for Kit Oster, Head, Oakfield School", "A happy\nschool.", "2024-05-05", "public"),
        ("post", "other", "Recommendation by Maud Pike, Owner, Quay Books", "Never late", "2022-05-06", "unknown"),
        ("other", "me", "Pond", "Jamie counted newts", None, "unknown"),
    ]
    assert [f for f in found.facts if f[0] == "employer"] == [("employer", "Oakfield School")]


def test_09_dates_of_invitations_have_the_month_first(tmp_path):
    rows = f'Wren Ashdown,Jo,"3/4/26, 12:05\u202fAM",,OUTGOING,{SITE}in/wren,{SITE}in/jo\n'
    rows += f'Bo,Wren Ashdown,"1/29/26, 2:37 PM",Hello,INCOMING,{SITE}in/bo,{SITE}in/wren\n'
    found = told(tmp_path, Invitations=INVITATIONS + rows)
    assert [(c.relation, c.handle, c.since) for c in found.connections] == [
        ("request_sent", "jo", "2026-03-04T00:05:00"),
        ("request_received", "bo", "2026-01-29T14:37:00"),
    ]
    assert [(i.kind, i.author, i.text, i.conversation.id) for i in found.items] == [
        ("message", "other", "Hello", "invitation:bo")
    ]


def test_10_connections_without_an_address_are_known_by_name_and_date_and_may_coincide(tmp_path):
    head = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
    found = told(tmp_path, Connections=head + "Sam,Wick,,,,08 Feb 2018\nSam,Wick,,,,08 Feb 2018\nSam,Wick,,,,09 Feb 2018\n")
    assert [c.name for c in found.connections] == ["Sam Wick"] * 3
    assert len({c.key for c in found.connections}) == 3
    again = told(tmp_path / "newer", Connections=head + "Sam,Wick,,,,08 Feb 2018\n")
    assert again.connections[0].key == found.connections[0].key


def test_an_invitation_accepted_by_now_is_no_pending_request(tmp_path):
    people = f"Kit,Oster,{SITE}in/Kit%C3%B8,,,,08 Feb 2025\nSam,Wick,,,,08 Feb 2025\n"
    rows = f'Wren Ashdown,Kit Oster,"2/7/25, 3:05 PM",,OUTGOING,{SITE}in/wren,{SITE}in/kitø/\n'
    rows += f'Sam Wick,Wren Ashdown,"2/7/25, 3:05 PM",,INCOMING,,{SITE}in/wren\n'
    rows += f'Sam Wick,Wren Ashdown,"2/9/25, 3:05 PM",,INCOMING,{SITE}in/other-sam,{SITE}in/wren\n'
    found = told(tmp_path, Connections=CONNECTIONS + people, Invitations=INVITATIONS + rows)
    # a connection without an address may be anyone of that name
    assert [c.relation for c in found.connections] == ["friend", "friend"]


def test_the_owner_is_told_by_invitations_before_anything_else(tmp_path):
    rows = f'Wren Ashdown,Jo,"3/4/26, 9:05 AM",,OUTGOING,{SITE}in/me-myself,{SITE}in/jo\n'
    talk = MESSAGES + "\n" + message("2-a", "me-myself", "kit") + message("2-a", "kit", "me-myself")
    found = read(
        tmp_path,
        {
            "Invitations.csv": (INVITATIONS + rows).encode(),
            "messages.csv": talk.encode(),
            "Rich_Media.csv": b"Time,Media Link\n",
        },
    )
    assert [(i.account, i.author) for i in found.items] == [("Wren Ashdown", "me"), ("Wren Ashdown", "other")]


def test_the_owner_is_else_who_is_in_nearly_every_conversation(tmp_path):
    rows = message("1", "kit", "wren") + message("2", "wren", "maud") + message("3", "jo", "wren")
    found = read(tmp_path, {"messages.csv": f"{MESSAGES}\n{rows}".encode(), "Rich_Media.csv": b"Time,Media Link\n"})
    assert [i.author for i in found.items] == ["other", "me", "other"]
    assert found.people("messaged") == [("kit", "Kit"), ("maud", "Maud"), ("jo", "Jo")]


def test_somebody_of_another_name_than_the_profiles_is_not_taken_for_the_owner(tmp_path):
    rows = message("1", "kit", "jo") + message("2", "kit", "maud") + message("3", "kit", "ned")  # kept in a shared mailbox
    found = told(tmp_path, messages=f"{MESSAGES}\n{rows}")
    assert [i.author for i in found.items] == ["other"] * 3
    old = MESSAGES.replace("RECIPIENT PROFILE URLS,", "")
    lines = "".join(f"{n},,Kit,{SITE}in/kit,Wren,2020-03-15 09:30:00 UTC,,hi,INBOX\n" for n in range(3))
    never_sent = read(tmp_path / "old", {"messages.csv": f"{old}\n{lines}".encode(), "Rich_Media.csv": b"Time,Media Link\n"})
    assert [i.author for i in never_sent.items] == [None] * 3


def test_where_the_owner_is_not_said_the_person_is_asked_and_nothing_is_guessed(tmp_path):
    rows = message("1", "ana", "pedro") + message("2", "pedro", "ana")
    files = {"messages.csv": f"{MESSAGES}\n{rows}".encode(), "Rich_Media.csv": b"Time,Media Link\n"}
    found = read(tmp_path, files)
    assert ([i.author for i in found.items], found.people("messaged")) == ([None, None], [])
    asked = [q for r in found.records if isinstance(r, Summary) for q in r.questions]
    assert [(type(q), q.id, sorted(q.options)) for q in asked] == [
        (Question, "linkedin.owner", [("Ana", "Ana"), ("Pedro", "Pedro")])
    ]
    answered = read(tmp_path, files, me=("Pedro",))
    assert [i.author for i in answered.items] == ["other", "me"]
    assert not [q for r in answered.records if isinstance(r, Summary) for q in r.questions]


def test_people_in_a_conversation_are_counted_by_address_as_names_hold_commas(tmp_path):
    head = f"{MESSAGES}\n"
    one = f'1,,Wren Ashdown,{SITE}in/wren,"Pike, MEd, PhD",{SITE}in/pike,2024-03-15 09:30:00 UTC,,a,INBOX\n'
    two = f'2,Lunch,Wren Ashdown,{SITE}in/wren,"Pike, MEd, Jo Fenn","{SITE}in/pike,{SITE}in/jo",2024-03-15 09:30:00 UTC,,b,\n'
    found = told(tmp_path, messages=head + one + two)
    assert [(i.audience, i.conversation) for i in found.items] == [
        ("direct", Conversation("1", None, ("Wren Ashdown", "Pike, MEd, PhD"), False)),
        ("group", Conversation("2", "Lunch", ("Wren Ashdown", "Pike, MEd", "Jo Fenn"), True)),
    ]
    assert split("Sam Wick, MEd, Jo Fenn", 0, {"Sam Wick, MEd"}) == ["Sam Wick, MEd", "Jo Fenn"]


def test_drafts_advertisements_and_deleted_members(tmp_path):
    page = '<p class=""spinmail-quill-editor__spin-break"">Hi %FIRSTNAME% &amp; co</p><p>Buy</p>'
    rows = message("1", "wren", "kit", "sent", "INBOX,No,No") + message("1", "wren", "kit", "unsent", "INBOX,Yes,No")
    rows += f"2,,LinkedIn Member,,Wren Ashdown,{SITE}in/wren,2024-03-15 09:30:00 UTC,,gone,SPAM,,\n"
    rows += f'3,,Deals,,Wren Ashdown,{SITE}in/wren,2024-03-15 09:30:00 UTC,Offer,"{page}",INBOX,,\n'
    found = told(
        tmp_path,
        Invitations=INVITATIONS + f'Wren Ashdown,Jo,"3/4/26, 9:05 AM",,OUTGOING,{SITE}in/wren,{SITE}in/jo\n',
        messages=f"{MESSAGES},IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n{rows}",
    )
    assert [(i.author, i.author_name, i.title, i.text) for i in found.items] == [
        ("me", "Wren", None, "sent"),
        ("other", "LinkedIn Member", None, "gone"),
        ("other", "Deals", "Offer", "Hi %FIRSTNAME% & co\n\nBuy"),
    ]
    assert found.people("messaged") == [("kit", "Kit")]
    assert "did not send are left out: 1" in found.warnings


def test_what_a_spreadsheet_program_made_of_a_file_is_read_and_what_is_lost_is_said(tmp_path):
    text = CONNECTIONS.replace(",", ";").replace("\n", "\r\n") + f"Kit;Oster;{SITE}in/kitoster;;;;4-Apr-21\r\n"
    shares = SHARES.replace(",", ";") + "03/02/2024 08:05;;Caf\u00e9;;;PUBLIC\n13/02/2024 08:05;;Tea;;;PUBLIC\n"
    found = read(tmp_path, PROFILE | {"Connections.csv": text.encode("utf-8-sig"), "Shares.csv": shares.encode("cp1252")})
    assert [c.since for c in found.connections] == ["2021-04-04"]
    assert [(i.text, i.at) for i in found.items] == [("Caf\u00e9", None), ("Tea", "2024-02-13T08:05:00+00:00")]
    assert "Dates that could not be read: 1" in found.warnings


@pytest.mark.parametrize(
    ("parser", "value", "at"),
    [
        (day, "08 Feb 2026", "2026-02-08"),
        (day, "4-Apr-21", "2021-04-04"),
        (day, "02/08/2026", "2026-02-08"),
        (day, "31/08/2026", "2026-08-31"),
        (day, "08 Fob 2026", None),
        (american, "1/29/26, 2:37 PM", "2026-01-29T14:37:00"),
        (american, "3/4/26, 12:00\u202fPM", "2026-03-04T12:00:00"),
        (american, "29/1/26, 2:37 PM", None),
        (utc, "2026-02-08 09:10:11 UTC", "2026-02-08T09:10:11+00:00"),
        (utc, "2026-02-08 09:10:11", "2026-02-08T09:10:11+00:00"),
        (utc, "2024/02/01 15:02:55 UTC", "2024-02-01T15:02:55+00:00"),
        (utc, "2/3/2024 08:05", None),
        (utc, "nonsense", None),
    ],
)
def test_each_form_of_date_is_read_by_its_own_rule(parser, value, at):
    assert parser(value) == at


def test_addresses_of_people_are_compared_decoded_in_lower_case_without_query_or_slash():
    assert {slug(f"{SITE}in/Maud-%C3%A9/?trk=a"), slug("www.linkedin.com/in/maud-%C3%89"), slug(f"{SITE}in/maud-é")} == {
        "maud-é"
    }
    assert slug(" ") == ""


def test_articles_are_posts_and_those_never_published_are_drafts(tmp_path):
    page = "<html><head><title>{0}</title></head><body><h1><a href='{1}'>{0}</a></h1>{2}<p>Words &amp; more</p></body></html>"
    dates = "<p>Created on 2023-11-04 16:30</p>"
    found = read(
        tmp_path,
        PROFILE
        | {
            "Articles/Articles/2023-11-05 17:00:00.0-One.html": page.format("One", f"{SITE}pulse/one", "").encode(),
            "Articles/Articles/Three.html": page.format("Three", "", dates).encode(),
            "Articles/Articles/Two.html": page.format(
                "Two", f"{SITE}pulse/two", dates + "<p>Published on 2023-11-05 17:02</p>"
            ).encode(),
        },
    )
    assert [(i.kind, i.title, i.text, i.at, i.state, i.audience, i.url) for i in found.items] == [
        ("post", "One", "Words & more", "2023-11-05T17:00:00", "live", "unknown", f"{SITE}pulse/one"),
        ("post", "Three", "Words & more", "2023-11-04T16:30:00", "draft", "private", None),
        ("post", "Two", "Words & more", "2023-11-05T17:02:00", "live", "unknown", f"{SITE}pulse/two"),
    ]


def test_talks_with_assistants_and_applications_for_jobs_are_left_out_on_purpose(tmp_path):
    found = read(
        tmp_path,
        PROFILE
        | {
            "guide_messages.csv": b"No conversations found\n",
            "LearningCoachMessages.csv": b"CONVERSATION ID,CONTENT\n1,secret\n",
            "Jobs/Job Applications.csv": b"Application Date,Contact Phone Number\n,07700 900123\n",
            "Causes You Care About.csv": b"Supported Cause\nAnimals\n",
        },
    )
    assert set(found.states.values()) == {"read"}
    assert "secret" not in str(found.items) and "900123" not in str(found.records)


def test_who_can_see_that_one_looks_for_work_is_shown_in_the_exports_own_word(tmp_path):
    name = "Jobs/Job Seeker Preferences.csv"
    found = read(tmp_path, PROFILE | {name: b"Locations,Open Candidate Visibility\nAlderwick,RECRUITERS_ONLY\n"})
    assert found.settings == {"linkedin.open-to-work": ("unknown", "RECRUITERS_ONLY")}


def test_contacts_are_read_in_both_forms_and_their_keys_hold_no_address(tmp_path):
    old = "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,FullName\n"
    old += "MOBILE,,,,,lil@harrow.example,,,Lil H\n"
    new = (
        "FirstName,MiddleName,LastName,Emails,PhoneNumbers,Title,Location,CreatedAt,UpdatedAt\nLil,B,Harrow,,07700 900125,,,,\n"
    )
    found = told(tmp_path, Contacts=old, ImportedContacts=new)
    assert found.people("contact") == [(None, "Lil H"), (None, "Lil B Harrow")]
    assert not any("harrow.example" in c.key or "900125" in c.key for c in found.connections)


def test_a_birthday_without_a_year_and_bracketed_lists(tmp_path):
    text = "First Name,Last Name,Birth Date,Headline,Websites,Twitter Handles\n"
    text += 'Wren,Ashdown,Jun 14,"Line\nbreak","[PERSONAL:https://a.example/?b=1,OTHER:https://c.example]",[wren_otter]\n'
    found = read(tmp_path, PROFILE | {"Profile.csv": text.encode()})
    assert found.facts == [
        ("name", "Wren Ashdown"),
        ("birthday", "Jun 14"),
        ("bio", "Line\nbreak"),
        ("website", "https://a.example/?b=1"),
        ("website", "https://c.example"),
        ("handle", "wren_otter"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Connections.csv", f'Notes:\n"x"\n\n{CONNECTIONS}Kit,Oster,,,,,08 Feb 2025\n'),
        ("messages.csv", f"\ufeff{MESSAGES}\n{message('1', 'kit', 'wren')}"),
        ("Shares_34875879.csv", SHARES + share(1)),
        ("Comments.csv", f"Date,Link,Message\n2024-06-05 09:10:11,{SITE}p,Well\n"),
        ("Reactions.csv", f"Date,Type,Link\n2024-06-05 09:10:11,LIKE,{SITE}p\n"),
        ("Invitations.csv", INVITATIONS + 'A,B,"1/2/24, 3:04 PM",,OUTGOING,,\n'),
    ],
)
def test_a_single_file_is_recognised_by_its_header(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = Read(tmp_path / name)
    assert (found.platforms, set(found.states.values())) == (["linkedin"], {"read"})
    assert found.items or found.connections
    assert "Only one file of a LinkedIn archive is here" in found.warnings


def test_a_row_that_is_none_costs_itself_only(tmp_path):
    found = told(tmp_path, messages=f"{MESSAGES}\n{message('1', 'kit', 'wren')}BROKEN\n{message('2', 'kit', 'wren', 'later')}")
    assert found.texts() == ["hi", "later"]
    assert found.states["messages.csv"] == "failed"


def test_the_shared_fixture_is_read_rightly():
    folder = SHARED / "fixtures/linkedin/three-files"
    if not folder.is_dir():
        pytest.skip("the shared fixtures are not beside this checkout")
    found = Read(folder)
    assert found.people("friend") == [("josegarcia", "José García"), ("aesop", "Æsop Fontaine")]
    assert found.texts("message") == ["Hey Pedro, let's grab coffee, maybe Tuesday?", "Sounds great!\nTuesday at 3pm works."]
    assert [i.author for i in found.items if i.kind == "message"] == [None, None]  # either of the two may be the owner
    assert found.states == {"Connections.csv": "read", "Rich_Media.csv": "read", "messages.csv": "failed"}
    assert SMALL in found.warnings


def test_a_zip_named_by_linkedin_is_recognised_whatever_is_in_it(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("Basic_LinkedInDataExport_11-24-2026/Skills.csv", "Name\nPhonics\n")
    assert Read(path).platforms == ["linkedin"]


def test_several_files_of_nobody_say_so(tmp_path):
    files = {"Shares.csv": (SHARES + "2024-06-01 18:22:10,https://l.example/1,words,,,PUBLIC\n").encode()}
    found = read(tmp_path, files | {"Comments.csv": b"Date,Link,Message\n2024-06-01 18:22:10,https://l.example/2,so true\n"})
    assert (found.texts(), "Nothing in these files says whose account this is" in found.warnings) == (
        ["words", "so true"],
        True,
    )
