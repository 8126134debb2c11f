"""HTML as words: what a reader saw, in lines, and never anything that runs."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.markup import blocks, document, links, plain, words


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>no &amp; no<br />again</p><p>end</p>", "no & no\nagain\n\nend"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
        ("one <b>bold</b>, <i>two</i>", "one bold, two"),
        ("<i></i>  many\n  spaces \t here ", "many spaces here"),
        ("text  without\n markup", "text  without\n markup"),
        ("<script>run()</script><style>p{}</style>seen<!-- not --><noscript>x</noscript>", "seen"),
        ('<a href="https://a.example"><span class="invisible">https://</span><span>a.example</span></a>', "https://a.example"),
        ("<p>unclosed <b>tags<p>next", "unclosed tags\n\nnext"),
        ("no markup at all <3 & more", "no markup at all <3 & more"),
        ("&lt;b&gt; &#39;quoted&#39; &eacute;", "<b> 'quoted' é"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("", ""),
        ("<div></div>", ""),
        ("emoji 👩\u200d🏫 and \u00a0 nbsp", "emoji 👩\u200d🏫 and \u00a0 nbsp"),
    ],
)
def test_a_fragment_reads_as_on_the_page(html, said):
    assert plain(html) == said


def test_links_are_web_addresses_only_each_once():
    root = document(
        b'<a href="https://a.example/x">1</a><a href="javascript:run()">2</a><a href="https://a.example/x">3</a><a>4</a>'
    )
    assert links(root) == ("https://a.example/x",)


def test_nothing_outside_is_resolved(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><p>a &x; b</p>'
    assert "secret" not in words(document(page.encode()))


@pytest.mark.parametrize("data", [b"", b"   "])
def test_what_is_no_page_is_an_error_of_its_own(data):
    with pytest.raises(ValueError, match="no page"):
        document(data)


def test_blocks_are_given_whole_and_only_the_outer_ones():
    page = b"<body><h1>t</h1>" + b"<div class=m><div class=m>in</div>side</div><p>between</p>" * 3000 + b"</body>"
    found = [words(e) for e in blocks(io.BytesIO(page), lambda e: e.get("class") == "m")]
    assert found == ["in\nside"] * 3000


def test_a_page_that_stops_in_the_middle_gives_what_is_there():
    page = b"<body>" + b"<div class=m>whole</div>" * 5 + b"<div class=m>half"
    assert [words(e) for e in blocks(io.BytesIO(page), lambda e: e.get("class") == "m")] == ["whole"] * 5 + ["half"]


def test_a_deep_page_is_no_fault():
    assert plain("<div>" * 3000 + "deep" + "</div>" * 3000).strip() in ("deep", "")


@given(st.text(max_size=200))
def test_any_text_gives_text(text):
    assert isinstance(plain(text), str)


@given(st.lists(st.text(st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=20), min_size=1, max_size=20))
def test_no_word_is_lost(said):
    assert plain("".join(f"<p>{word}</p>" for word in said)).split("\n\n") == said
