"""The sample's Reddit export: a flat folder of CSV files, in the layout with archived messages apart."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from auditlib.sample import people, words
from auditlib.sample.package import Files, table
from auditlib.sample.words import ME, Line

_WEB = "https://www.reddit.com"


def files() -> Files:
    """Return every file of the export, with the list of their checksums last, as Reddit writes it."""
    made = _posts() | _messages() | _people() | _profile()
    made["checkfile.csv"] = table(
        ("filename", "sha256"), [(name, sha256(content).hexdigest()) for name, content in made.items()], end="\r\n"
    )
    return made


def _table(header: str, rows: list[tuple[object, ...]]) -> bytes:
    return table(header.split(","), rows, end="\r\n")


def _posts() -> Files:
    posts, comments = words.read("reddit_posts"), words.read("reddit_comments")
    heads = "id,permalink,date,ip,subreddit,gildings"
    return {
        "posts.csv": _table(f"{heads},title,url,body", [
            (*_head(line), line.parts[0], _head(line)[1], line.parts[1]) for line in posts]),
        "post_headers.csv": _table(f"{heads},url", [(*_head(line), _head(line)[1]) for line in posts]),
        "comments.csv": _table(f"{heads},link,parent,body,media", [
            (*_head(line, "c"), _link(line), "", line.text, "") for line in comments]),
        "comment_headers.csv": _table(f"{heads},link,parent", [(*_head(line, "c"), _link(line), "") for line in comments]),
        "drafts.csv": _table(
            "id,title,body,kind,created,spoiler,nsfw,original_content,content_category,flair_id,flair_text,send_replies,"
            "subreddit,is_public_link", []),
        "post_votes.csv": _table("id,permalink,direction", [("1tm0v1", f"{_WEB}/r/Otters/comments/1tm0v1/paws/", "up")]),
        "comment_votes.csv": _table("id,permalink,direction", []),
        "saved_posts.csv": _table("id,permalink", [("1tm0s1", f"{_WEB}/r/Breadit/comments/1tm0s1/lids/")]),
    }  # fmt: skip


def _messages() -> Files:
    rows: list[tuple[object, ...]] = []
    for thread in words.threads("reddit"):
        for number, line in enumerate(thread.lines):
            sides = (people.REDDIT_USER, thread.title) if line.middle == ME else (thread.title, people.REDDIT_USER)
            own = f"{thread.other}{number}"
            link = f"{_WEB}/message/messages/{own}"
            rows.append((own, link, thread.other, _time(line.at), "", *sides, "your otter", line.text))
    heads = "id,permalink,thread_id,date,ip,from,to"
    return {
        "messages_archive.csv": _table(f"{heads},subject,body", rows),
        "messages_archive_headers.csv": _table(heads, [row[:7] for row in rows]),
        "chat_history.csv": _table(
            "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,"
            "conversation_type", []),
    }  # fmt: skip


def _people() -> Files:
    groups = ("Breadit", "Otters", "TeachingUK", "AskUK", "brackenford")
    return {
        "friends.csv": _table("username,note", [("otter_ian", "the canal otter man"), ("kit_oak", "brother")]),
        "subscribed_subreddits.csv": _table("subreddit", [(name,) for name in groups]),
        "moderated_subreddits.csv": _table("subreddit", []),
        "approved_submitter_subreddits.csv": _table("subreddit", []),
        "multireddits.csv": _table(
            "id,display_name,date,description,privacy,subreddits,image_url,is_owner,favorited,followers", []
        ),
    }


def _profile() -> Files:
    return {
        "statistics.csv": _table("statistic,value", [
            ("account name", people.REDDIT_USER), ("email address", people.OLD_EMAIL), ("email verified", "True"),
            ("registration date", "2019-02-28 20:00:00 UTC"), ("export time", _time(people.REDDIT_EXPORTED)),
            ("is_deleted", "False")]),
        "user_preferences.csv": _table("preference,value", [
            ("hide_from_robots", "false"), ("accept_pms", "everyone"), ("show_presence", "true"), ("lang", "en-GB")]),
        "birthdate.csv": _table("birthdate,verified_birthdate,verification_state,verification_method", []),
        "linked_phone_number.csv": _table("phone_number", []),
        "ip_logs.csv": _table("date,ip", [("registration ip", "192.0.2.44")]),
    }  # fmt: skip


def _head(line: Line, kind: str = "") -> tuple[object, ...]:
    own = f"{line.seconds:x}{kind}"
    link = f"{_link(line)}{own}/" if kind else f"{_WEB}/r/{line.middle}/comments/{own}/{_slug(line)}/"
    return own, link, _time(line.at), "", line.middle, 0


def _link(line: Line) -> str:
    return f"{_WEB}/r/{line.middle}/comments/{line.seconds - 7200:x}/some_thread/"


def _slug(line: Line) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in line.parts[0].lower())
    return "_".join(kept.split()[:6])


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
