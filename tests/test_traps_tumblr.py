"""What is known to go wrong with Tumblr's downloads, in the order of the format notes."""

import json
import zipfile

import pytest
from making_blogs import blog, tumblr_post
from making_meta import Read

from auditlib.errors import UnknownPlatform
from auditlib.platforms.tumblr import day_in_words
from auditlib.records import Media, Quoted


def payload(**data: object) -> str:
    return json.dumps([{"data": {"email": "jo@reed.example", "blog_names": [{"current_blog_name": "jo-doodles"}], **data}}])


NAMED = '<p><a class="tumblr_blog" href="https://kay-{0}.tumblr.com/post/1">kay-{0}</a>:</p>'


def test_01_the_account_data_has_no_posts_and_says_so(tmp_path):
    found = blog(tmp_path, {"payload-0.json": payload(dashboard=[{"content_url": "\\N", "element_type": "post"}])})
    assert found.facts == [("email", "jo@reed.example"), ("handle", "jo-doodles")]
    assert "your posts are not in it" in found.warnings
    assert found.items == []


def test_02_backslash_n_stands_for_missing(tmp_path):
    found = blog(tmp_path, {"payload-0.json": payload(email="\\N")})
    assert found.facts == [("handle", "jo-doodles")]


def test_03_lists_nobody_has_seen_yet_are_named_not_guessed(tmp_path):
    found = blog(tmp_path, {"payload-0.json": payload(likes=[1], follows=[2], blocks=[])})
    assert "lists this version does not read (follows, likes)" in found.warnings


def test_04_of_a_reblog_only_the_last_part_is_the_persons(tmp_path):
    inner = NAMED.format("a") + "<blockquote><p>the very first</p></blockquote><p>in between</p>"
    trail = NAMED.format("b") + f"<blockquote>{inner}</blockquote>"
    found = blog(
        tmp_path,
        {
            "posts/100000000001.html": tumblr_post(trail + "<p>my own</p>"),
            "posts/100000000002.html": tumblr_post(trail),
            "posts/100000000003.html": tumblr_post("<p>mine</p><blockquote>a saying</blockquote>"),
        },
    )
    words = "kay-a:\n\nthe very first\n\nin between"
    assert [(i.kind, i.text, i.quoted) for i in found.items] == [
        ("post", "my own", Quoted(None, "kay-b", words)),
        ("repost", words, Quoted(None, "kay-b", words)),
        ("post", "mine", Quoted(None, None, "a saying")),
    ]


def test_05_posts_may_lie_in_a_zip_of_their_own(tmp_path):
    with zipfile.ZipFile(tmp_path / "posts.zip", "w") as z:
        z.writestr("100000000001.html", tumblr_post("<p>at the top</p>"))
        z.writestr("100000000002.html", tumblr_post("<p>beside it</p>"))
    with zipfile.ZipFile(tmp_path / "again.zip", "w") as z:
        z.writestr("posts/100000000001.html", tumblr_post("<p>in a folder</p>"))
    for inner, texts in (("posts.zip", ["at the top", "beside it"]), ("again.zip", ["in a folder"])):
        with zipfile.ZipFile(tmp_path / "jo-doodles.zip", "w") as z:
            z.write(tmp_path / inner, "posts.zip")
            z.writestr("media/100000000001_0.jpg", b"x")
        (tmp_path / "payload-0.json").write_text(payload(), encoding="utf-8")
        found = Read(tmp_path / "payload-0.json", tmp_path / "jo-doodles.zip")
        assert (found.platforms, found.texts()) == (["tumblr"], texts)
        assert found.items[0].url == "https://www.tumblr.com/jo-doodles/100000000001"


def test_06_nothing_says_who_sees_a_post(tmp_path):
    found = blog(tmp_path, {"posts/100000000001.html": tumblr_post("<p>x</p>")})
    assert [(i.audience, i.state, i.author, i.account, i.url) for i in found.items] == [("unknown", "live", "me", None, None)]
    assert "not fully known" in found.warnings and "Drafts, queued and private posts" in found.warnings


def test_07_tags_in_the_foot_are_words_of_the_persons(tmp_path):
    text = tumblr_post("<p>x</p>").replace("</div>", '<span class="tag">my boss</span><span class="tag">ugh</span></div>')
    assert blog(tmp_path, {"posts/100000000001.html": text}).texts() == ["x\n\n#my boss #ugh"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("January 2nd, 2018 3:04pm", "2018-01-02T15:04:00"),
        ("December 31st, 2012 12:00am", "2012-12-31T00:00:00"),
        ("May 3, 2019", "2019-05-03"),
        ("the second of May", None),
    ],
)
def test_08_times_in_words_have_no_zone(text, at):
    assert day_in_words(text) == at


def test_09_pictures_are_found_in_the_export(tmp_path):
    text = tumblr_post('<img src="../media/100000000001_0.jpg" alt="a heron">')
    found = blog(tmp_path, {"posts/100000000001.html": text, "media/100000000001_0.jpg": b"x"})
    assert found.items[0].media == (Media("media/100000000001_0.jpg", "photo", "a heron"),)


def test_10_a_copy_by_tumblr_backup_gives_its_own_address(tmp_path):
    text = (
        "<body><article id=p-123456789012><header><a href=https://jo-doodles.tumblr.com/post/123456789012/tea>"
        "<time datetime=2019-05-06T07:08:09Z>x</time></a></header><p>Two sugars</p></article></body>"
    )
    item = blog(tmp_path, {"posts/123456789012.html": text, "json/123456789012.json": "{}"}).items[0]
    assert (item.account, item.text, item.at) == ("jo-doodles", "Two sugars", "2019-05-06T07:08:09+00:00")
    assert item.url == "https://jo-doodles.tumblr.com/post/123456789012"


def test_12_a_page_with_a_number_for_a_name_is_not_tumblrs_by_that_alone(tmp_path):
    page = "<html><body><h1>Forum</h1><p>words</p></body></html>"
    with pytest.raises(UnknownPlatform):
        blog(tmp_path, {"123456789.html": page})


def test_13_tags_that_are_never_closed_do_not_cost_the_time_of_their_square(tmp_path):
    page = tumblr_post("words" + '<span class="tag"><div id="footer">x' * 4000, foot="")
    assert len(blog(tmp_path, {"posts/100000000001.html": page}).items) == 1
