"""The settings checklist: its data, its ids, its order, its prefill and its cautions."""

from __future__ import annotations

import re
import warnings
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from auditlib import platforms, settings
from auditlib.errors import PolicyError
from auditlib.policy import load_policy
from auditlib.records import Setting
from auditlib.ui.settings import SettingsPage
from auditlib.workspace import Workspace

ARCHIVES = Path(__file__).resolve().parent / "archives"

# Answers and school files refer to these: an id may be added, never changed or dropped.
_PUBLISHED = """
generic.account-private
generic.review-followers-friends-and-requests
generic.find-me-by-phone-or-e-mail-contact-sync
generic.unique-password-two-step-sign-in-sessions
generic.profile-picture-cover-bio-username-display-name
generic.tagging-and-mentions
generic.direct-messages-and-requests
generic.search-engines-may-show-my-profile
generic.friend-following-and-follower-lists-visible
generic.location-on-posts-stories-maps
generic.linked-apps-cross-posting-sign-in-with
generic.old-accounts
generic.activity-status-read-receipts-last-seen
generic.school-e-mail-or-school-phone-as-log-in
generic.watch-like-and-vote-history-public
facebook.who-can-see-your-future-posts
facebook.limit-past-posts
facebook.who-can-send-you-friend-requests
facebook.who-can-look-you-up-by-phone
facebook.who-can-look-you-up-by-e-mail
facebook.search-engines-outside-facebook-link-to-profile
facebook.who-can-see-your-friends-list
facebook.review-posts-and-photos-you-are-tagged-in
facebook.who-can-post-on-your-profile
facebook.phone-e-mail-birthday-workplace-town-on-profile
facebook.stories-audience-followers-and-public-content
facebook.groups-and-pages
facebook.profile-locking
facebook.activity-log
facebook.messenger-who-can-reach-you
facebook.active-status
facebook.contacts-syncing
facebook.two-factor-authentication
facebook.look-at-yourself-as-others-do
instagram.account-private
instagram.followers-remove-or-review
instagram.tags-and-mentions-manually-approve-tags
instagram.messages-and-story-replies
instagram.hide-story-from-close-friends-story-sharing
instagram.similar-account-suggestions
instagram.contacts-syncing
instagram.public-photos-in-search-engines
instagram.comments-allowed-from
instagram.activity-status
instagram.map-location-reposts-and-likes-shown-to-friends
instagram.cross-app-messaging
instagram.look-at-yourself-as-others-do
x.protect-your-posts
x.discoverability-by-e-mail-by-phone
x.photo-tagging
x.direct-message-requests-from
x.remove-followers-you-do-not-know
x.location-in-posts-delete-all-location
x.display-name-bio-with-school-or-role
x.look-at-yourself-as-others-do
threads.private-profile
threads.mentions
threads.who-can-reply-and-quote
threads.fediverse-sharing
threads.look-at-yourself-as-others-do
tiktok.private-account
tiktok.suggest-your-account-to-others
tiktok.sync-contacts-and-facebook-friends
tiktok.comments-mentions-and-tags
tiktok.direct-messages
tiktok.duet-stitch-downloads-reuse-of-content
tiktok.following-list-liked-videos
tiktok.per-video-visibility-of-old-videos
tiktok.profile-views-post-views-activity-status
tiktok.filter-comments
tiktok.look-at-yourself-as-others-do
snapchat.contact-me
snapchat.see-me-in-find-friends
snapchat.let-others-find-me-by-mobile-number-or-e-mail
snapchat.snap-map-see-my-location
snapchat.view-my-story
snapchat.public-profile
snapchat.friends-list-remove-unknown-pupils
snapchat.memories-saved-stories-public-spotlight
snapchat.two-factor-authentication
snapchat.look-at-yourself-as-others-do
linkedin.edit-your-public-profile
linkedin.who-can-see-or-download-your-e-mail
linkedin.who-can-see-your-connections
linkedin.profile-discovery-by-e-mail-by-phone
linkedin.profile-visibility-off-linkedin
linkedin.profile-viewing-options
linkedin.posts-comments-endorsements-on-your-activity
linkedin.open-to-work
linkedin.look-at-yourself-as-others-do
youtube.your-videos-visibility
youtube.keep-all-my-subscriptions-private
youtube.comments-and-live-chat-you-left
youtube.channel-name-handle-picture-about
youtube.google-about-me
youtube.find-old-blogs-drive-links-shared
youtube.your-playlists-visibility
youtube.default-video-location
youtube.channel-visibility
youtube.comments-on-new-videos
youtube.look-at-yourself-as-others-do
google-maps.maps-profile-reviews-and-photos
reddit.content-and-activity-curate-your-profile
reddit.old-posts-and-comments
reddit.show-up-in-search-results
reddit.allow-followers-who-can-chat-send-messages
reddit.nsfw-content-on-profile
reddit.show-presence
reddit.look-at-yourself-as-others-do
whatsapp.groups-who-can-add-me
whatsapp.profile-photo-about-last-seen-online-status
whatsapp.leave-class-parent-pupil-groups
whatsapp.silence-unknown-callers
whatsapp.two-step-verification
whatsapp.read-receipts
whatsapp.look-at-yourself-as-others-do
telegram.phone-number-who-can-see
telegram.who-can-find-me-by-my-number
telegram.groups-and-channels-calls-voice-messages
telegram.last-seen-profile-photo-forwarded-messages
telegram.contact-sync
telegram.username
telegram.people-nearby
telegram.look-at-yourself-as-others-do
discord.direct-messages-from-server-members
discord.who-can-add-you
discord.leave-servers-with-pupils
discord.message-requests-from-people-you-may-not-know
discord.sync-contacts-let-people-find-you
discord.activity-status-connected-accounts-on-profile
discord.detect-platform-accounts
discord.hide-legacy-username
discord.look-at-yourself-as-others-do
mastodon.automatically-accept-new-followers
mastodon.default-posting-privacy
mastodon.feature-profile-and-posts-in-discovery-algorithms
mastodon.include-public-posts-in-search-results
mastodon.show-follows-and-followers-on-profile
mastodon.automated-post-deletion
mastodon.who-can-quote-you
mastodon.who-can-feature-you
mastodon.look-at-yourself-as-others-do
bluesky.logged-out-visibility
bluesky.review-posts-and-likes-as-if-on-a-noticeboard
bluesky.allow-messages-from
bluesky.who-can-reply-and-quote
bluesky.handle
bluesky.app-passwords-two-step-e-mail-code
bluesky.allow-group-invites-from
bluesky.germ-messages-from
bluesky.notify-about-your-posts
bluesky.look-at-yourself-as-others-do
pinterest.private-profile
pinterest.search-privacy
pinterest.boards-secret-or-names-without-school-details
pinterest.messages-mentions-comments
pinterest.look-at-yourself-as-others-do
strava.profile-page
strava.activities-default
strava.map-visibility
strava.group-activities-flybys
strava.mentions-messaging-suggested-contacts
strava.aggregated-data-usage
strava.activity-names-photos-segments-clubs-near-school
strava.training-log
strava.look-at-yourself-as-others-do
tumblr.look-at-yourself-as-others-do
wordpress.look-at-yourself-as-others-do
blogger.who-can-read
blogger.found-by-search-engines
blogger.who-can-comment
blogger.look-at-yourself-as-others-do
medium.look-at-yourself-as-others-do
discourse.hide-profile-and-presence
discourse.allow-private-messages
discourse.look-at-yourself-as-others-do
bereal.look-at-yourself-as-others-do
"""
FROZEN = _PUBLISHED.split()

ROW = """
last_checked = 2026-11-01
[[platforms]]
id = "x"
name = "X"
url = "https://x.com/settings"
help_url = ""
note = ""
[[rows]]
id = "x.protect-your-posts"
label = "Protect your posts"
goal = "So that only followers can read."
recommended = "On"
path = "Privacy"
clauses = ["access"]
past = "yes"
priority = "M"
source = "T25"
wanted = ["on"]
"""


def found(
    row_id: str, value: str, account: str = "jo", seen_at: str | None = "2025-03-04T08:00:00+00:00", raw: str = ""
) -> Setting:
    return Setting(
        platform=row_id.partition(".")[0], account=account, where="data/x.js#0", id=row_id, value=value, raw=raw,
        seen_at=seen_at,
    )  # type: ignore[arg-type]  # fmt: skip


def test_every_published_id_is_still_there_once_and_in_kebab_case() -> None:
    ids = [row.id for row in settings.rows()]
    assert len(ids) == len(set(ids))
    assert [row_id for row_id in FROZEN if row_id not in ids] == []
    assert sorted(set(ids) - set(FROZEN)) == [], "a new id: add it to FROZEN"
    assert [row_id for row_id in ids if not re.fullmatch(r"[a-z-]+\.[a-z0-9]+(-[a-z0-9]+)*", row_id)] == []


# Settings in the fixtures that no row asks about; a person sees them below their platform all the same.
WITHOUT_ROW = {
    "discord.explicit-content-filter": "about pictures that the person is shown",
    "discord.servers-that-may-not-message-you": "a count: exceptions to direct-messages-from-server-members",
    "facebook.limit-something-new": "the file names settings by their labels: this one is made up",
    "facebook.something-new": "the file names settings by their labels: this one is made up",
    "mastodon.show-featured-tab": "the look of a profile: what it shows is public in any case",
    "mastodon.show-media-tab": "the look of a profile: what it shows is public in any case",
    "mastodon.show-replies-in-media-tab": "the look of a profile: what it shows is public in any case",
    "reddit.lang": "a preference carried under its own name: the language",
    "tiktok.live-gifts": "the export's own name for something in live video: none of these is documented",
    "tiktok.live-who-can-watch": "the export's own name for something in live video: none of these is documented",
    "tiktok.personalised-ads": "about adverts that the person is shown",
    "whatsapp.theme": "a key carried under its own name: colours",
    "youtube.live-chat-auto-moderation": "about what others write under live video",
}
_GOLDEN = re.compile(r'^setting ([a-z-]+) ([a-z]+) .*?\bid="([^"]+)"', re.MULTILINE)


def golden_settings() -> set[tuple[str, str]]:
    """`(id, value)` of every setting in the fixtures of the platforms."""
    texts = (path.read_text(encoding="utf-8") for path in ARCHIVES.glob("*.expected"))
    return {(row_id, value) for text in texts for _, value, row_id in _GOLDEN.findall(text)}


def test_every_setting_that_a_reader_is_known_to_find_has_a_row_or_a_reason_for_none() -> None:
    found_ids = {row_id for row_id, _ in golden_settings()}
    rows = {row.id for row in settings.rows()}
    assert len(found_ids) > 50
    assert sorted(found_ids - rows - set(WITHOUT_ROW)) == []
    assert sorted(rows & set(WITHOUT_ROW)) == []


def test_every_row_that_an_export_fills_says_which_values_are_as_advised() -> None:
    rows = {row.id: row for row in settings.rows()}
    filled = {row_id for row_id, value in golden_settings() if value != "unknown" and row_id in rows}
    assert len(filled) > 40
    assert sorted(row_id for row_id in filled if not rows[row_id].wanted) == []


def test_wanted_values_are_words_of_the_contract_and_never_unknown_or_open_to_everyone() -> None:
    words = set(get_args(get_type_hints(Setting)["value"])) - {"unknown", "public"}
    assert {word for row in settings.rows() for word in row.wanted} <= words
    assert all(len(set(row.wanted)) == len(row.wanted) for row in settings.rows())


@pytest.mark.parametrize("row", [row for row in settings.rows() if row.wanted], ids=lambda row: row.id)
def test_a_value_that_is_not_known_is_never_taken_for_right(row: settings.SettingRow) -> None:
    for value, right in (("unknown", None), ("public", False), *((word, True) for word in row.wanted)):
        made = settings.checklist([row.platform], [found(row.id, value)])
        assert next(check for check in made if check.row.id == row.id).as_recommended is right


def test_rows_may_name_every_clause_of_the_policy_and_no_other() -> None:
    known = set(load_policy().clauses)
    assert {clause for row in settings.rows() for clause in row.clauses} <= settings.CLAUSES <= known


def test_every_row_reads_as_plain_words() -> None:
    for row in settings.rows():
        assert row.goal.startswith("So that ") and row.goal.endswith("."), row.id
        assert max(len(sentence.split()) for sentence in re.split(r"(?<=[.:]) ", row.goal)) <= 26, row.id
        assert not re.search(r"violat|fail|clean|offence|risky", row.goal + row.recommended, re.IGNORECASE), row.id
        assert "  " not in row.goal + row.path and row.keyword, row.id


def test_every_platform_ends_with_looking_at_yourself() -> None:
    ends = {row.platform: row.id for row in settings.rows()}
    without = {platform for platform, row_id in ends.items() if not row_id.endswith(".look-at-yourself-as-others-do")}
    assert without == {"", "google-maps"}


def test_platforms_come_in_the_order_given_then_the_rows_for_every_platform() -> None:
    made = settings.checklist(["x", "threads", "x"], [])
    order = list(dict.fromkeys(check.row.platform for check in made))
    assert order == ["x", "threads", ""]
    of_x = [check.row for check in made if check.row.platform == "x"]
    assert [row.priority for row in of_x[:-1]] == sorted((row.priority for row in of_x[:-1]), key="MSC".index)
    assert of_x[-1].id == "x.look-at-yourself-as-others-do"
    assert len({check.row.id for check in made}) == len(made)


def test_a_platform_without_rows_of_its_own_gets_the_rows_for_every_platform() -> None:
    assert {check.row.platform for check in settings.checklist(["generic"], [])} == {""}


def test_every_platform_but_an_unnamed_site_has_rows_of_its_own_in_the_order_given() -> None:
    backwards = platforms.NAMES[::-1]
    made = list(dict.fromkeys(check.row.platform for check in settings.checklist(backwards, [])))
    assert made == [name for name in backwards if name != "generic"] + [""]  # messenger comes before facebook here
    for name in platforms.NAMES:
        alone = {check.row.platform for check in settings.checklist([name], [])}
        assert alone == ({""} if name == "generic" else {name, ""})


def test_messenger_alone_brings_its_own_rows_and_facebook_does_not_repeat_them() -> None:
    alone = [(check.row.id, check.row.platform) for check in settings.checklist(["messenger"], []) if check.row.platform]
    both = [check.row.id for check in settings.checklist(["messenger", "facebook"], [])]
    assert alone == [("facebook.messenger-who-can-reach-you", "messenger")]
    assert both.count("facebook.messenger-who-can-reach-you") == 1


def test_what_the_archive_says_is_shown_word_for_word_where_one_word_does_not_carry_it() -> None:
    made = {
        check.row.id: (check.says, check.own_words)
        for check in settings.checklist(
            ["whatsapp", "strava", "discord"],
            [
                found("whatsapp.leave-class-parent-pupil-groups", "unknown", raw="Year 6 parents; Choir"),
                found("strava.group-activities-flybys", "public", raw="group activity: Everyone; flybys: No One"),
                found("discord.direct-messages-from-server-members", "off", raw="true"),
            ],
        )
    }
    asks = "Your archive says this in words that only you can judge. Please look in the app."
    assert made["whatsapp.leave-class-parent-pupil-groups"] == (asks, "Year 6 parents; Choir")
    assert made["strava.group-activities-flybys"] == (
        "On 4 March 2025 it was: open to everyone. It may have changed since.",
        "group activity: Everyone; flybys: No One",
    )
    assert made["discord.direct-messages-from-server-members"][1] == ""
    assert made["discord.who-can-add-you"] == ("", "")


def test_what_no_row_asks_about_is_told_below_its_platform_as_it_stands() -> None:
    held = [
        found("reddit.beta-tester", "on", raw="true", seen_at=None),
        found("reddit.lang", "unknown", raw="cy", seen_at="2024-01-01T00:00:00+00:00"),
        found("reddit.lang", "unknown", raw="en", seen_at="2025-01-01T00:00:00+00:00"),
        found("reddit.empty", "unknown", raw=" "),
        found("reddit.show-up-in-search-results", "off"),
        found("tiktok.live-gifts", "off", raw="x" * 2400),
    ]
    assert settings.also_held("reddit", held) == ("Lang: en", "Beta tester: true")
    assert settings.also_held("tiktok", held) == (f"Live gifts: {'x' * 2000} …",)
    assert settings.also_held("x", held) == settings.also_held("", held) == ()
    second = [*held, found("reddit.lang", "unknown", account="wren", raw="fr", seen_at=None)]
    assert settings.also_held("reddit", second) == ("Lang (jo): en", "Beta tester (jo): true", "Lang (wren): fr")


def test_the_page_has_a_block_for_every_platform_and_what_is_also_in_its_download(home: Path) -> None:
    ws = Workspace.open()
    names = [name for name in platforms.NAMES if name != "generic"]
    ws.put("platforms", {name: {"route": "hand"} for name in names if name != "tiktok"})
    with ws.importing("tiktok", "jo", "tiktok.zip") as load:
        load.add([found("tiktok.live-gifts", "off", raw="Off"), found("tiktok.direct-messages", "friends", raw="Friends")])
    groups = SettingsPage(ws).start({})["groups"]
    with_messenger = [g["platform"] for g in groups]
    assert with_messenger == ["tiktok", *(n for n in names if n not in ("tiktok", "messenger")), ""]
    assert [g["also"] for g in groups if g["also"]] == [["Live gifts: Off"]]
    assert all(g["name"] and g["name"] != g["platform"] and g["rows"] for g in groups)
    row = next(row for row in groups[0]["rows"] if row["id"] == "tiktok.direct-messages")
    assert (row["fits"], row["says"], row["own_words"]) == (
        True,
        "On 4 March 2025 it was: friends. It may have changed since.",
        "",
    )


def test_rows_a_school_leaves_out_are_gone_from_the_list() -> None:
    made = settings.checklist(["x"], [], leave_out=["x.photo-tagging", "generic.old-accounts"])
    assert {"x.photo-tagging", "generic.old-accounts"} & {check.row.id for check in made} == set()
    assert len(settings.rows(["x.photo-tagging"])) == len(settings.rows()) - 1


def test_a_value_in_the_archive_prefills_its_row_and_never_claims_to_be_still_so() -> None:
    setting = found("x.protect-your-posts", "on")
    check = next(c for c in settings.checklist(["x"], [setting]) if c.row.id == setting.id)
    assert (check.found, check.as_recommended) == (setting, True)
    assert check.says == "On 4 March 2025 it was: on. It may have changed since."


def test_the_widest_open_of_two_accounts_comes_first_and_an_older_export_of_one_is_dropped() -> None:
    old = found("instagram.account-private", "public", "jo", "2021-01-01T00:00:00+00:00")
    new = found("instagram.account-private", "private", "jo", "2025-01-01T00:00:00+00:00")
    forgotten = found("instagram.account-private", "public", "jo.uni", "2022-01-01T00:00:00+00:00")
    made = settings.checklist(["instagram"], [new, old, forgotten])
    check = next(c for c in made if c.row.id == "instagram.account-private")
    assert (check.found, check.others, check.as_recommended) == (forgotten, (new,), False)


def test_an_unclear_value_asks_the_person_to_look() -> None:
    check = settings.checklist(["x"], [found("x.protect-your-posts", "unknown", seen_at=None)])[0]
    assert (check.as_recommended, check.says) == (
        None, "Your archive does not say. Please look in the app.",
    )  # fmt: skip


@pytest.mark.parametrize(("today", "stale"), [("2027-11-01", False), ("2027-11-02", True), ("2026-11-24", False)])
def test_a_row_carries_a_caution_when_last_checked_more_than_twelve_months_ago(today: str, stale: bool) -> None:
    check = settings.checklist(["x"], [], today=date.fromisoformat(today))[0]
    assert check.stale is stale
    assert ("over a year" in check.caution) is stale


def test_rows_nobody_has_checked_for_over_a_year_are_listed_today() -> None:
    assert settings.stale_rows(date(2026, 11, 24)) == ()
    assert len(settings.stale_rows(date(2028, 1, 1))) == len(settings.rows())


def test_rows_that_are_stale_today_are_named_to_whoever_runs_the_tests(recwarn: pytest.WarningsRecorder) -> None:
    today = date.today()
    late = sorted(row.id for row in settings.rows() if (today - row.last_checked).days > 366)
    if late:
        warnings.warn(f"last checked over a year ago: {', '.join(late)}", stacklevel=1)
    assert sorted(row.id for row in settings.stale_rows(today)) == late or (today - settings.rows()[0].last_checked).days == 366
    assert bool(recwarn.list) is bool(late)


def test_a_row_that_nobody_has_seen_says_that_it_may_differ() -> None:
    made = {check.row.id: check.caution for check in settings.checklist(["x"], [], today=date(2026, 11, 24))}
    assert made["x.remove-followers-you-do-not-know"] == "This may differ in your app."
    assert made["x.photo-tagging"] == ""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('clauses = ["access"]', 'clauses = ["aud"]', "line 8: clauses holds 'aud' - use "),
        ('goal = "So that only followers can read."', "", 'line 8: goal is missing or empty - add goal = "..."'),
        ('past = "yes"', 'past = "maybe"', "line 8: past is 'maybe' - use one of yes, no, part, varies, -"),
        ('source = "T25"', 'source = "T25"\nsorce = "x"', "line 8: unknown key sorce - take it out"),
        ('"x.protect-your-posts"', '"x.Protect Posts"', "line 8: id 'x.Protect Posts' is not <platform>."),
        ('wanted = ["on"]', 'wanted = ["yes"]', "line 8: wanted holds 'yes' - use "),
        ("last_checked = 2026-11-01", "", "line 1: no last_checked date"),
        ('"x.protect-your-posts"', '"y.protect-your-posts"', "line 8: platform 'y' has no [[platforms]] block"),
    ],
)
def test_a_fault_in_the_data_is_reported_with_its_line_and_how_to_mend_it(old: str, new: str, fault: str) -> None:
    with pytest.raises(PolicyError) as caught:
        settings.parse(ROW.strip().replace(old, new, 1))
    assert [f.startswith(fault) for f in caught.value.faults] == [True], caught.value.faults


def test_all_faults_are_reported_at_once() -> None:
    text = ROW.replace('"yes"', '"maybe"').replace('"M"', '"X"').replace('["access"]', "[]")
    with pytest.raises(PolicyError) as caught:
        settings.parse(text)
    assert len(caught.value.faults) == 3


def test_an_id_given_twice_is_a_fault_with_the_line_of_the_second() -> None:
    block = ROW[ROW.index("[[rows]]") :]
    with pytest.raises(PolicyError) as caught:
        settings.parse(ROW + block)
    second = (ROW + block).splitlines().index("[[rows]]", 10) + 1
    assert caught.value.faults == [f"line {second}: id x.protect-your-posts is there twice - each id once"]


def test_what_settings_cannot_do_and_forgotten_places_are_told() -> None:
    assert len(settings.limits()) == 3 and "Nextdoor" in settings.others()
    note = settings.platform_note("bluesky")
    assert note is not None and note.name == "Bluesky" and "no private accounts" in note.note
    assert settings.platform_note("") is not None and settings.platform_note("generic") is None
