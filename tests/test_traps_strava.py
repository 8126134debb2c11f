"""The known traps of Strava's bulk export, one by one, in the order of the format notes, then the rest."""

import gzip
import json
from pathlib import Path

import pytest
from making import laid
from making_meta import Read, read

from auditlib.platforms._strava import moment
from auditlib.platforms._strava_tracks import most_shared
from auditlib.records import Coverage, Quoted, ReplyTo

SITE = "https://www.strava.com/"
HEAD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,"
    "Distance\n"
)
FRENCH = (
    "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,Temps écoulé,Distance,"
    "Fréquence cardiaque max,Effort relatif,Trajet,Note privée,Équipement,Nom du fichier,Poids\n"
)
OWN = "Athlete ID,Email Address,First Name,Last Name,Sex,Description,Weight,City,State,Country\n"
ME = OWN + "555000100,wren@ashdown.example,Wren,Ashdown,F,Slow,60.0,Alderwick,,UK\n"
SETTINGS = (
    "Include your activities in Metro and Heatmap,Who can see that you were part of a group activity,"
    "Who can see your activity in Flybys,Who can view your training log,Profile Visibility,Default Activity Visibility\n"
)


def told(folder: Path, activities: str = "", **files: str | bytes) -> Read:
    """A profile, activities (rows without a header, or a whole table) and these files, read."""
    table = activities if activities.startswith(("ID", "Activity")) else HEAD + activities
    files = {f"{name}.csv": text for name, text in files.items()}
    return made(folder, {"activities.csv": table} | files)


def made(folder: Path, files: dict[str, str | bytes]) -> Read:
    whole = {"profile.csv": ME, "activities.csv": HEAD} | files
    return read(folder, {name: text.encode() if isinstance(text, str) else text for name, text in whole.items()})


def activity(number: int, name: str = "Run", about: str = "", note: str = "", file: str = "") -> str:
    return (
        f'{number},"Sep 3, 2021, 6:15:22 AM",{name},Run,"{about}",1800,5.02,,12,false,{note},,{file},60,,1800.0,1790,5021.3\n'
    )


def track(*points: tuple[float, float]) -> bytes:
    rows = "".join(f'<trkpt lat="{lat}" lon="{lon}"><ele>1</ele></trkpt>' for lat, lon in points)
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{rows}</trkseg></trk></gpx>'.encode()


def test_01_translated_headers_are_read_by_position_and_translated_dates_by_their_months(tmp_path):
    rows = '9001,"27 juil. 2026, 18:12:05",Course,Course,Autour de l\'école,1,5,,,,mal au genou,,activities/1.fit.gz,60\n'
    found = told(
        tmp_path,
        FRENCH + rows,
        profile="ID,Adresse e-mail,Prénom,Nom,Sexe,Description,Poids,Ville,État,Pays\n"
        "555,wren@ashdown.example,Wren,Ashdown,F,Lente,60,A,,UK\n",
        followers="ID de l'abonné,Statut,Favori\n555111,En attente,\n555112,Accepté,\n",
        comments='Date du commentaire,Commentaire\n"1 août 2026, 09:00:00",Bravo\n',
    )
    assert [(i.kind, i.title, i.text, i.at, i.audience) for i in found.items] == [
        ("post", "Course", "Autour de l'école", "2026-07-27T18:12:05+00:00", "unknown"),
        ("other", "Course", "mal au genou", "2026-07-27T18:12:05+00:00", "private"),
        ("comment", None, "Bravo", "2026-08-01T09:00:00+00:00", "unknown"),
    ]
    assert [(c.relation, c.id) for c in found.connections] == [("request_received", "555111"), ("follower", "555112")]
    assert ("name", "Wren Ashdown") in found.facts and ("bio", "Lente") in found.facts


def test_01_an_older_translated_table_does_not_take_another_column_for_the_private_note(tmp_path):
    head = "ID,Datum,Name,Art,Text,Zeit,Strecke,Belastung,Pendeln,Gerät,Datei\n"
    found = told(tmp_path, head + "9001,03.09.2021 06:15:22,Lauf,Lauf,Am Fluss,1,5,12,false,Rad,activities/1.gpx\n")
    assert [(i.kind, i.title, i.text, i.at) for i in found.items] == [("post", "Lauf", "Am Fluss", "2021-09-03T06:15:22+00:00")]


def test_02_columns_of_the_same_name_do_not_hide_each_other(tmp_path):
    head = HEAD.replace("Bike Weight", "Activity Description")  # the first one is what is shown
    found = told(tmp_path, head + activity(9001, "Run", "first").replace(",60,,", ",60,second,"))
    assert [(i.title, i.text) for i in found.items] == [("Run", "first")]


@pytest.mark.parametrize("more", [0, 103])
def test_03_more_columns_and_empty_ones_change_nothing(tmp_path, more):
    extra = "".join(f",New {n}" for n in range(more))
    found = told(tmp_path, HEAD.strip() + extra + "\n" + activity(9001).strip() + "," * more + "\n")
    assert [(i.id, i.title, i.url) for i in found.items] == [("9001", "Run", f"{SITE}activities/9001")]


def test_04_activity_dates_are_utc_and_a_file_name_may_be_missing_or_an_error(tmp_path):
    found = told(tmp_path, activity(9001, file="") + activity(9002, file="#error#"))
    assert [(i.id, i.at, i.state) for i in found.items] == [
        ("9001", "2021-09-03T06:15:22+00:00", "live"),
        ("9002", "2021-09-03T06:15:22+00:00", "live"),
    ]


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("Sep 3, 2021, 6:15:22 AM", "2021-09-03T06:15:22+00:00"),
        ("Sep 3, 2021, 12:15:22\u202fAM", "2021-09-03T00:15:22+00:00"),
        ("3 Sept 2021, 18:15:22", "2021-09-03T18:15:22+00:00"),
        ("27 juil. 2026, 18:12:05", "2026-07-27T18:12:05+00:00"),
        ("27 juin 2026, 18:12:05", "2026-06-27T18:12:05+00:00"),
        ("3. März 2024, 07:00:00", "2024-03-03T07:00:00+00:00"),
        ("3 ene 2024 7:00:00", "2024-01-03T07:00:00+00:00"),
        ("3 de out. de 2024, 07:00:00", "2024-10-03T07:00:00+00:00"),
        ("03.09.2021 06:15", "2021-09-03T06:15:00+00:00"),
        ("2021/9/3 6:15:22", "2021-09-03T06:15:22+00:00"),
        ("2021-09-03 06:15:22 UTC", "2021-09-03T06:15:22+00:00"),
        ("2021-09-03", "2021-09-03"),
        ("Smarch 3, 2021, 6:15:22 AM", None),
        ("Sep 33, 2021, 6:15:22 AM", None),
        ("3/9/2021", None),
    ],
)
def test_04_dates_in_several_languages(value, at):
    assert moment(value) == at


def test_05_tracks_that_share_a_start_are_warned_of_without_saying_where(tmp_path):
    near = {f"activities/{n}.gpx": track((51.5 + n / 10000, -2.5), (51.9 + n, -2.9)) for n in range(2)}
    ends = {"activities/7.gpx.gz": gzip.compress(track((50.0, 1.0), (51.50005, -2.50005)))}
    found = made(tmp_path, near | ends)
    assert "Of 3 recorded tracks looked at, 3 start or finish within 200 metres of one place" in found.warnings
    assert "51.5" not in str(found.records) and not any(r.place for r in found.items)
    apart = {f"activities/{n}.gpx": track((51.5 + n, -2.5), (51.5 + n, -2.4)) for n in range(3)}
    assert "within 200 metres" not in made(tmp_path / "apart", apart).warnings


def test_05_fit_and_tcx_are_said_not_to_be_read_and_what_is_no_track_breaks_nothing(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx><trk><trkpt lat="&b;" lon="1"/></trk></gpx>'
    found = made(
        tmp_path,
        {
            "activities/1.fit.gz": b"\x1f\x8b\x00",
            "activities/2.tcx": b'   <?xml version="1.0"?><TrainingCenterDatabase/>',
            "activities/3.gpx": bomb,
            "activities/4.gpx.gz": b"no gzip",
            "activities/5.gpx": b'<gpx><trk><trkpt lat="nan" lon="1"/><trkpt lat="1"/></trk></gpx>',
            "routes/6.gpx": track((1, 1)),
        },
    )
    assert "because they are FIT or TCX files: 2" in found.warnings and "within 200 metres" not in found.warnings
    reasons = {(r.state, r.reason.split(":")[0], r.count) for r in found.records if isinstance(r, Coverage) and not r.member}
    assert reasons == {
        ("ignored", "planned routes (GPX)", 1),
        ("ignored", "recorded tracks (GPX)", 3),
        ("ignored", "recorded tracks as FIT or TCX files", 2),
    }


def test_06_lists_may_be_only_a_header_and_memberships_name_other_clubs(tmp_path):
    found = told(
        tmp_path,
        followers="Follower Athlete ID,Follow Status,Favorite Status\n",
        clubs="Club Name,Club Description\nOakfield Runners,Fridays\n",
        memberships="Join Date,Club Name\n2023-02-03 10:00:00 UTC,Oakfield Runners\n2023-03-03 10:00:00 UTC,Quay Striders\n",
    )
    assert found.states["followers.csv"] == "read" and not found.connections
    assert [(i.kind, i.title, i.at, i.quoted) for i in found.items] == [
        ("other", "Oakfield Runners", "2023-02-03T10:00:00+00:00", Quoted(None, "Oakfield Runners", "Fridays")),
        ("other", "Quay Striders", "2023-03-03T10:00:00+00:00", None),
    ]


def test_07_who_can_see_an_activity_is_not_guessed_from_the_setting_for_new_ones(tmp_path):
    found = told(tmp_path, activity(9001), visibility_settings=SETTINGS + "true,Everyone,No One,Followers,Followers,Only You\n")
    assert [i.audience for i in found.items] == ["unknown"]
    assert "does not put into its export who can see each activity" in found.warnings
    assert {name: value for name, (value, _) in found.settings.items()} == {
        "strava.profile-page": "followers",
        "strava.activities-default": "private",
        "strava.group-activities-flybys": "public",
        "strava.training-log": "followers",
        "strava.aggregated-data-usage": "on",
    }


def test_unknown_words_of_settings_stay_unknown_whatever_the_language(tmp_path):
    odd = told(tmp_path / "a", visibility_settings=SETTINGS + "true,Everyone,Neighbours,,Amis,true\n").settings
    assert odd["strava.profile-page"] == ("unknown", "Amis") and odd["strava.activities-default"] == ("unknown", "true")
    assert odd["strava.group-activities-flybys"][0] == "unknown"
    french = told(tmp_path / "b", visibility_settings="A,B,C,D,E,F\nvrai,Tous,Personne,Abonnés,Abonnés,Tous\n")
    assert french.settings["strava.activities-default"] == ("unknown", "Tous")
    assert "in a language, or with names, that this version does not know" in french.warnings
    assert told(tmp_path / "c", visibility_settings="A,B\nTous,Tous\n").settings == {}


def test_recognised_by_activities_and_profile_together_and_never_by_posts_or_comments(tmp_path):
    assert made(tmp_path / "a", {}).platforms == ["strava"]
    both = {"posts.csv": b"a,b\n1,2\n", "comments.csv": b"Date,Comment\n1,2\n", "profile.csv": ME.encode()}
    alone = laid(tmp_path / "b", {"activities.csv": HEAD.encode()} | both)
    assert Read(alone).platforms == ["strava"]
    for name, text in (("followers.csv", "Follower Athlete ID,Follow Status\n555111,Accepted\n"), ("activities.csv", HEAD)):
        single = laid(tmp_path / name, {name: text.encode()}) / name
        assert Read(single).platforms == ["strava"]


def test_pending_followers_have_asked_and_pending_follows_were_asked_for(tmp_path):
    state = "Follow Status,Favorite Status\n"
    found = told(
        tmp_path,
        followers=f"Follower Athlete ID,{state}555111,Pending,\n555112,Accepted,\n555113,Zugelassen?,\n",
        following=f"Following Athlete ID,{state}555111,Accepted,\n555114,Pending,\n",
    )
    assert [(c.relation, c.id, c.name, c.url) for c in found.connections] == [
        ("request_received", "555111", None, f"{SITE}athletes/555111"),
        ("follower", "555112", None, f"{SITE}athletes/555112"),
        ("follower", "555113", None, f"{SITE}athletes/555113"),
        ("following", "555111", None, f"{SITE}athletes/555111"),
        ("request_sent", "555114", None, f"{SITE}athletes/555114"),
    ]
    assert "by number, without names" in found.warnings and "may only have asked" in found.warnings


def test_the_private_note_is_not_public_and_the_words_of_an_activity_are(tmp_path):
    found = told(tmp_path, activity(9001, "Duty", "Long\nday", "knee"))
    assert [(i.kind, i.title, i.text, i.audience) for i in found.items] == [
        ("post", "Duty", "Long\nday", "unknown"),
        ("other", "Duty", "knee", "private"),
    ]


def test_comments_have_no_link_and_repeats_are_kept(tmp_path):
    row = '2025-09-03 07:00:00 UTC,"Nice, ""boss"""\n'
    found = told(tmp_path, comments="Comment Date,Comment\n" + row * 2)
    assert [(i.kind, i.text, i.reply_to, i.url) for i in found.items] == [("comment", 'Nice, "boss"', ReplyTo(), None)] * 2
    assert len({i.key for i in found.items}) == 2


@pytest.mark.parametrize("name", ["reactions", "kudos"])
def test_kudos_lead_to_the_activity_where_it_is_one(tmp_path, name):
    rows = "2025-09-03 07:01:00 UTC,Kudos,Activity,9777\n2025-09-03 07:01:00 UTC,Kudos,Comment,88\n"
    found = told(tmp_path, **{name: "Reaction Date,Reaction Type,Parent Type,Parent ID\n" + rows})
    assert [(i.kind, i.author, i.quoted, i.url) for i in found.items] == [
        ("reaction", "me", Quoted("9777", None, None), f"{SITE}activities/9777"),
        ("reaction", "me", Quoted("88", None, None), None),
    ]


def test_tables_of_unknown_columns_are_read_by_what_their_names_say_or_left_unknown(tmp_path):
    found = told(
        tmp_path / "a",
        posts="Post Date,Post Text\n2025-01-01 10:00:00 UTC,Who is in?\n",
        blocks="Blocked Athlete ID,Date\n555199,2024-01-01\n",
        contacts="First Name,Last Name,Email\nLil,Harrow,lil@harrow.example\n",
        social_settings="Mentions,Messaging\nFollowers,Mutuals\n",
    )
    assert [(i.kind, i.text, i.at) for i in found.items] == [("post", "Who is in?", "2025-01-01T10:00:00+00:00")]
    assert [(c.relation, c.id, c.name) for c in found.connections] == [
        ("blocked", "555199", None),
        ("contact", None, "Lil Harrow"),
    ]
    assert not any("harrow.example" in c.key for c in found.connections)
    assert found.settings["strava.mentions-messaging-suggested-contacts"] == (
        "unknown",
        "mentions: Followers; messaging: Mutuals",
    )
    odd = told(tmp_path / "b", posts="alpha,beta\n1,2\n", blocks="alpha\nbeta\n")
    assert (odd.states["posts.csv"], odd.states["blocks.csv"]) == ("unknown", "unknown")


def test_messages_of_an_unknown_shape_are_read_by_their_keys_or_left_unknown(tmp_path):
    people = [{"id": 555000100, "first_name": "Wren", "last_name": "Ashdown"}, {"id": 555112, "name": "Kit"}, {"id": 555113}]
    sent = [
        {"id": 1, "sender_id": 555112, "created_at": "2025-09-01T10:00:00Z", "text": "Run?"},
        {"id": 2, "athlete": {"id": 555000100}, "timestamp": 1756720800, "body": "Yes"},
    ]
    for number, shape in enumerate(({"channels": [{"cid": "c", "members": people, "messages": sent}]}, sent)):
        found = made(tmp_path / str(number), {"messaging.json": json.dumps(shape)})
        assert [(i.text, i.author, i.at[:10]) for i in found.items] == [
            ("Run?", "other", "2025-09-01"),
            ("Yes", "me", "2025-09-01"),
        ]
        assert [i.audience for i in found.items] == (["group"] * 2 if number == 0 else ["unknown"] * 2)
    odd = made(tmp_path / "odd", {"messaging.json": '{"a": {"b": ["words"]}}'})
    assert odd.states["messaging.json"] == "unknown"
    assert made(tmp_path / "none", {"messaging.json": "[]"}).states["messaging.json"] == "read"


def test_hidden_areas_are_counted_and_never_told(tmp_path):
    some = told(tmp_path / "a", privacy_zones='Address,Radius\n"3 Quay Row, Alderwick",200\n')
    assert some.settings["strava.map-visibility"] == ("unknown", "hidden areas: 1")
    assert "Quay Row" not in str(some.records) and "No hidden area" not in some.warnings
    none = told(tmp_path / "b", privacy_zones="Address,Radius\n")
    assert none.settings["strava.map-visibility"] == ("unknown", "hidden areas: 0")
    assert "No hidden area is in this export" in none.warnings
    for name, more in (("c", {}), ("d", {"privacy_zones": ""})):
        assert "strava.map-visibility" not in told(tmp_path / name, **more).settings


def test_captions_routes_and_profile(tmp_path):
    found = told(
        tmp_path,
        media="Media Filename,Media Caption\nmedia/a.jpg,Gate shut\nmedia/b.mp4,\n",
        routes="Route Name,Route Filename\nHome to Oakfield,routes/1.gpx\n",
    )
    assert [(i.kind, i.title, i.text, [(m.path, m.type) for m in i.media]) for i in found.items] == [
        ("other", None, "Gate shut", [("media/a.jpg", "photo")]),
        ("other", None, "", [("media/b.mp4", "video")]),
        ("other", "Home to Oakfield", "", []),
    ]
    assert found.facts == [
        ("name", "Wren Ashdown"),
        ("email", "wren@ashdown.example"),
        ("location", "Alderwick, UK"),
        ("bio", "Slow"),
    ]


def test_ends_far_apart_share_nothing_and_one_track_counts_once():
    here, near, far = (51.5, -2.5), (51.5005, -2.5), (51.6, -2.5)
    assert most_shared([(here, 0), (near, 0), (far, 1)]) == 1
    assert most_shared([(here, 0), (near, 1), (far, 2)]) == 2
    assert most_shared([]) == 0


def test_without_the_profile_it_is_known_by_files_of_its_own_and_says_what_is_missing(tmp_path):
    files = {"activities.csv": HEAD + activity(1, "Dawn"), "comments.csv": "Comment Date,Comment\n2021-09-03 06:15:22,Hey\n"}
    found = read(tmp_path / "export_1", {name: text.encode() for name, text in (files | {"privacy_zones.csv": "R\n"}).items()})
    assert (found.platforms, found.texts()) == (["strava"], ["", "Hey"])
    assert "Whose account this is does not stand in what was given" in found.warnings
