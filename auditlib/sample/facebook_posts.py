"""The sample's own words on Facebook: posts, photos, groups, comments, reactions, stories and what lies round them."""

from __future__ import annotations

from typing import Any

from auditlib.sample import people, words
from auditlib.sample.meta import Record, label, labelled, nested, photo_metadata
from auditlib.sample.words import Line

_NAME = people.NAME
_YEAR_ZERO = -62169958800  # Facebook's own junk for "no time"
_MEDIA = "your_facebook_activity/posts/media"


def files() -> dict[str, Any]:
    """Return the files below your_facebook_activity/, as values to be written as JSON (or bytes as they are)."""
    lines = words.read("facebook")
    posts = [_post(line) for line in lines]
    photos = [media for post in posts for media in _media_of(post)]
    album = {
        "name": "Mobile uploads", "photos": [media["media"] for media in photos[-3:]],
        "cover_photo": photos[-1]["media"], "last_modified_timestamp": lines[-1].seconds,
        "description": "Bits and bobs from Café Oakhanger",
    }  # fmt: skip
    made: dict[str, Any] = {
        "posts/your_posts__check_ins__photos_and_videos_1.json": posts[::-1],
        "posts/album/0.json": album,
        "posts/your_uncategorized_photos.json": {"other_photos_v2": [_photo("2018-08-20", "Biscuit asleep", 901)]},
        "posts/your_videos.json": {"videos_v2": [_video()]},
    }
    return made | _beside_posts(lines) | _groups() | _comments() | _stories() | _rest()


def _post(line: Line) -> Record:
    options = line.options
    inner: list[Record] = []
    post: Record = {"timestamp": line.seconds, "data": [{"post": line.text}], "title": f"{_NAME} updated her status."}
    if "img" in options or "geo" in options:
        post["title"] = f"{_NAME} added a new photo."
        inner.append({"media": _media(line, options.get("geo"))})
        if line.at.day % 2:  # the words of every other picture are only in its description
            post["data"] = [{}, {"update_timestamp": line.seconds + 60}]
    if "place" in options:
        post["title"] = f"{_NAME} was at {options['place']}."
        inner.append({"place": _place(options["place"])})
    if "link" in options:
        post["title"] = f"{_NAME} shared a link."
        inner.append({"external_context": {"url": options["link"]}})
    if "tags" in options:
        post["tags"] = [{"name": name} for name in options["tags"].split("+")]
    if inner:
        post["attachments"] = [{"data": inner}]
    return post


def _media(line: Line, geo: str | None) -> Record:
    spot = geo or ("0,0" if line.at.year == 2018 else None)  # 0/0 is Facebook's "nowhere"
    metadata = photo_metadata(spot, upload_ip="192.0.2.7", taken_timestamp=_YEAR_ZERO if geo else line.seconds - 90)
    return {
        "uri": f"{_MEDIA}/Mobileuploads_mUq2x/{line.seconds}.jpg", "creation_timestamp": line.seconds,
        "media_metadata": metadata, "title": "Mobile uploads", "description": line.text,
    }  # fmt: skip


def _media_of(post: Record) -> list[Record]:
    return [entry for part in post.get("attachments", []) for entry in part["data"] if "media" in entry]


def _place(name: str) -> Record:
    return {"name": name, "coordinate": {"latitude": 51.82, "longitude": -0.79}, "address": "",
            "url": "https://www.facebook.com/pages/0"}  # fmt: skip


def _photo(day: str, words_: str, number: int) -> Record:
    at = int(words.day(day).timestamp())
    return {"uri": f"{_MEDIA}/your_posts/{number}.jpg", "creation_timestamp": at, "description": words_,
            "media_metadata": photo_metadata(upload_ip="192.0.2.7")}  # fmt: skip


def _video() -> Record:
    at = int(words.day("2023-07-02").timestamp())
    return {
        "uri": "your_facebook_activity/posts/media/videos/410.mp4", "creation_timestamp": at, "title": "",
        "media_metadata": {"video_metadata": {"exif_data": [{"upload_ip": "192.0.2.7", "upload_timestamp": at}]}},
        "thumbnail": {"uri": f"{_MEDIA}/your_posts/410.jpg"}, "description": "Sports day: the wheelchair relay!! 🥇",
    }  # fmt: skip


def _beside_posts(lines: list[Line]) -> dict[str, Any]:
    check_in = next(line for line in lines if line.options.get("place") == "Coldharbour Castle")
    at = int(words.day("2022-09-02").timestamp())
    return {
        "posts/check-ins.json": labelled(  # one record only, so no list
            check_in.seconds, label("Message", check_in.text),
            {"label": "Place tags", "dict": [label("Name", "Coldharbour Castle"), label("Coordinates", "(51.82 , -0.79)"),
                                             label("Address", "")]},
            fbid="310000000000001"),
        "posts/posts_on_other_pages_and_profiles.json": labelled(
            at, label("Message", "Happy birthday Siân!! 🎂 xx"), label("Target", "Siân Trevanion"),
            fbid="310000000000002"),
        "posts/archive.json": [labelled(
            at + 86400, label("Message", "I hate this job and half the people in it"),
            label("URL", "https://www.facebook.com/1", "https://www.facebook.com/1"), fbid="310000000000003")],
        "posts/trash.json": [labelled(
            at + 172800, label("Message", "Rant deleted. Tea drunk."), fbid="310000000000004")],
        "posts/places_you_have_been_tagged_in.json": [labelled(
            at, label("Place name", "The Ferryman's Rest, Coldharbour"),
            {"label": "Visit time", "timestamp_value": at}, fbid="310000000000005")],
        "posts/edits_you_made_to_posts.json": [labelled(
            at, label("Text", "Display up. If one more person leans on it I will cry"), fbid="310000000000006")],
        "posts/content_sharing_links_you_have_created.json": [labelled(
            at, label("URL", "https://www.facebook.com/share/p/0", "https://www.facebook.com/share/p/0"))],
    }  # fmt: skip


def _groups() -> dict[str, Any]:
    lines = words.read("facebook_groups")
    posts = [
        {"timestamp": line.seconds, "data": [{"post": line.text}], "title": f"{_NAME} posted in {line.middle}."}
        for line in lines
    ]
    joined = [
        {"timestamp": line.seconds - 3600, "data": [{"name": line.middle}], "title": f"You became a member of {line.middle}."}
        for line in lines
    ]
    answers = {"group_name": "Primary Support Staff UK", "answers": [
        {"question": "Which school do you work in?", "answer": "Larkmoor Primary, in reception", "timestamp": 1661800000}]}
    comment = {"timestamp": 1677272400, "title": f"{_NAME} commented in Primary Support Staff UK.", "data": [{"comment": {
        "timestamp": 1677272400, "author": _NAME, "group": "Primary Support Staff UK",
        "comment": "Ours gives us the wrong medicine chart every week, it is a joke"}}]}
    return {
        "groups/group_posts_and_comments.json": {"group_posts_v2": posts[::-1]},
        "groups/your_comments_in_groups.json": {"group_comments_v2": [comment]},
        "groups/your_answers_to_membership_questions.json": {
            "group_membership_questions_answers_v2": {"group_answers": [answers]}},
        "groups/your_group_membership_activity.json": {"groups_joined_v2": joined[::-1]},
        "groups/your_pending_posts_in_groups.json": {"pending_posts_v2": []},
        "groups/your_group_messages/no-data.txt": b"You have no data in this section.\n",
    }  # fmt: skip


def _comments() -> dict[str, Any]:
    comments = [
        {"timestamp": line.seconds, "title": f"{_NAME} commented on {line.middle}'s post.",
         "data": [{"comment": {"timestamp": line.seconds, "comment": line.text, "author": _NAME}}]}
        for line in words.read("facebook_comments")
    ]  # fmt: skip
    at = int(words.day("2025-11-30").timestamp())
    old = [
        {"timestamp": at - 90000000 - n * 86400, "title": f"{_NAME} {what}",
         "data": [{"reaction": {"reaction": kind, "actor": _NAME}}]}
        for n, (what, kind) in enumerate(
            (("liked Kit Oakhanger's post.", "LIKE"), ("reacted to Callum Frayne's photo.", "HAHA"),
             ("likes Wetherham Chat's post.", "ANGER")))
    ]  # fmt: skip
    new = [labelled(
        at - n * 86400, label("Reaction", kind), label("Name", who),
        label("URL", "https://www.facebook.com/2", "https://www.facebook.com/2"),
        nested("Group", label("Name", "Wetherham Chat")), fbid=f"32000000000000{n}")
        for n, (kind, who) in enumerate((("Love", "Tess Oakhanger"), ("Like", "Nadia Birchall-Iqbal")))]  # fmt: skip
    return {
        "comments_and_reactions/comments.json": {"comments_v2": comments[::-1]},
        "comments_and_reactions/likes_and_reactions_1.json": old,
        "comments_and_reactions/likes_and_reactions.json": new,
    }


def _stories() -> dict[str, Any]:
    at = int(words.day("2025-05-31").timestamp())
    story = {"timestamp": at, "title": "", "data": [{"post": "Bunting watch: hour three"}]}
    media = {**_photo("2024-08-03", "Sea. Chips. Seagull. No chips.", 902), "title": ""}
    reel = {"timestamp": at - 40000000, "title": "", "data": [{"post": "How to sew a sheep ear in ten seconds"}],
            "attachments": [{"data": [{"media": {**media, "uri": "your_facebook_activity/reels/media/903.mp4"}}]}]}
    return {
        "stories/archived_stories.json": {"archived_stories_v2": [
            {"timestamp": at + 60, "title": "", "attachments": [{"data": [{"media": media}]}]}, story]},
        "stories/story_reactions.json": {"stories_feedback_v2": [
            {"timestamp": at, "title": f"{_NAME} reacted to Kit Oakhanger's story."}]},
        "reels/your_reels.json": {"lasso_videos_v2": [reel]},
    }  # fmt: skip


def _rest() -> dict[str, Any]:
    at = int(words.day("2023-02-02").timestamp())
    return {
        "polls/your_poll_votes.json": [labelled(at, label("Poll", "Best biscuit"), label("Option", "Custard cream"))],
        "polls/polls_you_voted_on.json": b"[object Object]",  # a file broken by the platform itself, as people get them
        "events/event_invitations.json": {"events_invited_v2": [
            {"name": "Larkmoor summer fair", "start_timestamp": at, "end_timestamp": at + 7200}]},
        "pages/pages_you've_liked.json": {"page_likes_v2": [
            {"name": "Otters of the Lower Tame", "timestamp": at, "url": "https://www.facebook.com/3"}]},
        "activity_you're_tagged_in/photos_and_videos_you're_tagged_in.json": [labelled(
            at, label("Name", "Callum Frayne"), label("URL", "https://www.facebook.com/4", "https://www.facebook.com/4"))],
        "facebook_marketplace/items_sold.json": {"items_selling_v2": [
            {"title": "Pram, hardly used", "price": "£40.00", "description": "One careful baby", "created_timestamp": at}]},
        "other_activity/pokes.json": {"pokes_v2": [{"timestamp": at, "rank": 1, "poker": "Pete Oakhanger"}]},
        "messages/messenger_contacts_you've_blocked.json": {"messenger_contacts_blocked_v2": [{"entries": [
            {"timestamp": at, "data": {"name": "Quillbert Prize", "uri": ""}}]}]},
        "messages/your_cross-app_messaging_settings.json": [labelled(at, label("Cross-app messaging", "Off"))],
        "messages/messenger_active_status_settings.json": [labelled(at, label("Active status", "On"))],
        "saved_items_and_collections/your_saved_items.json": {"saves_v2": [
            {"timestamp": at, "title": f"{_NAME} saved a link.", "attachments": []}]},
        "sparkles/your_sparkle_history.json": {"sparkles_v1": [{"sparkle": 3}]},  # a kind nobody knows yet
    }  # fmt: skip
