"""The sample's Facebook profile, friends, settings and the noise around them (layout of 2024-26)."""

from __future__ import annotations

from typing import Any

from auditlib.sample import people, words
from auditlib.sample.meta import Record, label, labelled

_PROFILE = "personal_information/profile_information"


def files() -> dict[str, Any]:
    """Return the files outside your_facebook_activity/, as values to be written as JSON (or bytes as they are)."""
    return _people() | _profile() | _settings() | _noise()


def _entries(people_: tuple[tuple[str, str], ...]) -> list[Record]:
    return [{"name": name, "timestamp": _at(day)} for name, day in reversed(people_)]


def _at(day: str) -> int:
    return int(words.day(day).timestamp())


def _people() -> dict[str, Any]:
    followers = [
        {"title": name, "media_list_data": [], "string_list_data": [{"value": name, "timestamp": _at(day)}]}
        for name, day in people.FOLLOWERS
    ]
    rejected = [entry | {"marked_as_spam": True} for entry in _entries(people.REQUESTS_REJECTED)]
    return {
        "connections/friends/your_friends.json": {"friends_v2": _entries(people.FRIENDS)},
        "connections/friends/received_friend_requests.json": {"received_requests_v2": _entries(people.REQUESTS_RECEIVED)},
        "connections/friends/sent_friend_requests.json": {"sent_requests_v2": _entries(people.REQUESTS_SENT)},
        "connections/friends/rejected_friend_requests.json": {"rejected_requests_v2": rejected},
        "connections/friends/removed_friends.json": {"deleted_friends_v2": _entries(people.REMOVED_FRIENDS)},
        "connections/friends/people_you_may_know.json": [
            labelled(_at("2026-09-01"), label("Name", name)) for name in people.SUGGESTED],
        "connections/followers/who_you've_followed.json": {"following_v3": _entries(people.FOLLOWED)},
        "connections/followers/people_who_followed_you.json": followers,
    }  # fmt: skip


def _profile() -> dict[str, Any]:
    year, month, day = people.BIRTHDAY
    first, last = people.NAME.split()
    jobs = [
        {"employer": "The Chiltern School", "title": "Teaching assistant", "location": "", "start_timestamp": 1756684800,
         "timestamp": 1752826500},
        {"employer": "Larkmoor Primary", "title": "Breakfast club assistant", "start_timestamp": 1650844800,
         "end_timestamp": 1753142400, "timestamp": 1647936000},
    ]  # fmt: skip
    profile = {
        "name": {"full_name": people.NAME, "first_name": first, "middle_name": "", "last_name": last},
        "emails": {"emails": [people.EMAIL], "previous_emails": [people.OLD_EMAIL], "pending_emails": [],
                   "ad_account_emails": []},
        "birthday": {"year": year, "month": month, "day": day},
        "gender": {"gender_option": "FEMALE", "pronoun": "FEMALE"}, "previous_names": [],
        "other_names": [{"name": "Marnz", "type": "nickname", "timestamp": 1400000000}],
        "current_city": {"name": "Brackenford", "timestamp": 1748800000},
        "hometown": {"name": "Coldharbour", "timestamp": 1400000000},
        "family_members": [{"name": "Deborah Oakhanger", "relation": "Mother", "timestamp": 1400000000}],
        "education_experiences": [{"name": "Wetherham Academy", "school_type": "High School", "graduated": True}],
        "work_experiences": jobs, "interested_in": [], "websites": [{"address": "https://www.example.org/toast-diary"}],
        "phone_numbers": [{"phone_type": "Mobile", "phone_number": people.PHONE, "verified": True}],
        "about_me": "Toast first, questions later. Née trouble.", "username": people.FACEBOOK_USER,
        "registration_timestamp": _at("2014-05-14"), "profile_uri": f"https://www.facebook.com/{people.FACEBOOK_USER}",
    }  # fmt: skip
    return {
        f"{_PROFILE}/profile_information.json": {"profile_v2": profile},
        f"{_PROFILE}/profile_update_history.json": {"profile_updates_v2": [
            {"timestamp": _at("2025-07-18"), "title": f"{people.NAME} updated her work."}]},
        f"{_PROFILE}/contacts_sync_settings.json": [labelled(_at("2024-01-01"), label("Contact syncing", "On"))],
        "personal_information/other_personal_information/your_address_books.json": {"address_book_v2": {
            "address_book": [{"name": "Nan O", "details": [{"contact_point": "+447700900028"}]}]}},
    }  # fmt: skip


def _settings() -> dict[str, Any]:
    future = {"label": "Who can see your future posts?", "value": "Public"}
    privacy = {"timestamp": _at("2026-10-05"), "media": [], "label_values": [
        {"title": "Your activity", "dict": [{"title": "", "dict": [future]}]}]}
    return {
        "preferences/preferences/privacy_settings.json": privacy,
        "preferences/preferences/login_alerts_settings.json": [labelled(_at("2024-01-01"), label("Login alerts", "Off"))],
        "security_and_login_information/two-factor_authentication.json": [
            labelled(_at("2024-01-01"), label("Two-factor authentication", "Off"))],
        "security_and_login_information/where_you're_logged_in.json": {"active_sessions_v2": [
            {"created_timestamp": _at("2026-09-01"), "ip_address": "192.0.2.44", "user_agent": "", "device": "Phone"}]},
    }  # fmt: skip


def _noise() -> dict[str, Any]:
    empty = b"You have no data in this section.\n"
    return {
        "ads_information/advertisers_you've_interacted_with.json": {"history_v2": [
            {"title": "SALE! Fifty per cent off garden gnomes at Gnomely", "action": "Clicked ad", "timestamp": 1780000000}]},
        "ads_information/ad_preferences/no-data.txt": empty,
        "apps_and_websites_off_of_facebook/connected_apps_and_websites.json": {"installed_apps_v2": [
            {"name": "Quizzly", "added_timestamp": _at("2023-01-09"), "category": "active"}]},
        "logged_information/search/your_search_history.json": {"searches_v2": [
            {"timestamp": _at("2026-09-02"), "title": "You searched Facebook", "data": [{"text": "duck lamp"}]}]},
        "logged_information/location/no-data.txt": empty,
    }  # fmt: skip
