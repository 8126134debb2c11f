"""The sample's Instagram people, profile, settings and noise (layout of 2025-26), and the same for Threads."""

from __future__ import annotations

from typing import Any

from auditlib.sample import people, words
from auditlib.sample.meta import Record, label, labelled, seconds

_PEOPLE = "connections/followers_and_following"
_PERSONAL = "personal_information/personal_information"
Pairs = tuple[tuple[str, str], ...]


def files() -> dict[str, Any]:
    """Return the files outside your_instagram_activity/, as values to be written as JSON (or bytes as they are)."""
    return _people() | _profile() | _settings() | _noise()


def threads() -> dict[str, Any]:
    """Return the files of the threads/ folder (without their ending) that hold people, profile and likes."""
    prefix = "text_post_app_text_post_app_"
    host = "https://www.threads.com/@"
    born = "{}-{:02}-{:02}".format(*people.BIRTHDAY)
    profile = _map_data(
        **{"Email": people.EMAIL, "Phone Number": people.PHONE, "Phone Confirmed": "True", "Username":
           people.INSTAGRAM_USER, "Name": people.NAME, "Bio": "Toast. TA in a special school 🍎", "Birthday": born,
           "Private Account": "False"})  # fmt: skip
    like = {"title": "brindlebooks", "string_list_data": [
        {"href": host + "brindlebooks/post/Ccc1", "value": "👍", "timestamp": _at("2025-12-01")}]}
    return {
        "followers": {prefix + "followers": _list(people.THREADS_FOLLOWERS, host)},
        "following": {prefix + "following": _list(people.THREADS_FOLLOWING, host)},
        "pending_follow_requests": {prefix + "follow_requests_sent": _list((("larkmoor.knitters", "2026-08-02"),), host)},
        "follow_requests_you've_received": {
            prefix + "follow_requests_received": _list((("masondray_10", "2026-10-01"),), host)},
        "blocked_profiles": {prefix + "blocked_users": _list(people.INSTA_BLOCKED, host)},
        "liked_threads": {"text_post_app_media_likes": [like]},
        "personal_information": {"text_post_app_text_post_app_profile": [
            {"title": "", "media_map_data": {}, "string_map_data": profile}]},
        "threads_viewed": {"text_post_app_text_post_app_posts_seen": [
            {"title": "", "string_map_data": {"Author": {"value": "gnomely.uk"}, "Time": {"timestamp": _at("2026-10-01")}}}]},
    }  # fmt: skip


def _at(day: str) -> int:
    return seconds(words.day(day))


def _list(pairs: Pairs, host: str = "https://www.instagram.com/") -> list[Record]:
    return [
        {"title": "", "media_list_data": [], "string_list_data": [
            {"href": host + name, "value": name, "timestamp": _at(day)}]}
        for name, day in reversed(pairs)
    ]  # fmt: skip


def _titled(pairs: Pairs) -> list[Record]:
    """Since about October 2025 some lists hold the name in the title only."""
    return [
        {"title": name, "media_list_data": [], "string_list_data": [
            {"href": "https://www.instagram.com/_u/" + name, "timestamp": _at(day)}]}
        for name, day in reversed(pairs)
    ]  # fmt: skip


def _map_data(**fields: str) -> Record:
    return {name: {"href": "", "value": value, "timestamp": 0} for name, value in fields.items()}


def _people() -> dict[str, Any]:
    lists: dict[str, tuple[str, list[Record]]] = {
        "following": ("following", _titled(people.INSTA_FOLLOWING)),
        "close_friends": ("close_friends", _list(people.INSTA_CLOSE)),
        "follow_requests_you've_received": ("follow_requests_received", _list(people.INSTA_REQUESTS_IN)),
        "pending_follow_requests": ("follow_requests_sent", _list(people.INSTA_REQUESTS_OUT)),
        "recent_follow_requests": ("permanent_follow_requests", _list(people.INSTA_REQUESTS_OUT)),
        "recently_unfollowed_profiles": ("unfollowed_users", _list(people.INSTA_UNFOLLOWED)),
        "blocked_profiles": ("blocked_users", _titled(people.INSTA_BLOCKED)),
        "restricted_profiles": ("restricted_users", _list(people.INSTA_RESTRICTED)),
        "hide_story_from": ("hide_stories_from", _list((("gareth.pellbrook", "2025-07-20"),))),
        "removed_suggestions": ("dismissed_suggested_users", _list((("gnomely.uk", "2026-01-01"),))),
        "following_hashtags": ("following_hashtags", _list((("sourdough", "2025-01-01"),))),
    }
    made: dict[str, Any] = {
        f"{_PEOPLE}/{name}.json": {f"relationships_{key}": records} for name, (key, records) in lists.items()
    }
    contact = {"First Name": {"value": "Nan"}, "Last Name": {"value": "O"},
               "Contact Information": {"value": "+447700900028"}}  # fmt: skip
    return {
        f"{_PEOPLE}/followers_1.json": _list(people.INSTA_FOLLOWERS),
        **made,
        "connections/contacts/synced_contacts.json": {"contacts_contact_info": [
            {"title": "", "media_map_data": {}, "string_map_data": contact}]},
    }  # fmt: skip


def _profile() -> dict[str, Any]:
    born = "{}-{:02}-{:02}".format(*people.BIRTHDAY)
    user = _map_data(
        **{"Email": people.EMAIL, "Phone Number": people.PHONE, "Phone Confirmed": "True", "Username":
           people.INSTAGRAM_USER, "Name": "Marnie 🍞", "Bio": "TA @thechilternschool · café au lait · DMs open",
           "Gender": "female", "Date of birth": born, "Website": "https://www.example.org/toast-diary",
           "Private account": "False"})  # fmt: skip  # small "a": the English labels changed case by 2026
    change = {"Changed": {"value": "Profile Bio Text"}, "Previous Value": {"value": "toast manager @ larkmoor primary 🍞"},
              "New Value": {"value": "TA @thechilternschool · café au lait · DMs open"},
              "Change Date": {"timestamp": _at("2025-07-18")}}  # fmt: skip
    sync = {"Contact Syncing": {"value": "True"}, "First Story Time": {"timestamp": _at("2021-06-25")}}
    repost = {"Time of repost": {"timestamp": _at("2026-02-20")}, "Text": {"value": "This. Every word. 👏"}}
    return {
        f"{_PERSONAL}/personal_information.json": {"profile_user": [
            {"title": "User Information", "media_map_data": {"Profile photo": {
                "uri": "media/profile/202106/1624104000.jpg", "creation_timestamp": _at("2021-06-19")}},
             "string_map_data": user}]},
        f"{_PERSONAL}/profile_changes.json": {"profile_profile_change": [
            {"title": "Profile Change", "media_map_data": {}, "string_map_data": change}]},
        f"{_PERSONAL}/instagram_profile_information.json": {"profile_account_insights": [
            {"title": "", "media_map_data": {}, "string_map_data": sync}]},
        f"{_PERSONAL}/reposts.json": {"profile_media_reposts": [
            {"title": "", "media_map_data": {}, "string_map_data": repost}]},
        f"{_PERSONAL}/instagram_friend_map.json": {"profile_friend_map": [
            {"title": "", "media_map_data": {}, "string_map_data": {"Sharing audience": {
                "value": "Followers you follow back"}}}]},
        "personal_information/information_about_you/profile_based_in.json": {"inferred_data_primary_location": [
            {"title": "", "string_map_data": {"Town/city name": {"value": "Brackenford"}}}]},
    }  # fmt: skip


def _settings() -> dict[str, Any]:
    allowed = {"Comments allowed from": {"value": "Everyone"}}
    privacy = {"title": "Account set to public", "media_map_data": {}, "string_map_data": {"Time": {
        "timestamp": _at("2021-06-19")}}}
    login = "security_and_login_information/login_and_profile_creation"
    return {
        "preferences/media_settings/comments_allowed_from.json": {"settings_allow_comments_from": [
            {"title": "", "media_map_data": {}, "string_map_data": allowed}]},
        "preferences/media_settings/use_cross-app_messaging.json": {"settings_upgraded_to_cross_app_messaging": [
            {"title": "", "string_map_data": {"Upgraded To Cross-App Messaging": {"value": "False"}}}]},
        f"{login}/profile_privacy_changes.json": {"account_history_account_privacy_history": [privacy]},
        f"{login}/signup_details.json": {"account_history_registration_info": [{"title": "", "string_map_data": {
            "Username": {"value": "marnie.toast"}, "Email": {"value": people.EMAIL},
            "Time": {"timestamp": _at("2021-06-19")}}}]},
    }  # fmt: skip


def _noise() -> dict[str, Any]:
    return {
        "ads_information/ads_and_topics/ads_viewed.json": {"impressions_history_ads_seen": [
            {"title": "", "string_map_data": {"Author": {"value": "gnomely.uk"}, "Time": {"timestamp": _at("2026-10-01")}}}]},
        "ads_information/instagram_ads_and_businesses/no-data.txt": b"You have no data in this section.\n",
        "logged_information/recent_searches/word_or_phrase_searches.json": {"searches_keyword": [
            {"title": "", "string_map_data": {"Search": {"value": "duck lamp"}, "Time": {"timestamp": _at("2026-10-02")}}}]},
        "logged_information/past_instagram_insights/posts.json": {"organic_insights_posts": []},
        "apps_and_websites_off_of_instagram/apps_and_websites/no-data.txt": b"You have no data in this section.\n",
        "personal_information/information_about_you/locations_of_interest.json": labelled(
            _at("2026-10-01"), label("Location", "Wetherham")),
    }  # fmt: skip
