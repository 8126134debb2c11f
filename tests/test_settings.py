"""The settings checklist: its data, its ids, its order, its prefill and its cautions."""

from __future__ import annotations

import re
import warnings
from datetime import date

import pytest

from auditlib import settings
from auditlib.errors import PolicyError
from auditlib.policy import load_policy
from auditlib.records import Setting

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
tiktok.look-at-yourself-as-others-do
snapchat.contact-me
snapchat.see-me-in-find-friends
snapchat.let-others-find-me-by-mobile-number-or-e-mail
snapchat.snap-map-see-my-location
snapchat.view-my-story
snapchat.public-profile
snapchat.friends-list-remove-unknown-pupils
snapchat.memories-saved-stories-public-spotlight
snapchat.look-at-yourself-as-others-do
linkedin.edit-your-public-profile
linkedin.who-can-see-or-download-your-e-mail
linkedin.who-can-see-your-connections
linkedin.profile-discovery-by-e-mail-by-phone
linkedin.profile-visibility-off-linkedin
linkedin.profile-viewing-options
linkedin.posts-comments-endorsements-on-your-activity
linkedin.look-at-yourself-as-others-do
youtube.your-videos-visibility
youtube.keep-all-my-subscriptions-private
youtube.comments-and-live-chat-you-left
youtube.channel-name-handle-picture-about
youtube.google-about-me
youtube.find-old-blogs-drive-links-shared
youtube.look-at-yourself-as-others-do
google-maps.maps-profile-reviews-and-photos
reddit.content-and-activity-curate-your-profile
reddit.old-posts-and-comments
reddit.show-up-in-search-results
reddit.allow-followers-who-can-chat-send-messages
reddit.nsfw-content-on-profile
reddit.look-at-yourself-as-others-do
whatsapp.groups-who-can-add-me
whatsapp.profile-photo-about-last-seen-online-status
whatsapp.leave-class-parent-pupil-groups
whatsapp.silence-unknown-callers
whatsapp.two-step-verification
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
discord.look-at-yourself-as-others-do
mastodon.automatically-accept-new-followers
mastodon.default-posting-privacy
mastodon.feature-profile-and-posts-in-discovery-algorithms
mastodon.include-public-posts-in-search-results
mastodon.show-follows-and-followers-on-profile
mastodon.automated-post-deletion
mastodon.look-at-yourself-as-others-do
bluesky.logged-out-visibility
bluesky.review-posts-and-likes-as-if-on-a-noticeboard
bluesky.allow-messages-from
bluesky.who-can-reply-and-quote
bluesky.handle
bluesky.app-passwords-two-step-e-mail-code
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
strava.look-at-yourself-as-others-do
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


def found(row_id: str, value: str, account: str = "jo", seen_at: str | None = "2025-03-04T08:00:00+00:00") -> Setting:
    return Setting(
        platform=row_id.partition(".")[0], account=account, where="data/x.js#0", id=row_id, value=value, raw=value,
        seen_at=seen_at,
    )  # type: ignore[arg-type]  # fmt: skip


def test_every_published_id_is_still_there_once_and_in_kebab_case() -> None:
    ids = [row.id for row in settings.rows()]
    assert len(ids) == len(set(ids))
    assert [row_id for row_id in FROZEN if row_id not in ids] == []
    assert sorted(set(ids) - set(FROZEN)) == [], "a new id: add it to FROZEN"
    assert [row_id for row_id in ids if not re.fullmatch(r"[a-z-]+\.[a-z0-9]+(-[a-z0-9]+)*", row_id)] == []


def test_the_ids_that_readers_fill_are_rows_with_wanted_values() -> None:
    wanted = {row.id for row in settings.rows() if row.wanted}
    assert {
        "x.protect-your-posts", "instagram.account-private", "threads.private-profile",
        "facebook.who-can-see-your-future-posts",
    } <= wanted  # fmt: skip
    named = re.findall(r"^    ([a-z-]+\.[a-z-]+)", settings.__doc__ or "", re.MULTILINE)
    assert set(named) <= wanted


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
    assert {check.row.platform for check in settings.checklist(["tumblr"], [])} == {""}


def test_messenger_alone_brings_its_own_rows_and_facebook_does_not_repeat_them() -> None:
    alone = [check.row.id for check in settings.checklist(["messenger"], []) if check.row.platform]
    both = [check.row.id for check in settings.checklist(["messenger", "facebook"], [])]
    assert alone == ["facebook.messenger-who-can-reach-you"]
    assert both.count("facebook.messenger-who-can-reach-you") == 1


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
    assert settings.platform_note("") is not None and settings.platform_note("tumblr") is None
