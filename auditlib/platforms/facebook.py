"""Facebook and Messenger: the export ("Download your information"), in JSON or as web pages.

Eras: until 2019 folders such as likes_and_reactions/ and following_and_followers/; 2020-22 a flat layout of some fifty
folders; 2023 your_activity_across_facebook/; since 2024 your_facebook_activity/, connections/, personal_information/. The
`_v2` on top-level keys came about 2020-21. Pages have this_profile's_activity_across_facebook/. All are accepted at all times.
Format facts: see _meta; what each row rests on is told there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from auditlib.dates import from_seconds, year_of
from auditlib.platforms import _facebook_posts as of
from auditlib.platforms import _meta_nested
from auditlib.platforms._facebook_profile import REGISTERED, names_in, page_facts, profile, profile_in, profile_page, text_of
from auditlib.platforms._meta import EMPTY, START, Mended, dicts, each, entries, listed, own_host, pick, shaped, words
from auditlib.platforms._meta_messages import MESSAGES
from auditlib.platforms._meta_other_messages import PAGES, SEALED
from auditlib.platforms._meta_shapes import as_person, with_pages
from auditlib.platforms._meta_threads import BOXES, THREAD_PAGES, THREADS, MessageReader
from auditlib.reading import Asking, Each, Ignored, Rows, Stream, Whole
from auditlib.records import Record

NAME, TITLE = "facebook", "Facebook"
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
MARKERS = (
    # but not by Messenger's end-to-end download where it was unpacked into an empty tree of that name
    re.compile(
        _ROOT + r"(?:your_facebook_activity|(?:your|this_profile.{0,3}s)_activity_across_facebook)/"
        r"(?!messages/(?:media/|[^/]+_\d+\.json$))"
    ),
    re.compile(_ROOT + r"(?:connections/friends|friends_and_followers|following_and_followers)/"),
    re.compile(_ROOT + r"(?:personal_information/)?profile_information/profile_information\.(?:json|html)$"),
    re.compile(_ROOT + r"(?:posts/your_posts(?:_+\w+)?\.(?:json|html)$|data_logs/content/\d+/page_\d+\.json$)"),
)
# Until 2023 a download of messages alone looks the same on Instagram.
SHARED = re.compile(_ROOT + rf"(?:messages/(?:{BOXES})/.|message_\d+\.(?:json|html?)$)")
_BEGINS = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*(?:\{\s*"(?:profile(?:_v2)?|friends(?:_v2)?|(?:comments|reactions|group_posts|group_comments|other_photos|videos|'
    rb"archived_stories|lasso_videos|trash|pages_followed|page_likes|received_requests|sent_requests|rejected_requests|deleted_friends)"
    rb'(?:_v2)?|wall_posts_sent_to_you|status_updates)"\s*:|\[\s*\{\s*"timestamp"\s*:\s*-?\d+\s*,\s*"(?:data|attachments|title)"\s*:)'
)
# Names that only Facebook gives its web pages: what they begin with is a long style sheet.
_PAGES = re.compile(
    r"(?:your_posts(?:__check_ins__photos_and_videos)?_\d+|profile_posts_\d+|your_friends|group_posts_and_comments|"
    r"your_comments_in_groups|likes_and_reactions_\d+|who_you.{0,3}ve_followed|people_who_followed_you|sent_friend_requests|"
    r"received_friend_requests|rejected_friend_requests|removed_friends|your_uncategorized_photos|profile_information|"
    r"archived_stories|posts_on_other_pages_and_profiles)\.html?$",
    re.IGNORECASE,
)
_OLD = 300  # days between the newest message and the newest thing else that suggest encrypted chats are missing


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file begins as one of Facebook's lists, or is a web page with a name that only Facebook gives."""
    return _PAGES.match(name) is not None if name.lower().endswith((".html", ".htm")) else _BEGINS.search(head) is not None


class Reader(MessageReader):
    """Who the person is, and the times of their posts (check-ins repeat them)."""

    platform = NAME
    sealed_way = SEALED
    named = r"^facebook-([\w.]+?)-\d{1,4}[-.]\d"

    def begin(self) -> None:
        """Also: the times of posts, which check-ins repeat."""
        self.moments: dict[Any, str] = {}  # moment -> the words of the posts of that second
        self.reacted: dict[Any, list[str]] = {}  # moment -> whose post, as the newer file of reactions says
        self.profile: dict[str, Any] = {}
        self.known = False  # whether a web page told the profile
        super().begin()
        self.ways = _meta_nested.ways([m for m in self.members if m not in self.ways], FILES, self.head_of) | self.ways

    def identify(self) -> None:
        """Read the profile, wherever it lies."""
        self.era = self._era()
        self.profile = profile_in(self.document(r"profile_information/profile_information\.json|profile_information\.json"))
        name = self.profile.get("name")
        full = text_of(name.get("full_name")) if isinstance(name, dict) else text_of(name)
        self.handle = text_of(self.profile.get("username")) or None
        self.display = full or self.display
        self.account = full or self.handle
        self.registered = from_seconds(self.profile.get("registration_timestamp"))
        for one in (full, *names_in(self.profile.get("previous_names")), *names_in(self.profile.get("other_names"))):
            self.called(one)
        if not self.profile:
            self._identify_by_page()

    def _identify_by_page(self) -> None:
        """The same from the web page of the profile."""
        found = page_facts(self.page_of(r"profile_information\.html?"), self.day_first)
        said = dict(reversed(found))
        self.handle = said.get("handle")
        self.display = said.get("name") or self.display
        self.account = said.get("name") or self.handle
        for fact, value in found:
            if fact in ("name", "former_name"):
                self.called(value)
        self.registered = when if year_of(when := said.get(REGISTERED)) else None
        self.known = bool(found)

    def _era(self) -> str:
        paths = "\n".join(self.members)
        if "your_facebook_activity/" in paths:
            return "2024 onward"
        if "activity_across_facebook/" in paths:
            return "2023-2024"
        early = (
            r"(^|/)(?:(?:following_and_followers|likes_and_reactions|photos_and_videos|about_you)/|"
            r"(?<!connections/)friends/friends\.)"
        )
        return "2018-2019" if re.search(early, paths, re.MULTILINE) else "2020-2022"

    @property
    def prefix(self) -> str:
        """User names change less often than names do."""
        return f"{NAME}:{self.handle or self.account or '?'}:"

    def finish(self) -> Iterator[Record]:
        """What the person should know."""
        self.warn_in_common()
        if any("data_logs/content/" in m for m in self.members):
            self.warnings.append("Data logs were given, which hold no posts: ask for a copy of your information instead.")
            return
        if not self.profile and not self.known:
            self.warnings.append("The part with your profile is not here: add every part (their names differ at the end only).")
        if not any(re.search(r"(^|/)(your|profile)_posts[^/]*\.(json|html?)$", m) for m in self.members):
            self.warnings.append("No file of posts is in this archive: ask for everything if you ever posted.")
        if self.threads and not any("/" in m and "messages/" not in m for m in self.members) and not self.profile:
            self.warnings.append("Only messages were given: they were read as Messenger's, but they may be Instagram's.")
        if any("/e2ee_cutover/" in m for m in self.members) or self._chats_stop_early():
            self.warnings.append(
                "Newer one-to-one chats may be encrypted, and then they are not in this archive: "
                "Messenger on a computer offers them as a second download."
            )
        yield from ()

    def _chats_stop_early(self) -> bool:
        if self.newest_message is None or self.newest is None:
            return False
        last, other = date.fromisoformat(self.newest_message[:10]), date.fromisoformat(self.newest[:10])
        return other.year >= 2023 and (other - last).days > _OLD  # chats were moved from 2023 on


def people(relation: Any) -> Mended:
    """A function for lists of people: display names at the time of the export, without id or address (Pages' have one)."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        url = own_host(record.get("url") or record.get("uri"), *of.HOSTS)
        if "label_values" in record:
            found = entries(record)
            name = pick(found, of.NAME_LABELS) or next((e.value for e in found if e.value and "://" not in e.value), "")
            return a.connection(relation, name, None, record.get("timestamp"), url)
        if "string_list_data" in record:
            rows = listed(record)
            return [r for o in rows for r in a.connection(relation, o.title or o.name, None, o.at, own_host(o.href, *of.HOSTS))]
        name = words(record.get("name")) or next((words(d.get("name")) for d in dicts(record.get("data"))), "")
        return a.connection(relation, name or words(record.get("title")), None, record.get("timestamp"), url)

    return Mended(one, as_person)


@shaped(as_person)
def contacts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Someone in an address book once uploaded, by name only: what is no name (a number, an address) is left out."""
    found = entries(record)
    name = words(record.get("name")) or pick(found, of.NAME_LABELS) or next((e.value for e in found if e.value), "")
    if not any(map(str.isalpha, name)) or "@" in name or "://" in name:
        return []
    return a.connection("contact", name, None, record.get("timestamp") or record.get("created_timestamp"))


@shaped(as_person)
def blocked(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """People blocked in Messenger; no list of those blocked on Facebook was found in any export."""
    for entry in dicts(record.get("entries")) or [record]:
        body = entry.get("data")
        name = words(body.get("name")) if isinstance(body, dict) else words(entry.get("name") or entry.get("title"))
        yield from a.connection("blocked", name, None, entry.get("timestamp"))


# What the export's word means, in lower case; anything else is "unknown" and shown as it is.
_VALUES = {
    "public": "public", "everyone": "public", "öffentlich": "public", "público": "public", "friends": "friends",
    "your friends": "friends", "friends of friends": "public", "freunde": "friends", "amis": "friends", "amigos": "friends",
    "amici": "friends", "vrienden": "friends", "znajomi": "friends", "publiczne": "public", "pubblica": "public",
    "openbaar": "public", "tout le monde": "public", "alle": "public", "wszyscy": "public", "moi uniquement": "private",
    "solo yo": "private", "solo io": "private", "alleen ik": "private", "tylko ja": "private", "somente eu": "private",
    "only me": "private", "nobody": "private", "no one": "private", "nur ich": "private", "on": "on", "true": "on",
    "enabled": "on", "yes": "on", "off": "off", "false": "off", "disabled": "off", "no": "off",
}  # fmt: skip


# The one label of the privacy settings file that is known, in other languages of the account.
_ROWS = dict.fromkeys(
    (
        "who can see your future posts", "who can see your posts", "wer kann deine zukünftigen beiträge sehen",
        "wer kann deine künftigen beiträge sehen", "qui peut voir vos futures publications",
        "¿quién puede ver tus publicaciones futuras", "quién puede ver tus publicaciones futuras",
        "chi può vedere i tuoi post futuri", "quem pode ver as tuas publicações futuras",
        "quem pode ver suas publicações futuras", "wie kan je toekomstige berichten zien",
        "kto może zobaczyć twoje przyszłe posty", "kto może wyświetlać twoje przyszłe posty",
    ),
    "who-can-see-your-future-posts",
)  # fmt: skip


@each
def privacy(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Every labelled value of the privacy settings file; which labels it can hold is not known."""
    for entry in entries(record):
        slug = _ROWS.get(entry.label.rstrip("? ")) or re.sub(r"[^\w]+", "-", entry.label).strip("-")
        if slug and entry.value:
            yield from a.setting(slug, _VALUES.get(entry.value.strip().casefold(), "unknown"), entry.value)


def switch(row: str) -> Mended:
    """A function for a file of one setting: only where it holds exactly one value."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        found = [e.value for e in entries(record) if e.value]
        return a.setting(row, _VALUES.get(found[0].strip().casefold(), "unknown"), found[0]) if len(found) == 1 else ()

    return Mended(one)


def _list(function: Any, *keys: str) -> Each:
    """A row for a list that lies at the top, or under one of the keys with or without their later endings."""
    return Each(function, Any, tuple(f"{k}{end}" for k in keys for end in ("_v2", "", "_v3")))


_ANY = r"[^/]*\.json$"
_ALONE = r"(?:^|"  # in its folder, or where the person chose only that folder or file
_TECHNICAL = (
    "ads_information|ads_and_businesses|ads|apps_and_websites[^/]*|facebook_payments|payment_history|security_and_login_information|"
    "logged_information|location|device_location|your_places|about_you|your_topics|interactions|your_interactions_on_facebook|"
    "navigation_bar|activity_messages|time_spent_on_facebook|other_logged_information|bug_bounty|facebook_portal|"
    "facebook_assistant|voice_recording_and_transcription|privacy_checkup|facebook_accounts_center|accounts_center|spark_ar|"
    "facebook_gaming|shops|shopping|your_problem_reports|recently_viewed|other_personal_information|preferences|news|feed|"
    "notifications|avatars_store"
)
FILES: Rows = with_pages((
    (r"no-data\.txt$", EMPTY),
    (r"(?:index|start_here)\.html?$", START),
    (r"data_logs/", Ignored("logs of how Facebook was used: no words of yours")),
    (r"(?:your_instagram_activity|followers_and_following)/", Ignored("belongs to Instagram")),
    (THREADS, MESSAGES),
    (THREAD_PAGES, PAGES),
    (r"groups/your_group_messages/" + _ANY, MESSAGES),
    (r"groups/your_group_messages/[^/]+\.html?$", PAGES),
    (r"profile_information\.json$", Whole(profile)),
    (r"profile_information\.html?$", Stream(profile_page)),
    (_ALONE + r"groups/)(?:group_posts_and_comments|your_posts_in_groups|your_posts_and_comments_in_groups)\.json$",
        _list(of.posts(audience="group"), "group_posts")),
    (_ALONE + r"groups/)your_comments_in_groups\.json$", _list(of.comments, "group_comments")),
    # Waiting for a group's administrator: nobody else sees them yet.
    (_ALONE + r"groups/)your_pending_posts_in_groups\.json$",
        _list(of.posts("pending", audience="group", state="draft"), "pending_posts")),
    (_ALONE + r"groups/)your_answers_to_membership_questions\.json$", _list(of.answers, "group_membership_questions_answers")),
    (_ALONE + r"posts/)(?:your_posts(?:__check_ins__photos_and_videos)?|profile_posts)(?:_\d+)?\.json$",
        _list(of.posts(), "status_updates")),
    (_ALONE + r"posts/)other_people.{0,3}s_posts_to_your_timeline\.json$",
        _list(of.posts("wall", author="other"), "wall_posts_sent_to_you")),
    (_ALONE + r"posts/)posts_on_other_pages_and_profiles\.json$", _list(of.posts())),
    (_ALONE + r"posts/)archive\.json$", _list(of.posts("archived", state="archived", audience="private"), "archive")),
    (_ALONE + r"posts/)trash\.json$", _list(of.posts("bin", state="binned", deleted=True, audience="private"), "trash")),
    (_ALONE + r"posts/)check-ins\.json$", _list(of.checkins)),
    (_ALONE + r"posts/)places_you_have_been_tagged_in\.json$", _list(of.tagged_places)),
    (_ALONE + r"posts/)edits_you_made_to_posts\.json$", _list(of.edits)),
    (r"notes/" + _ANY + r"|other_activity/notes\.json$", _list(of.notes, "notes")),
    (_ALONE + r"reels/)your_reels\.json$", _list(of.posts("reel", derived=True), "lasso_videos")),
    (_ALONE + r"stories/)archived_stories\.json$",
        _list(of.posts("story", "story", state="archived", audience="private"), "archived_stories")),
    (_ALONE + r"stories/)story_reactions\.json$", _list(of.reactions, "stories_feedback")),
    (r"(?:posts|photos_and_videos)/album/\d+\.json$", _list(of.albums)),
    (_ALONE + r"(?:posts|photos_and_videos)/)(?:your_)?uncategorized_photos\.json$", _list(of.photos("photo"), "other_photos")),
    (_ALONE + r"(?:posts|photos_and_videos)/)your_videos\.json$", _list(of.photos("video"), "videos")),
    (r"profile_information/profile_update_history\.json$", _list(of.posts("update", derived=True), "profile_updates")),
    (_ALONE + r"(?:comments_and_reactions|comments)/)comments\.json$", _list(of.comments, "comments")),
    (_ALONE + r"(?:comments_and_reactions|likes_and_reactions)/)(?:posts_and_comments|likes_and_reactions(?:_\d+)?)\.json$",
        _list(of.reactions, "reactions")),
    (_ALONE + r"polls/)(?:your_poll_votes|polls_you_voted_on)\.json$", _list(of.votes, "poll_votes")),
    (_ALONE + r"pages(?:_and_profiles)?/)pages_you.{0,3}ve_liked\.json$", _list(of.liked_pages, "page_likes")),
    (_ALONE + r"events/)your_events\.json$", _list(of.own_events, "your_events")),
    (r"facebook_marketplace/items_(?:sold|selling)\.json$", _list(of.listings, "items_selling")),
    (r"activity_you.{0,3}re_tagged_in/photos_and_videos_you.{0,3}re_tagged_in\.json$", _list(of.tags_by_others)),
    (_ALONE + r"(?:friends|friends_and_followers|connections/friends)/)(?:your_)?friends\.json$",
        _list(people("friend"), "friends")),
    (r"removed_friends\.json$", _list(people("removed"), "deleted_friends")),
    (r"(?:sent_friend_requests|friend_requests_sent)\.json$", _list(people("request_sent"), "sent_requests")),
    (r"(?:received_friend_requests|friend_requests_received)\.json$", _list(people("request_received"), "received_requests")),
    (r"rejected_friend_requests\.json$", _list(people("request_rejected"), "rejected_requests")),
    (r"(?:who_you_follow|who_you.{0,3}ve_followed|following_and_followers/following)\.json$",
        _list(people("following"), "following")),
    (r"(?:people_who_follow(?:ed)?_you|following_and_followers/followers)(?:_\d+)?\.json$",
        _list(people("follower"), "followers")),
    (r"(?:pages_and_profiles_you_follow|pages_you_follow)\.json$", _list(people("following"), "pages_followed")),
    (r"messages/messenger_contacts_you.{0,3}ve_blocked\.json$", _list(blocked, "messenger_contacts_blocked")),
    (r"events/event_contacts?_you.{0,3}ve_blocked\.json$", _list(people("blocked"), "event_contacts_blocked")),
    (_ALONE + r"preferences/)privacy_settings\.json$", _list(privacy)),
    (r"messages/messenger_active_status_settings\.json$", _list(switch("active-status"))),
    (r"profile_information/contacts_sync_settings\.json$", _list(switch("contacts-syncing"))),
    (r"security_and_login_information/two-factor_authentication\.json$", _list(switch("two-factor-authentication"))),
    (r"(?:your_address_books|contacts_uploaded_from_your_phone|your_imported_contacts)\.json$",
        _list(contacts, "address_book")),
    # Left out on purpose
    (r"(?:people_you_may_know|suggested_friends)\.json$", Ignored("Facebook's suggestions: not your friends")),
    (r"(?:birthday_media|media_used_for_memories|shared_memories)\.json$", Ignored("copies of pictures told elsewhere")),
    (r"content_sharing_links_you_have_created\.json$", Ignored("links only: no words of yours")),
    (r"cities_you_have_checked_into\.json$", Ignored("towns worked out from check-ins, which are read themselves")),
    (r"groups/(?:your_group_membership_activity|your_groups|your_badges)\.json$",
        Ignored("groups you belong to: no words of yours")),
    (r"(?:pages(?:_and_profiles)?_you.{0,3}ve_unfollowed|unfollowed_pages)\.json$", Ignored("Pages no longer followed")),
    (r"events/" + _ANY, Ignored("other people's events and invitations")),
    (r"other_activity/pokes\.json$", Ignored("pokes: no words")),
    (r"autofill_information\.json$", Ignored("what was typed into forms: not shown on your profile")),
    (r"(?:your_post_audiences|control_who_sees_what_you_share|your_friend_lists|friend_peer_group)\.json$",
        Ignored("lists for choosing who sees a post")),
    (r"messages/[^/]+_\d+\.json$", MESSAGES),
    (r"messages/[^/]*(?:settings|autofill|secret|armadillo|support|cutover|cross-app|invites|avatars)[^/]*\.json$",
        Ignored("settings of Messenger: no words of yours")),
    (r"(?:saved_items_and_collections|saves)/|saved_items[^/]*\.json$|collections\.json$",
        Ignored("saved items: not your words")),
    (r"search/|searches/|your_search_history\.json$", Ignored("searches: private to you")),
    (rf"(?:{_TECHNICAL})/.*\.(?:json|csv|txt)$", Ignored("advertising, log-ins, devices, places and other technical data")),
))  # fmt: skip

SITES: tuple[str, ...] = ("facebook.com",)
FIND = "On Facebook, open your profile, choose the three dots, then Activity log, and go to {day}."
NOT_HELD = ("reposts",)  # what was shared stands among the posts
NOT_YET = ("reviews",)
ASK = Asking(
    where="Settings and privacy, Settings, Accounts Centre, Your information and permissions, Export your information",
    steps=(
        "Open Export your information and create an export of your Facebook profile to your device.",
        "Leave everything ticked, choose all time as the dates and JSON as the format.",
        "When Facebook says that it is ready, download every part: big exports come as several zips.",
        "Newer one-to-one chats are encrypted and not in it: ask Messenger for them apart, on a computer.",
    ),
    choose="All information, all time, format JSON (not HTML)",
    url="https://www.facebook.com/settings",
)
