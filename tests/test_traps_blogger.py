"""The known traps of Blogger's two exports, one by one, in the order of the format notes."""

import pytest
from making_blogs import atom, atom_entry, blog

from auditlib.records import Place, ReplyTo, Summary

KIND = "http://schemas.google.com/blogger/2008/kind#"


def backup(*entries: str, name: str = "Jo Reed") -> str:
    """A blog's own backup."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:georss='http://www.georss.org/georss' "
        "xmlns:app='http://purl.org/atom/app#'><id>tag:blogger.com,1999:blog-9.archive</id><title>Tea</title>"
        "<link rel='alternate' type='text/html' href='http://tea.example/'/>"
        f"<author><name>{name}</name></author>{''.join(entries)}</feed>"
    )


def old(number: int, kind: str = "post", body: str = "hi", name: str = "Jo Reed", more: str = "") -> str:
    what = f"post-{number}" if kind in ("post", "page", "comment") else f"{kind}s.{number}"
    return (
        f"<entry><id>tag:blogger.com,1999:blog-9.{what}</id><published>2012-03-04T05:06:07.000-08:00</published>"
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}{kind}'/><title type='text'>T</title>"
        f"<content type='html'>{body}</content><author><name>{name}</name></author>{more}</entry>"
    )


def test_01_the_type_of_an_author_is_not_the_type_of_the_entry(tmp_path):
    reordered = atom_entry(2, kind="PAGE").replace("<blogger:type>PAGE</blogger:type>", "", 1)
    reordered = reordered.replace("</author>", "</author><blogger:type>PAGE</blogger:type>")
    found = blog(tmp_path, {"feed.atom": atom(atom_entry(1), reordered, atom_entry(3, kind="COMMENT", name="Kay"))})
    assert [(i.kind, i.id) for i in found.items] == [("post", "1"), ("post", "2"), ("comment", "3")]


def test_02_a_title_may_be_empty(tmp_path):
    item = blog(tmp_path, {"feed.atom": atom(atom_entry(1, "&lt;p&gt;only words&lt;/p&gt;"))}).items[0]
    assert (item.title, item.text) == (None, "only words")


def test_03_folders_are_named_after_blogs_with_apostrophes_and_emoji(tmp_path):
    found = blog(
        tmp_path,
        {
            "Takeout/Blogger/Blogs/Jo's 🫖 tea/feed.atom": atom(atom_entry(1), title="Jo's 🫖 tea"),
            "Takeout/Blogger/Blogs/Jo's 🫖 tea/theme-layouts.xml": "<x/>",
        },
    )
    assert [(i.account, i.text) for i in found.items] == [("Jo's 🫖 tea", "hi")]
    assert found.states == {"Takeout/Blogger/Blogs/Jo's 🫖 tea/feed.atom": "read"}


def test_04_comments_are_other_peoples_unless_the_author_is_the_person(tmp_path):
    theirs, own = atom_entry(2, "a", "COMMENT", name="Kay"), atom_entry(3, "b", "COMMENT")
    found = blog(tmp_path, {"feed.atom": atom(atom_entry(1), theirs, own)})
    assert [(i.text, i.author, i.author_name) for i in found.items] == [
        ("hi", "me", "Jo Reed"),
        ("a", "other", "Kay"),
        ("b", "me", "Jo Reed"),
    ]


def test_05_time_zones_are_kept_as_they_are_given(tmp_path):
    times = ("2009-08-07T06:05:04Z", "2009-08-07T06:05:04.005-07:00", "2009-08-07T06:05:04+05:30")
    found = blog(tmp_path, {"feed.atom": atom(*(atom_entry(n, at=at) for n, at in enumerate(times, 1)))})
    assert [i.at for i in found.items] == [
        "2009-08-07T06:05:04+00:00",
        "2009-08-07T06:05:04.005-07:00",
        "2009-08-07T06:05:04+05:30",
    ]


def test_06_takeout_names_a_file_whose_blog_is_known_from_its_settings_only(tmp_path):
    entry = atom_entry(1, more="<blogger:filename>/2009/08/hi.html</blogger:filename>")
    lost = blog(tmp_path / "1", {"Blogger/Blogs/Tea/feed.atom": atom(entry)})
    assert lost.items[0].url is None
    assert "does not say where your blog is" in lost.warnings
    sheet = "Name,Address,Searchable\nTea,https://jo-tea.blogspot.com,true\n"
    known = blog(tmp_path / "2", {"Blogger/Blogs/Tea/feed.atom": atom(entry), "Blogger/Blogs/Tea/settings.csv": sheet})
    assert known.items[0].url == "https://jo-tea.blogspot.com/2009/08/hi.html"
    assert known.settings == {"blogger.found-by-search-engines": ("on", "true")}


@pytest.mark.parametrize(
    ("status", "more", "state", "audience"),
    [
        ("LIVE", "<blogger:trashed/>", "live", "public"),
        ("LIVE", "<blogger:trashed>2010-01-01T00:00:00Z</blogger:trashed>", "binned", "private"),
        ("DRAFT", "", "draft", "private"),
        ("SCHEDULED", "", "draft", "private"),
        ("SOFT_TRASHED", "", "binned", "private"),
        ("OF_TOMORROW", "", "live", "unknown"),
    ],
)
def test_07_each_status_says_who_sees_the_post(tmp_path, status, more, state, audience):
    item = blog(tmp_path, {"feed.atom": atom(atom_entry(1, status=status, more=more))}).items[0]
    assert (item.state, item.audience, item.deleted) == (state, audience, state == "binned")


def test_08_a_backup_holds_settings_and_the_template_beside_posts(tmp_path):
    text = backup(
        old(0, "template", "&lt;b:skin&gt;not words&lt;/b:skin&gt;"),
        old(0, "setting", "Mud").replace("settings.0", "settings.BLOG_DESCRIPTION").replace("#setting", "#settings"),
        old(0, "setting", "PRIVATE").replace("settings.0", "settings.BLOG_READ_ACCESS_MODE").replace("#setting", "#settings"),
        old(1),
        old(2, "page", "about"),
        old(3, more="<app:control><app:draft>yes</app:draft></app:control>"),
    )
    found = blog(tmp_path, {"blog-03-04-2012.xml": text})
    assert [(i.id, i.state, i.audience) for i in found.items] == [
        ("1", "live", "unknown"),
        ("2", "live", "unknown"),
        ("3", "draft", "private"),
    ]
    assert found.settings == {"blogger.who-can-read": ("unknown", "PRIVATE")}
    assert ("bio", "Tea: Mud") in found.facts


def test_09_a_comment_of_a_backup_points_to_its_post(tmp_path):
    under = "<thr:in-reply-to ref='tag:blogger.com,1999:blog-9.post-1' href='http://tea.example/p.html'/>"
    link = "<link rel='replies' href='http://no.example'/><link rel='alternate' href='http://tea.example/p.html#c2'/>"
    item = blog(tmp_path, {"b.xml": backup(old(1), old(2, "comment", "c", "Kay", under + link))}).items[1]
    assert (item.reply_to, item.url) == (ReplyTo("1", None, "http://tea.example/p.html"), "http://tea.example/p.html#c2")


def test_10_xhtml_content_and_a_place_are_read(tmp_path):
    body = "<div xmlns='http://www.w3.org/1999/xhtml'>a &lt; b<br/><b>c</b> &amp; <a href='https://d.example/?e=1&amp;f=2'>d</a></div>"
    entry = old(1, more="<georss:featurename>Home</georss:featurename><georss:point>51.5 -0.1</georss:point>")
    entry = entry.replace("<content type='html'>hi</content>", f"<content type='xhtml'>{body}</content>")
    item = blog(tmp_path, {"b.xml": backup(entry)}).items[0]
    assert (item.text, item.links, item.place) == ("a < b\nc & d", ("https://d.example/?e=1&f=2",), Place("Home", 51.5, -0.1))


def test_11_comments_left_elsewhere_lie_in_a_folder_of_their_own(tmp_path):
    away = atom(atom_entry(7, "there", "COMMENT"), title="Another blog").replace("blog-9", "blog-10")
    team = atom(atom_entry(1), atom_entry(2, name="Kay"))
    found = blog(tmp_path, {"Blogger/Blogs/Team/feed.atom": team, "Blogger/Comments/Another blog/feed.atom": away})
    assert [(i.text, i.author, i.key) for i in found.items] == [
        ("hi", "me", "blogger:9:post:1"),
        ("hi", "other", "blogger:9:post:2"),
        ("there", "me", "blogger:10:comment:7"),
    ]


def test_12_of_several_authors_the_person_is_asked_or_has_said(tmp_path):
    text = atom(atom_entry(1), atom_entry(2, name="Kay"), atom_entry(3, "c", "COMMENT", name="Zed"))
    asked = blog(tmp_path, {"feed.atom": text})
    assert [i.author for i in asked.items] == [None, None, "other"]
    [question] = [q for r in asked.records if isinstance(r, Summary) for q in r.questions]
    assert (question.id, [value for value, _ in question.options]) == ("blogger.owner", ["Jo Reed", "Kay"])
    said = blog(tmp_path, {"feed.atom": text}, me=("kay",))
    assert [i.author for i in said.items] == ["other", "me", "other"]


def test_13_a_malformed_feed_is_read_with_repairs(tmp_path):
    text = atom(atom_entry(1, "a &lt;b&gt;c&lt;/b&gt;"), atom_entry(2, "d & e &nbsp;f\x02"), atom_entry(3, "g"))
    found = blog(tmp_path, {"feed.atom": text})
    assert (found.texts(), "read with repairs" in found.warnings) == (["a c", "d & e \xa0f", "g"], True)


def test_14_entities_of_the_files_own_are_refused_and_a_cut_feed_keeps_its_beginning(tmp_path):
    text = atom(atom_entry(1), atom_entry(2))
    bomb = text.replace("<feed ", "<!DOCTYPE feed [<!ENTITY a 'b'>]><feed ")
    assert blog(tmp_path / "1", {"feed.atom": bomb}).states == {"feed.atom": "unknown"}
    cut = blog(tmp_path / "2", {"feed.atom": text[: text.index("post-2")]})
    assert ([i.id for i in cut.items], cut.states) == (["1"], {"feed.atom": "failed"})


def test_15_one_name_with_two_profiles_is_one_person(tmp_path):
    def by(uri: str) -> str:
        return f"</name><uri>{uri}</uri>"

    text = atom(
        atom_entry(1).replace("</name>", by("https://plus.google.com/1")),
        atom_entry(2).replace("</name>", by("https://www.blogger.com/profile/2")),
    )
    assert [i.author for i in blog(tmp_path, {"feed.atom": text}).items] == ["me", "me"]


def test_16_labels_stand_under_a_post_as_readers_see_them_and_kinds_do_not(tmp_path):
    labels = (
        "<category scheme='tag:blogger.com,1999:blog-9' term='Year 9'/>"
        "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>"
    )
    assert blog(tmp_path, {"feed.atom": atom(atom_entry(more=labels))}).items[0].text == "hi\n\n#Year 9"


@pytest.mark.parametrize("table", ["blog_subdomain,blog_name\nteabits,Tea\n", "blog_name,Tea\nblog_subdomain,teabits\n"])
def test_17_the_address_comes_from_the_subdomain_in_the_settings(tmp_path, table):
    entry = atom_entry(more="<blogger:filename>/2009/08/hi.html</blogger:filename>")
    found = blog(tmp_path, {"Blogger/Blogs/Tea/feed.atom": atom(entry), "Blogger/Blogs/Tea/settings.csv": table})
    assert found.items[0].url == "https://teabits.blogspot.com/2009/08/hi.html"
    assert "does not say where your blog is" not in found.warnings


def test_18_of_two_backups_of_one_blog_the_newest_is_read(tmp_path):
    files = {
        f"blog-03-05-{year}.xml": atom(atom_entry(body=f"as of {year}"), more=f"<updated>{year}-03-05T01:02:03Z</updated>")
        for year in (2023, 2024)
    }
    found = blog(tmp_path, files)
    assert found.texts() == ["as of 2024"]
    assert found.states == {"blog-03-05-2024.xml": "read"}
