"""What has gone wrong with Google Maps reviews in a Takeout, by the format notes, in their order."""

import json
from pathlib import Path
from typing import Any

import pytest
from making import laid, zipped
from making_meta import Read

from auditlib.records import Item, Place, ProfileFact

AT = "2023-04-05T18:00:00Z"
REVIEWS = "Takeout/Maps (your places)/Reviews.json"
CID = "http://maps.google.com/?cid=1111111111111111111"


def review(text: str | None = "words", stars: Any = 2, name: str = "Otter Café", **more: Any) -> dict[str, Any]:
    about: dict[str, Any] = {
        "date": AT,
        "five_star_rating_published": stars,
        "google_maps_url": CID,
        "location": {"name": name},
    }
    if text is not None:
        about["review_text_published"] = text
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": more.pop("at", [-2.5, 51.5])},
        "properties": about | more,
    }


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def read(folder: Path, files: dict[str, Any]) -> Read:
    return Read(laid(folder, {k: v if isinstance(v, bytes) else json.dumps(v).encode() for k, v in files.items()}))


def test_01_the_folder_may_be_named_in_any_language(tmp_path):
    places = ("Maps", "Maps (Meine Orte)", "Maps (vos adresses)", "Google Maps", "マップ（マイプレイス）", "Carte")
    for number, name in enumerate(places):
        found = read(tmp_path / str(number), {f"Takeout/{name}/Reviews.json": collection(review())})
        assert (found.platforms, found.texts()) == (["google-maps"], ["words"])


def test_01_without_the_outer_folder_and_on_its_own(tmp_path):
    for number, name in enumerate(("Maps (your places)/Reviews.json", "Maps/Reviews.json", "reviews of mine.json")):
        assert read(tmp_path / str(number), {name: collection(review())}).texts() == ["words"]


def test_02_the_collection_may_lie_in_an_array(tmp_path):
    found = read(
        tmp_path, {REVIEWS: [collection(review("one"), review("two", name="Other", google_maps_url="http://x.example"))]}
    )
    assert found.texts() == ["one", "two"]


def test_03_longitude_comes_first_and_nought_is_no_place(tmp_path):
    found = read(tmp_path, {REVIEWS: collection(review(), review("b", at=[0, 0], date="2020-01-01T00:00:00Z"))})
    assert [i.place for i in found.items] == [Place("Otter Café", 51.5, -2.5), Place("Otter Café")]


@pytest.mark.parametrize("stars", [4, 4.0, "4", "FOUR", "four_stars"])
def test_04_stars_may_be_numbers_or_words(tmp_path, stars):
    assert [i.title for i in read(tmp_path, {REVIEWS: collection(review(stars=stars))}).items] == ["Otter Café (4 of 5 stars)"]


@pytest.mark.parametrize("stars", [None, 0, 99, "plenty", True, "nan", [], 10**400])
def test_04_other_ratings_are_left_out(tmp_path, stars):
    assert [i.title for i in read(tmp_path, {REVIEWS: collection(review(stars=stars))}).items] == ["Otter Café"]


def test_05_older_keys_are_found_among_synonyms(tmp_path):
    older = {
        "type": "Feature",
        "properties": {
            "Google Maps URL": CID,
            "Published": AT,
            "Star Rating": 3,
            "Review Comment": "older words",
            "Location": {"Business Name": "Otter Café", "Geo Coordinates": {"Latitude": 51.5, "Longitude": -2.5}},
        },
    }
    [item] = read(tmp_path, {REVIEWS: collection(older)}).items
    assert (item.text, item.title, item.at, item.place, item.url) == (
        "older words",
        "Otter Café (3 of 5 stars)",
        "2023-04-05T18:00:00+00:00",
        Place("Otter Café", 51.5, -2.5),
        CID,
    )


def test_06_a_rating_alone_has_no_words(tmp_path):
    assert [(i.text, i.title) for i in read(tmp_path, {REVIEWS: collection(review(None))}).items] == [
        ("", "Otter Café (2 of 5 stars)")
    ]


def test_07_reviews_are_public_and_lead_to_the_place(tmp_path):
    [item] = read(tmp_path, {REVIEWS: collection(review())}).items
    assert item == Item(
        platform="google-maps",
        account=None,
        where=f"{REVIEWS}#0",
        kind="review",
        key=item.key,
        id=None,
        at="2023-04-05T18:00:00+00:00",
        title="Otter Café (2 of 5 stars)",
        text="words",
        author="me",
        audience="public",
        place=Place("Otter Café", 51.5, -2.5),
        url=CID,
    )
    assert item.key.startswith("google-maps:review:")


def test_08_saved_lists_give_the_notes_and_nothing_else(tmp_path):
    found = read(
        tmp_path,
        {
            "Takeout/Saved/Pubs.csv": (
                b"A list for Fridays\n\nTitle,Note,URL,Tags,Comment\nThe Anchor,loud,https://www.google.com/maps/place/a,,\n"
                b"Old Mill,,https://www.google.com/maps/place/b,,\nHob,same,https://www.google.com/maps/place/c,,same\n\n"
            )
        },
    )
    assert [(i.kind, i.title, i.text, i.audience) for i in found.items] == [
        ("other", "The Anchor", "loud", "unknown"),
        ("other", "Hob", "same", "unknown"),
    ]


def test_09_reviews_in_google_play_are_reviews(tmp_path):
    entry = {"review": {"document": {"documentType": "Android Apps", "title": "Herald"}, "creationTime": AT, "starRating": 1}}
    found = read(tmp_path, {"Takeout/Google Play Store/Reviews.json": [entry]})
    assert [(i.kind, i.title, i.text, i.audience) for i in found.items] == [("review", "Herald (1 of 5 stars)", "", "public")]


def test_two_reviews_of_one_place_and_moment_are_both_kept_with_keys_of_their_own(tmp_path):
    found = read(tmp_path, {REVIEWS: collection(review("a"), review("b"))})
    assert found.texts() == ["a", "b"]
    assert len({i.key for i in found.items}) == 2


def test_both_products_in_one_takeout_keep_to_their_own_files(tmp_path):
    row = b'UCwren,2024-11-02T21:10:00+00:00,0,UgzOne,,q1W2e3R4t5Y,"{""text"":""a comment""}"\n'
    names = b"Channel ID,Comment Create Timestamp,Price,Comment ID,Parent Comment ID,Video ID,Comment Text\n"
    found = read(
        tmp_path,
        {
            "Takeout/YouTube and YouTube Music/comments/comments.csv": names + row,
            REVIEWS: collection(review()),
            "Takeout/Keep/note.html": b"<html></html>",
        },
    )
    assert sorted(found.platforms) == ["google-maps", "youtube"]
    assert sorted((i.platform, i.text) for i in found.items) == [("google-maps", "words"), ("youtube", "a comment")]
    assert found.states["Takeout/Keep/note.html"] == "unknown"


def test_a_takeout_without_reviews_says_so(tmp_path):
    found = read(tmp_path, {"Takeout/Maps/Overview.html": b"<html></html>"})
    assert (found.platforms, "No Google Maps reviews were found" in found.warnings) == (["google-maps"], True)


PROFILE = {
    "name": {"givenName": "Jo", "familyName": "Penrose", "formattedName": "Jo Penrose"},
    "displayName": "Jo Penrose",
    "emails": [{"value": "jo@penrose.example"}],
    "birthday": "1985-04-05",
    "gender": {"type": "female"},
}
ACCOUNT = b"""<html><body><h1>Subscriber</h1>
<ul><li>Google Account ID: 1234567890123</li><li>Name: Jo Penrose</li>
<li>e-Mail: jo@penrose.example</li><li>Recovery SMS: +447700900123 [GB]</li>
<li>Created on: 2009-01-02 03:04:05 Z</li></ul></body>"""


@pytest.mark.parametrize(("profile", "account"), [("Profile/Profile", "Google Account"), ("Profil/Profil", "Google-Konto")])
def test_the_profile_beside_the_reviews_says_under_which_name_they_stand(tmp_path, profile, account):
    files = {
        REVIEWS: collection(review()),
        f"Takeout/{profile}.json": PROFILE,
        f"Takeout/{account}/jo.SubscriberInfo.html": ACCOUNT,
    }
    found = read(tmp_path, files)
    assert [(i.account, i.author_name) for i in found.items] == [("Jo Penrose", "Jo Penrose")]
    facts = {(f.fact, f.value) for f in found.records if isinstance(f, ProfileFact)}
    assert facts == {
        ("name", "Jo Penrose"),
        ("email", "jo@penrose.example"),
        ("birthday", "1985-04-05"),
        ("phone", "+447700900123"),
    }


def test_a_profile_of_another_shape_is_no_profile_and_one_alone_hides_no_reviews(tmp_path):
    odd = {REVIEWS: collection(review()), "Takeout/Profile/Profile.json": [1]}
    found = read(tmp_path / "odd", odd)
    assert (found.texts(), found.states["Takeout/Profile/Profile.json"]) == (["words"], "failed")
    (tmp_path / "two").mkdir()
    for name, files in (
        ("takeout-20230101T000000Z-001.zip", odd | {"Takeout/Profile/Profile.json": PROFILE}),
        ("takeout-20240101T000000Z-001.zip", {"Takeout/Profile/Profile.json": PROFILE}),
    ):
        zipped(tmp_path / "two" / name, {k: json.dumps(v).encode() for k, v in files.items()})
    assert Read(tmp_path / "two").texts() == ["words"]


def test_answers_to_questions_about_a_place_stand_with_the_review(tmp_path):
    asked = [
        {"question": "Parking", "selected_option": "Hard to find"},
        {"question": "Service", "rating": 4},
        {"question": "Noise", "selected_options": ["Loud", "Busy"]},
        {"question": "Empty"},
    ]
    assert read(tmp_path, {REVIEWS: collection(review(questions=asked))}).texts() == [
        "words\nParking: Hard to find\nService: 4\nNoise: Loud, Busy"
    ]


def test_saved_lists_in_another_language_are_told_by_the_addresses_in_them(tmp_path):
    rows = "Titel,Notiz,URL,Tags,Kommentar\n,,,,\nTeestube,leise,https://www.google.com/maps/place/Teestube/data=!4m2,,\n"
    found = read(tmp_path, {"Takeout/Gespeichert/Favoriten.csv": rows.encode(), REVIEWS: collection()})
    assert [(i.title, i.text) for i in found.items] == [("Teestube", "leise")]


@pytest.mark.parametrize("empty", [b"[]", b"{}", b'{"type":"FeatureCollection","features":[]}', b'{"features":null}', b"[{}]"])
def test_files_that_hold_no_reviews_in_any_form_are_read_and_no_fault(tmp_path, empty):
    found = read(tmp_path, {REVIEWS: empty, "Takeout/Google Play Store/Reviews.json": b"{}"})
    assert (found.texts(), set(found.states.values())) == ([], {"read"})
