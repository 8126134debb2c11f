"""The known traps of Discord's data package, one by one, in the order of the format notes."""

from typing import Any

import pytest
from making_tables import read, table

from auditlib.records import Connection, Conversation, Item, Media, ProfileFact

ME = "420000000000000000"
KIT = "770000000000000000"
DM = "900000000000000001"
HEADER = "ID,Timestamp,Contents,Attachments"
FIRST = 1200000000000000001


def user(**more: Any) -> dict[str, Any]:
    return {"id": ME, "username": "wren", "discriminator": 0} | more


def friend(kind: Any = "FRIEND", who: str = KIT, name: str = "kit", **more: Any) -> dict[str, Any]:
    return {"id": who, "type": kind, "user": {"id": who, "username": name}} | more


def package(*messages: dict[str, Any], channel: Any = None, folder: str = "Messages", **account: Any) -> dict[str, Any]:
    return {
        f"{folder}/index.json": {DM: "Direct Message with kit#0"},
        f"{folder}/c{DM}/channel.json": channel or {"id": DM, "type": 1, "recipients": [ME, KIT]},
        f"{folder}/c{DM}/messages.json": list(messages),
        "Account/user.json": user(**account),
    }


def said(text: str, number: int = FIRST, at: str = "2025-02-03 04:05:06", files: str = "") -> dict[str, Any]:
    return {"ID": number, "Timestamp": at, "Contents": text, "Attachments": files}


def test_01_csv_contents_hold_quotes_and_line_breaks_and_the_fraction_is_optional(tmp_path):
    rows = [
        ("1", "2022-08-02 00:59:59.753000+00:00", 'she said "no",\r\nthen left', ""),
        ("2", "2022-08-02 00:59:59+00:00", "plain", ""),
    ]
    files = package()
    del files[f"Messages/c{DM}/messages.json"]
    found = read(tmp_path, files | {f"Messages/c{DM}/messages.csv": table(HEADER, *rows, end="\r\n")})
    assert [(i.text, i.at) for i in found.items] == [
        ('she said "no",\nthen left', "2022-08-02T00:59:59.753+00:00"),
        ("plain", "2022-08-02T00:59:59+00:00"),
    ]


def test_02_json_times_without_an_offset_are_utc_and_ids_stay_whole(tmp_path):
    found = read(tmp_path, package(said("hi")))
    assert found.items == [
        Item(
            platform="discord",
            account="wren",
            where=f"Messages/c{DM}/messages.json#0",
            kind="message",
            key=f"discord:{ME}:message:{DM}:1200000000000000001",
            id="1200000000000000001",  # past 2^53
            at="2025-02-03T04:05:06+00:00",
            text="hi",
            author="me",
            author_name="wren",
            audience="direct",
            conversation=Conversation(DM, "kit", ("wren", "kit"), False),
            url=f"https://discord.com/channels/@me/{DM}/1200000000000000001",
        )
    ]


def test_03_only_own_messages_are_there_and_that_is_said(tmp_path):
    found = read(tmp_path, package(said("hi")))
    assert {i.author for i in found.items} == {"me"}
    assert "only what you wrote yourself" in found.warnings


def test_04_attachments_are_addresses_between_spaces(tmp_path):
    a, b = "https://cdn.discordapp.com/attachments/1/otter.png?ex=1", "https://cdn.discordapp.com/attachments/1/notes.pdf"
    found = read(tmp_path, package(said("look", files=f"{a} {b}")))
    assert [(i.links, i.media) for i in found.items] == [((a, b), (Media(None, "photo"), Media(None, "file")))]


def test_05_tokens_are_spelt_out_where_the_package_names_whom_they_mean(tmp_path):
    text = f"<@{KIT}> <@!{ME}> <@1> <#{DM}> <:otter:5> <a:swim:6> 1 < 2 <b>"
    found = read(tmp_path, package(said(text), relationships=[friend()]))
    assert found.texts() == ["@kit @wren <@1> #Direct Message with kit#0 :otter: :swim: 1 < 2 <b>"]


def test_06_a_channel_without_messages_or_without_its_file_costs_nothing(tmp_path):
    more = {
        "Messages/c900000000000000002/channel.json": {"id": "900000000000000002", "type": 0},
        "Messages/c900000000000000003/messages.json": [said("no channel file", FIRST + 3)],
        "Messages/c900000000000000004/channel.json": {"id": "900000000000000004", "type": 0},
        "Messages/c900000000000000004/messages.csv": table(HEADER),
    }
    found = read(tmp_path, package(said("hi")) | more)
    assert found.texts() == ["hi", "no channel file"]
    assert [state for state, _ in found.states.values()] == ["read"] * 4


@pytest.mark.parametrize("name", [None, "None", "Unknown channel", "Direct Message with Unknown Participant"])
def test_07_a_server_that_was_left_has_no_name(tmp_path, name):
    files = package(said("hi"), channel={"id": DM, "type": 0}) | {"Messages/index.json": {DM: name}}
    found = read(tmp_path, files)
    assert [(i.audience, i.conversation, i.url) for i in found.items] == [("group", Conversation(DM, None, (), True), None)]


@pytest.mark.parametrize(
    ("number", "handle"), [(0, "wren"), ("0", "wren"), (7, "wren#0007"), ("0007", "wren#0007"), (None, "wren")]
)
def test_08_the_discriminator_has_lost_its_zeros(tmp_path, number, handle):
    assert read(tmp_path, package(said("hi"), discriminator=number)).accounts == [handle]


def test_09_records_of_use_are_not_opened(tmp_path):
    name = "Activity/reporting/events-2025-00000-of-00003.json"
    found = read(tmp_path, package(said("hi")) | {name: b'{"a":"\\"{broken\n'})
    assert name not in found.states and found.texts() == ["hi"]


def test_folders_are_found_by_what_they_hold_in_any_language(tmp_path):
    files = {
        f"Nachrichten/c{DM}/channel.json": {"id": DM, "type": 1, "recipients": [ME, KIT]},
        f"Nachrichten/c{DM}/messages.json": [said("hallo")],
        "Nachrichten/index.json": {DM: "Direktnachricht mit kit#0"},
        "Servidores/index.json": {"500000000000000000": "Otter Keepers"},
        "Konto/user.json": user(),
        "Activities/Activities_1/users/user.json": {"id": "1", "username": "somebody else"},
    }
    found = read(tmp_path, files)
    assert (found.accounts, found.texts("message"), found.texts("other")) == (["wren"], ["hallo"], ["Otter Keepers"])
    assert found.people("messaged") == ["kit"]


@pytest.mark.parametrize(
    "folder", ["messages/900000000000000001", "messages/c900000000000000001", "Messages/c900000000000000001"]
)
def test_every_era_of_folders_is_recognised(tmp_path, folder):
    ending = "json" if folder[0] == "M" else "csv"
    row = ("1", "2020-08-02 00:59:59+00:00", "hi", "")
    found = read(
        tmp_path,
        {
            folder.split("/")[0] + "/index.json": {},
            f"{folder}/channel.json": {"id": DM, "type": 1, "recipients": [ME, KIT]},
            f"{folder}/messages.{ending}": [said("hi")] if ending == "json" else table(HEADER, row),
        },
    )
    assert (found.platforms, found.texts()) == (["discord"], ["hi"])


@pytest.mark.parametrize(
    ("channel", "audience", "group"),
    [
        ({"type": 1, "recipients": [ME, KIT]}, "direct", False),
        ({"type": "DM", "recipients": [ME, KIT]}, "direct", False),
        ({"type": 99, "recipients": [ME, KIT]}, "direct", False),
        ({"type": 3, "recipients": [ME, KIT, "1"]}, "group", True),
        ({"type": "GROUP_DM", "recipients": [ME, KIT, "1"]}, "group", True),
        ({"type": 0, "name": "general", "guild": {"id": "5", "name": "Otters"}}, "group", True),
        ({"type": "GUILD_TEXT", "name": "general", "guild": {"id": "5", "name": "Otters"}}, "group", True),
    ],
)
def test_who_takes_part_decides_what_a_conversation_is(tmp_path, channel, audience, group):
    [item] = read(tmp_path, package(said("hi"), channel={"id": DM} | channel)).items
    assert item.conversation is not None
    assert (item.audience, item.conversation.group) == (audience, group)


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        (1, "friend"),
        (2, "blocked"),
        (3, "request_received"),
        (4, "request_sent"),
        ("FRIEND", "friend"),
        ("Blocked", "blocked"),
        ("PENDING_INCOMING", "request_received"),
        ("pending_outgoing", "request_sent"),
    ],
)
def test_relations_are_numbers_in_old_packages_and_words_in_new_ones(tmp_path, word, relation):
    found = read(tmp_path, package(relationships=[friend(word, nickname="Kit of the choir")]))
    assert found.connections == [
        Connection(
            platform="discord",
            account="wren",
            where="Account/user.json#0",
            key=f"discord:{ME}:{relation}:{KIT}",
            relation=relation,
            id=KIT,
            handle="kit",
            name="Kit of the choir",
            url=f"https://discord.com/users/{KIT}",
        )
    ]


def test_a_relation_of_an_unknown_word_is_told_and_ignored_people_are_muted(tmp_path):
    found = read(tmp_path, package(relationships=[friend("COUSIN"), friend(1, "1", "loud", user_ignored=True)]))
    assert [(c.relation, c.handle) for c in found.connections] == [("friend", "loud"), ("muted", "loud")]
    assert "1 of the people in your Discord account is listed in a way" in found.warnings


def test_notes_about_people_are_the_persons_own_private_words(tmp_path):
    found = read(tmp_path, package(relationships=[friend()], notes={KIT: "pupil"}))
    assert [(i.kind, i.title, i.text, i.audience) for i in found.items] == [
        ("other", "Your note about kit", "pupil", "private")
    ]


def test_a_birthday_of_year_one_is_not_set_and_hidden_accounts_are_not_shown(tmp_path):
    linked = [
        {"type": "twitch", "name": "wrenplays", "visibility": 1},
        {"type": "steam", "name": "quiet", "visibility": 0},
    ]
    found = read(tmp_path, package(date_of_birth="0001-01-01", connections=linked))
    assert found.facts == [("handle", "wren"), ("website", "https://www.twitch.tv/wrenplays")]
    assert all(isinstance(r.value, str) for r in found.records if isinstance(r, ProfileFact))


OLD = {"default_guilds_restricted": True, "friend_source_flags": {"all": True}, "contact_sync_enabled": False}
NEW = {
    "settings": {"privacy": {"defaultGuildsRestricted": True, "friendSourceFlags": {"value": 14}, "contactSyncEnabled": False}}
}


@pytest.mark.parametrize("settings", [OLD, NEW])
def test_settings_are_read_in_their_old_and_their_new_form(tmp_path, settings):
    found = read(tmp_path, package(settings=settings))
    assert {k: v for k, (v, _) in found.settings.items()} == {
        "discord.direct-messages-from-server-members": "off",
        "discord.who-can-add-you": "public",
        "discord.sync-contacts-let-people-find-you": "off",
    }


def test_settings_that_are_not_there_are_not_guessed(tmp_path):
    assert read(tmp_path, package(settings={})).settings == {}
    assert read(tmp_path / "b", package(settings={"friend_source_flags": "odd"})).settings == {
        "discord.who-can-add-you": ("unknown", "odd")
    }


def test_a_message_without_a_readable_time_has_that_of_its_id(tmp_path):
    assert [i.at for i in read(tmp_path, package(said("hi", at="soon"))).items] == ["2024-01-25T08:51:34.921+00:00"]


def test_servers_are_named_and_one_that_only_the_settings_know_has_its_id(tmp_path):
    files = package(guild_settings=[{"guild_id": "501000000000000000"}, {"guild_id": None}]) | {
        "Servers/index.json": {"500000000000000000": "Otter Keepers"},
        "Servers/500000000000000000/guild.json": {"id": "500000000000000000", "name": "Otter Keepers"},
    }
    found = read(tmp_path, files)
    assert [(i.id, i.text, i.url) for i in found.items] == [
        ("500000000000000000", "Otter Keepers", "https://discord.com/channels/500000000000000000"),
        ("501000000000000000", "", "https://discord.com/channels/501000000000000000"),
    ]


def test_files_of_messages_and_the_account_file_are_known_on_their_own(tmp_path):
    loose = read(tmp_path / "a", {"messages.json": [said("hi")]})
    assert (loose.platforms, loose.texts(), loose.items[0].audience) == (["discord"], ["hi"], "unknown")
    rows = read(tmp_path / "b", {"old.csv": table(HEADER, ("1", "2020-08-02 00:59:59+00:00", "hi", ""))})
    assert (rows.platforms, rows.texts()) == (["discord"], ["hi"])
    alone = read(tmp_path / "c", {"user.json": user(relationships=[friend()])})
    assert (alone.platforms, alone.people("friend")) == (["discord"], ["kit"])


def test_damaged_lists_of_names_are_told_and_cost_no_message(tmp_path):
    index, channel = "Messages/index.json", f"Messages/c{DM}/channel.json"
    found = read(tmp_path, package(said("hi")) | {index: b"[1", channel: b"{"})
    assert found.texts() == ["hi"]
    assert {found.states[index], found.states[channel]} == {("failed", 0)}


def test_a_user_file_of_the_activities_is_never_the_account(tmp_path):
    files = package(said("hi")) | {"Activities/Activities_1/users/user.json": {"id": "1", "username": "game"}}
    del files["Account/user.json"]
    found = read(tmp_path, files)
    assert (found.accounts, found.texts()) == ([None], ["hi"])
    assert "ask Discord again and tick Account" in found.warnings


def test_attachments_may_be_a_list(tmp_path):
    [item] = read(tmp_path, package(said("hi") | {"Attachments": ["https://cdn.example/a.png"]})).items
    assert item.links == ("https://cdn.example/a.png",)
