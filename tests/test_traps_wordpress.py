"""The known traps of WordPress's export, one by one, in the order of the format notes."""

import zipfile

import pytest
from making_blogs import ADA, BO, MOMENT, SPACES, WP, blog, wp_item, wxr

from auditlib.records import Coverage, Media, ReplyTo, Summary


def test_01_the_version_in_the_address_and_the_prefix_do_not_matter(tmp_path):
    for version in ("1.0", "1.1", "1.2", "1.9"):
        text = wxr(wp_item(), spaces=SPACES.replace("1.2/", f"{version}/"), version="")
        other = (
            text.replace("wp:", "press:")
            .replace("xmlns:wp", "xmlns:press")
            .replace("content:", "c:")
            .replace(":content=", ":c=")
        )
        for number, one in enumerate((text, other)):
            found = blog(tmp_path / version / str(number), {"export.xml": one})
            assert [(i.platform, i.id, i.text, i.author, i.audience) for i in found.items] == [
                ("wordpress", "1", "words", "me", "public")
            ]
            assert ("email", "ada@hens.example") in found.facts


def test_02_text_in_cdata_plain_text_and_nested_cdata_read_alike(tmp_path):
    plain = wp_item(2).replace("<![CDATA[words]]>", "fish &amp;amp; &lt;b&gt;chips&lt;/b&gt;")
    found = blog(tmp_path, {"e.xml": wxr(wp_item(1, "fish &amp; <b>chips</b>"), plain, wp_item(3, "a ]]]]><![CDATA[> b"))})
    assert found.texts() == ["fish & chips", "fish & chips", "a ]]> b"]


def test_03_content_and_excerpt_are_told_apart_although_both_are_called_encoded(tmp_path):
    before = wp_item(1, "the body", more="<excerpt:encoded>the teaser</excerpt:encoded>")
    same = wp_item(2, "the body goes on", more="<excerpt:encoded>the body…</excerpt:encoded>")
    assert blog(tmp_path, {"e.xml": wxr(before, same)}).texts() == ["the teaser\n\nthe body", "the body goes on"]


def test_04_a_draft_without_a_utc_time_has_the_sites_own_and_no_nonsense(tmp_path):
    zero = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    bad = "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>"
    local = "<wp:post_date>2019-03-02 11:00:00</wp:post_date>"
    found = blog(
        tmp_path,
        {"e.xml": wxr(
            wp_item(1, status="draft", more=zero + bad + local),
            wp_item(2, status="draft", more=zero + bad),
            wp_item(3, more="<pubDate>Sat, 02 Mar 2019 11:00:00 +0100</pubDate>"),
        )},
    )  # fmt: skip
    assert [(i.at, i.state, i.audience) for i in found.items] == [
        ("2019-03-02T11:00:00", "draft", "private"),
        (None, "draft", "private"),
        ("2019-03-02T11:00:00+01:00", "live", "public"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<!-- wp:paragraph -->\n<p>one\ntwo</p>\n<!-- /wp:paragraph -->", "one two"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("<pre>a\n  b</pre>", "a b"),
        ("keep [sic] and [1] and [that's it]", "keep [sic] and [1] and [that's it]"),
        ('before [gallery ids="1,2"] after', "before after"),
        ("[[gallery]] is a shortcode", "[gallery] is a shortcode"),
        ("[vc_row][vc_column width='1/2']words[/vc_column][/vc_row]", "words"),
        ('[mystery size="3"]inner[/mystery]', "inner"),
        ('[caption width="9"]<img src="x.jpg" alt="hen"> Doris[/caption]', "Doris"),
        ('[caption caption="Doris"]<img src="x.jpg" alt="hen">[/caption]', "Doris"),
        ('<img class="wp-smiley" alt="🙂" src="s.png"> hello', "🙂 hello"),
        ("<script>tracked()</script>words<style>p{}</style>", "words"),
    ],
)
def test_05_blocks_shortcodes_and_line_breaks_become_what_a_reader_sees(tmp_path, body, text):
    assert blog(tmp_path, {"e.xml": wxr(wp_item(1, body))}).texts() == [text]


def test_06_a_caption_and_an_alternative_text_stay_with_the_picture(tmp_path):
    body = '[caption width="9"]<img src="x.jpg" alt="a hen" /> Doris[/caption]'
    assert blog(tmp_path, {"e.xml": wxr(wp_item(1, body))}).items[0].media == (Media(None, "photo", "a hen", "Doris"),)


def test_07_an_embedded_address_stays_a_link(tmp_path):
    body = "[embed]https://film.example/7[/embed] [youtube https://film.example/8] <iframe src='//film.example/9'></iframe>"
    item = blog(tmp_path, {"e.xml": wxr(wp_item(1, body))}).items[0]
    assert item.text == "https://film.example/7 https://film.example/8"
    assert item.links == ("https://film.example/8", "https://film.example/9")


@pytest.mark.parametrize(
    ("status", "state", "audience"),
    [
        ("publish", "live", "public"),
        ("private", "live", "private"),
        ("draft", "draft", "private"),
        ("pending", "draft", "private"),
        ("future", "draft", "private"),
        ("auto-draft", "draft", "private"),
        ("trash", "binned", "private"),
        ("a-plugins-own", "live", "unknown"),
    ],
)
def test_08_each_status_says_who_sees_the_post(tmp_path, status, state, audience):
    item = blog(tmp_path, {"e.xml": wxr(wp_item(1, status=status))}).items[0]
    assert (item.state, item.audience, item.deleted) == (state, audience, state == "binned")


def test_09_a_post_with_a_password_is_not_called_public(tmp_path):
    found = blog(tmp_path, {"e.xml": wxr(wp_item(1, more="<wp:post_password>leek</wp:post_password>"))})
    assert found.items[0].audience == "unknown"
    assert "1 post has a password" in found.warnings
    assert not any("leek" in str(r) for r in found.records)


def test_10_menus_templates_and_revisions_are_no_posts(tmp_path):
    sorts = (
        "revision",
        "nav_menu_item",
        "custom_css",
        "wp_block",
        "wp_global_styles",
        "wp_template",
        "oembed_cache",
        "feedback",
    )
    found = blog(
        tmp_path, {"e.xml": wxr(wp_item(), *(wp_item(n, sort=s) for n, s in enumerate(sorts, 2)), wp_item(99, sort="talk"))}
    )
    assert [i.id for i in found.items] == ["1", "99"]
    assert "8 entries were left out" in found.warnings


def test_11_an_attachment_carries_its_caption_description_and_alternative_text(tmp_path):
    meta = "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A hen</wp:meta_value></wp:postmeta>"
    more = "<excerpt:encoded>Doris</excerpt:encoded><wp:attachment_url>https://hens.example/d.jpg</wp:attachment_url>" + meta
    alone = blog(tmp_path, {"e.xml": wxr(wp_item(1, "Bought in May", "inherit", "attachment", more))}).items[0]
    assert (alone.kind, alone.text, alone.audience) == ("other", "Doris\nBought in May", "public")
    assert alone.media == (Media(None, "photo", "A hen", "Doris\nBought in May"),)
    assert alone.links == ("https://hens.example/d.jpg",)


def comment(number: int, words: str, user: int = 0, email: str = "", more: str = "") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Someone</wp:comment_author>"
        f"<wp:comment_author_email>{email}</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        f"<wp:comment_date_gmt>2019-03-02 11:00:00</wp:comment_date_gmt><wp:comment_content>{words}</wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_user_id>{user}</wp:comment_user_id>{more}</wp:comment>"
    )


def test_12_comments_are_other_peoples_unless_number_or_address_is_the_persons(tmp_path):
    said = (
        comment(1, "theirs", email="x@elsewhere.example")
        + comment(2, "mine", 1)
        + comment(3, "mine too", email="ADA@hens.example")
    )
    found = blog(
        tmp_path, {"e.xml": wxr(wp_item(more=said + comment(4, "answer", more="<wp:comment_parent>2</wp:comment_parent>")))}
    )
    assert [(i.text, i.author) for i in found.items if i.kind == "comment"] == [
        ("theirs", "other"),
        ("mine", "me"),
        ("mine too", "me"),
        ("answer", "other"),
    ]
    assert found.items[4].reply_to == ReplyTo("2", "Someone", "https://hens.example/1/#comment-2")
    assert not any("elsewhere.example" in str(r) or "192.0.2.7" in str(r) for r in found.records)


@pytest.mark.parametrize(("approved", "state"), [("0", "draft"), ("spam", "binned"), ("trash", "binned")])
def test_13_a_comment_that_was_not_approved_is_not_public(tmp_path, approved, state):
    said = comment(1, "c").replace("approved>1<", f"approved>{approved}<")
    item = blog(tmp_path, {"e.xml": wxr(wp_item(more=said))}).items[1]
    assert (item.state, item.audience) == (state, "private")


def test_14_of_several_authors_the_person_is_asked_or_has_said(tmp_path):
    theirs = wp_item(2).replace(">ada<", ">bo<")
    text = wxr(wp_item(), theirs, authors=ADA + BO)
    asked = blog(tmp_path, {"e.xml": text})
    assert [i.author for i in asked.items] == [None, None]
    [question] = [q for r in asked.records if isinstance(r, Summary) for q in r.questions]
    assert (question.id, [value for value, _ in question.options]) == ("wordpress.owner", ["ada", "bo"])
    assert asked.facts == []
    for name in ("bo", "Bo Finch", "BO@hens.example"):
        said = blog(tmp_path, {"e.xml": text}, me=(name,))
        assert [(i.author, i.author_name) for i in said.items] == [("other", "Ada Wold"), ("me", "Bo Finch")]
        assert ("handle", "bo") in said.facts and ("handle", "ada") not in said.facts


def test_15_without_a_list_of_authors_the_names_on_the_posts_count(tmp_path):
    one = blog(tmp_path / "1", {"e.xml": wxr(wp_item(), authors="")})
    assert [(i.author, i.author_name) for i in one.items] == [("me", "ada")]
    two = blog(
        tmp_path / "2", {"e.xml": wxr(wp_item(), wp_item(2).replace(">ada<", "><![CDATA[bo]]><"), authors="")}, me=("bo",)
    )
    assert [i.author for i in two.items] == ["other", "me"]


DAMAGE = {
    "control characters": lambda t: t.replace("fox", "f\x0box").replace("<title>T2", "<title>\x08T2"),
    "a reference to one": lambda t: t.replace("<title>T2", "<title>&#x0B;T2"),
    "bytes of another encoding": lambda t: t.encode().replace(b"fox", b"fox\x92"),
    "CDATA that is not nested as it should be": lambda t: t.replace("fox", "fox]]> <br> and <p>more"),
    "a bare ampersand": lambda t: t.replace("<title>T2", "<title>Q & A T2"),
    "an entity of HTML": lambda t: t.replace("<title>T2", "<title>Caf&eacute; T2"),
    "a bare angle": lambda t: t.replace("<title>T2", "<title>I <3 T2"),
    "warnings of the server in front": lambda t: "\nWarning: something on line 3\n" + t,
    "blanks in front": lambda t: "\n\n" + t,
    "zeros behind": lambda t: t + "\0\0\0",
    "a prefix that is not declared": lambda t: t.replace(f'xmlns:wp="{WP}"', ""),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_16_a_malformed_file_is_read_with_repairs(tmp_path, damage):
    text = DAMAGE[damage](wxr(wp_item(1, "before"), wp_item(2, "a fox"), wp_item(3, "after")))
    found = blog(tmp_path, {"e.xml": text})
    assert [i.id for i in found.items] == ["1", "2", "3"]
    assert [i.audience for i in found.items] == ["public"] * 3
    assert (found.items[0].text, found.items[2].text) == ("before", "after")
    assert found.items[1].text.startswith("a fox")
    assert "read with repairs" in found.warnings
    assert found.states["e.xml"] == "read"


def test_17_words_behind_a_broken_cdata_are_not_lost(tmp_path):
    found = blog(tmp_path, {"e.xml": wxr(wp_item(1, "x <script>//<![CDATA[\na()\n//]]></script> then <b>more</b> ]]> end"))})
    assert found.texts() == ["x then more ]]> end"]


@pytest.mark.parametrize(
    "doctype", ['<!DOCTYPE rss SYSTEM "file:///etc/passwd">', '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>']
)
@pytest.mark.parametrize("broken", ["", "\x01"])
def test_18_a_document_type_is_refused_in_plain_words(tmp_path, doctype, broken):
    found = blog(tmp_path, {"e.xml": broken + wxr(wp_item()).replace("<rss ", f"{doctype}<rss ")})
    assert found.items == []
    [line] = [r for r in found.records if isinstance(r, Coverage)]
    assert (line.state, line.reason.startswith("it declares a document type or entities of its own")) == ("unknown", True)


def test_19_a_file_that_stops_early_keeps_what_came_before(tmp_path):
    text = wxr(wp_item(1), wp_item(2))
    for number, damage in enumerate(("", "\x0b")):
        found = blog(tmp_path / str(number), {"e.xml": text[: text.index("T2")].replace("<title>T1", f"<title>{damage}T1")})
        assert [i.title for i in found.items] == ["T1"]
        assert found.states == {"e.xml": "failed"}


def test_20_parts_in_one_zip_or_given_side_by_side_are_one_blog(tmp_path):
    parts = {
        "hens.wordpress.2019-04-01.000.xml": wxr(wp_item(1), wp_item(2)),
        "hens.wordpress.2019-04-01.001.xml": wxr(wp_item(2), wp_item(3)),
    }
    with zipfile.ZipFile(tmp_path / "hens.zip", "w") as z:
        for name, text in parts.items():
            z.writestr(name, text)
    folder = blog(tmp_path / "folder", parts)
    zipped = blog(tmp_path / "z", {"hens.zip": (tmp_path / "hens.zip").read_bytes()})
    for found in (folder, zipped):
        assert (found.platforms, [i.id for i in found.items]) == (["wordpress"], ["1", "2", "3"])


def test_21_two_blogs_side_by_side_stay_apart(tmp_path):
    other = wxr(wp_item(1)).replace("hens.example", "ducks.example")
    found = blog(tmp_path, {"a.xml": wxr(wp_item(1)), "b.xml": other})
    assert [(i.account, i.key) for i in found.items] == [
        ("hens.example", "wordpress:hens.example:post:1"),
        ("ducks.example", "wordpress:ducks.example:post:1"),
    ]


def test_22_an_ordinary_feed_is_no_export(tmp_path):
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><item><title>x</title></item></channel></rss>'
    found = blog(tmp_path, {"e.xml": wxr(wp_item()), "feed.xml": feed})
    assert [i.id for i in found.items] == ["1"]
    assert found.states["feed.xml"] == "unknown"


def test_23_tags_and_categories_stand_under_a_post_as_readers_see_them(tmp_path):
    tags = (
        '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>'
        '<category domain="category" nicename="the-job"><![CDATA[The job &amp; me]]></category>'
        '<category domain="post_tag" nicename="year-9"><![CDATA[Year 9]]></category>'
        '<category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category>'
    )
    found = blog(tmp_path, {"b.xml": wxr(wp_item(more=MOMENT + tags), wp_item(2))})
    assert [i.text for i in found.items] == ["words\n\n#The job & me #Year 9", "words"]


def test_24_of_two_exports_of_one_blog_the_newest_is_read_first(tmp_path):
    def made(day: str, *items: str) -> str:
        return wxr(*items, version=f"<pubDate>{day} 10:00:00 +0000</pubDate><wp:wxr_version>1.2</wp:wxr_version>")

    old = made("Sun, 05 Mar 2023", wp_item(1, "as of 2023"), wp_item(2, "only then"))
    files = {"a.2023.xml": old, "b.2024.xml": made("Tue, 05 Mar 2024", wp_item(1, "as of 2024"))}
    found = blog(tmp_path, files)
    assert sorted(found.texts()) == ["as of 2024", "only then"]
    assert found.states == {"a.2023.xml": "read", "b.2024.xml": "read"}
