"""The known traps of Medium's export, one by one, in the order of the format notes."""

from making_blogs import blog, heading, medium_post

from auditlib.records import Media, Quoted, ReplyTo

POST = "posts/2020-01-02_A-title-a1b2c3d4e5f6.html"


def test_01_the_title_is_not_repeated_as_the_first_heading(tmp_path):
    body = heading("A title") + "<p>words</p><h3>A later heading</h3><p>more</p>"
    item = blog(tmp_path, {POST: medium_post("A title", body)}).items[0]
    assert (item.kind, item.title, item.text) == ("post", "A title", "words\n\nA later heading\n\nmore")


def test_02_a_response_is_told_by_being_short_headless_and_named_by_its_first_words(tmp_path):
    found = blog(
        tmp_path,
        {
            POST: medium_post("I disagree, because of…", "<p>I disagree, because of buses.</p>"),
            "posts/2020-01-03_Essay-b1b2c3d4e5f6.html": medium_post("Essay", "<p>" + "Essay words. " * 200 + "</p>"),
            "posts/2020-01-04_Named-c1b2c3d4e5f6.html": medium_post("Named", "<p>Something else</p>"),
        },
    )
    assert [(i.kind, i.title, i.reply_to) for i in found.items] == [
        ("comment", None, ReplyTo()),
        ("post", "Essay", None),
        ("post", "Named", None),
    ]
    assert "does not mark" in found.warnings


def test_03_the_number_is_what_follows_the_last_hyphen_whatever_its_length(tmp_path):
    names = (
        "posts/2020-01-02_One-two--three-95a6b38004f.html",
        "posts/draft_Four-a1b2c3d4e5f6.html",
        "posts/2020-01-02_Five-abcdef12.html",
    )
    found = blog(tmp_path, {name: medium_post("x", heading("x") + "<p>y</p>") for name in names})
    assert sorted(i.id or "" for i in found.items) == ["95a6b38004f", "a1b2c3d4e5f6", "abcdef12"]


def test_04_pictures_are_not_in_the_export(tmp_path):
    body = '<figure><img src="https://cdn.example/1.jpg" alt="a bus"><figcaption>Late</figcaption></figure>'
    assert blog(tmp_path, {POST: medium_post("A title", heading("A title") + body)}).items[0].media == (
        Media(None, "photo", "a bus", "Late"),
    )


def test_05_a_draft_has_no_time_and_is_private(tmp_path):
    text = medium_post("D", heading("D") + "<p>d</p>", published="")
    item = blog(tmp_path, {"posts/draft_D-a1b2c3d4e5f6.html": text}).items[0]
    assert (item.state, item.audience, item.at, item.url) == ("draft", "private", None, "https://medium.com/p/a1b2c3d4e5f6")


def test_06_the_address_is_the_canonical_one_else_made_of_the_number(tmp_path):
    address = "https://journal.example/a-title-a1b2c3d4e5f6"
    named = blog(tmp_path / "1", {POST: medium_post("A title", heading("A title"), canonical=address)})
    bare = blog(tmp_path / "2", {POST: medium_post("A title", heading("A title"))})
    assert (named.items[0].url, bare.items[0].url) == (address, "https://medium.com/p/a1b2c3d4e5f6")


def test_07_numbered_pages_are_all_read_topics_too(tmp_path):
    def page(*links: str) -> str:
        return f"<html><body><ul>{''.join(f'<li>{x}</li>' for x in links)}</ul></body></html>"

    found = blog(
        tmp_path,
        {
            POST: medium_post("A title", heading("A title")),
            "users-following/users-following-0001.html": page('<a href="https://medium.com/@kay">Kay Oster</a>'),
            "users-following/users-following-0002.html": page('<a href="https://zed.medium.com">Zed</a>', "No link"),
            "pubs-following/pubs-following-0001.html": page('<a href="https://medium.com/night-desk">Night Desk</a>'),
            "topics-following/topics-following-0001.html": page('<a href="https://medium.com/tag/maths">Maths</a>'),
            "blocks/blocked-users-0001.html": page('<a href="https://medium.com/@rude">rude</a>'),
        },
    )
    assert found.people("following") == [
        ("kay", "Kay Oster"),
        ("zed", "Zed"),
        (None, "No link"),
        (None, "Night Desk"),
        (None, "Maths"),
    ]
    assert found.people("blocked") == [("rude", None)]


def test_08_claps_and_highlights_are_the_persons_acts_on_other_peoples_words(tmp_path):
    clap = '<li class="h-entry">+2 — <a class="h-cite u-like-of" href="https://medium.com/p/c0ffee00beef">Bells</a></li>'
    mark = '<li><time datetime="2022-03-04T05:06:07Z">x</time><p>so <span class="markup--highlight">very</span> long</p></li>'
    found = blog(
        tmp_path,
        {
            POST: medium_post("A title", heading("A title")),
            "claps/claps-0001.html": f"<html><body><ul>{clap}</ul></body></html>",
            "highlights/highlights-0001.html": f"<html><body><ul>{mark}</ul></body></html>",
        },
    )
    assert [(i.kind, i.author, i.at, i.quoted) for i in found.items[1:]] == [
        ("reaction", "me", None, Quoted("c0ffee00beef", None, "Bells")),
        ("reaction", "me", "2022-03-04T05:06:07+00:00", Quoted(None, None, "very")),
    ]


def test_09_the_content_may_sit_under_one_folder_and_the_profile_names_the_person(tmp_path):
    profile = '<h3 class="p-name">Jo R</h3><a class="u-url" href="https://medium.com/@jo">x</a>'
    profile += "<b>Email address:</b> j@r.example"
    found = blog(
        tmp_path,
        {
            f"medium-export-1/{POST}": medium_post("A title", heading("A title")),
            "medium-export-1/profile/profile.html": f"<html><body>{profile}</body></html>",
        },
    )
    assert found.facts == [("handle", "jo"), ("name", "Jo R"), ("email", "j@r.example")]
    assert [(i.account, i.author_name) for i in found.items] == [("jo", "Jo Reed")]


def test_10_a_post_that_is_cut_off_keeps_its_words_and_is_said_to_be_damaged(tmp_path):
    text = medium_post("A title", heading("A title") + "<p>first</p><p>second</p>")
    found = blog(tmp_path, {POST: text[: text.index("second")]})
    assert [(i.text, i.state, i.at) for i in found.items] == [("first", "live", "2020-01-02")]
    assert found.states == {POST: "failed"}


def test_11_a_list_has_a_name_and_a_description_of_the_persons_own(tmp_path):
    page = (
        '<html><body><article class="h-entry"><header><h1 class="p-name">Heads I have had</h1></header>'
        '<section class="p-summary">All five of them</section><ul><li><a href="https://medium.com/p/1">x</a></li></ul>'
        '<footer><a href="https://medium.com/@jo.reed/list/heads-1a2b3c">x</a></footer></article></body></html>'
    )
    found = blog(tmp_path, {POST: medium_post("A title", heading("A title")), "lists/Heads-1a2b3c.html": page})
    item = found.items[1]
    assert (item.kind, item.title, item.text, item.author) == ("other", "Heads I have had", "All five of them", "me")
    assert item.url == "https://medium.com/@jo.reed/list/heads-1a2b3c"


def test_12_the_profile_is_read_with_labels_in_bold_or_plain(tmp_path):
    page = "<html><body><ul><li>Display name: Jo R</li><li>Email address: j@r.example</li></ul></body></html>"
    found = blog(tmp_path, {POST: medium_post("A title", heading("A title")), "profile/profile.html": page})
    assert found.facts == [("handle", "jo.reed"), ("name", "Jo R"), ("email", "j@r.example")]


def test_13_times_of_claps_are_words_without_a_zone(tmp_path):
    said = ("2021-02-03 4:05 am", "2021-02-03 12:05 pm", "2021-02-03 12:05 am", "2021-02-30 1:00 am", "soon")
    claps = "".join(
        f'<li><a href="https://medium.com/p/abcdefabcde{n}">x</a> <time>{t}</time></li>' for n, t in enumerate(said)
    )
    found = blog(tmp_path, {"claps/claps-0001.html": f"<html><body><ul>{claps}</ul></body></html>"})
    assert [i.at for i in found.items] == ["2021-02-03T04:05:00", "2021-02-03T12:05:00", "2021-02-03T00:05:00", None, None]


def test_14_a_post_handed_over_on_its_own_names_its_author(tmp_path):
    text = medium_post("A title", heading("A title") + "<p>words</p>")
    found = blog(tmp_path, {POST.rpartition("/")[2]: text})
    assert [(i.account, i.text) for i in found.items] == [("jo.reed", "words")]
    assert "No posts" not in found.warnings
