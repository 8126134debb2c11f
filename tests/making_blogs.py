"""Small invented exports of blogs."""

from pathlib import Path

from making import laid
from making_meta import Read

WP = "http://wordpress.org/export/1.2/"
SPACES = (
    f'xmlns:excerpt="{WP}excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{WP}"'
)
ADA = (
    "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ada</wp:author_login>"
    "<wp:author_email>ada@hens.example</wp:author_email><wp:author_display_name>Ada Wold</wp:author_display_name></wp:author>"
)
BO = ADA.replace(">1<", ">2<").replace("ada", "bo").replace("Ada Wold", "Bo Finch")
MOMENT = "<wp:post_date_gmt>2019-03-02 10:00:00</wp:post_date_gmt>"


def wp_item(number: int = 1, body: str = "words", status: str = "publish", sort: str = "post", more: str = MOMENT) -> str:
    return (
        f"<item><title>T{number}</title><link>https://hens.example/{number}/</link><dc:creator>ada</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:status>{status}</wp:status><wp:post_type>{sort}</wp:post_type>{more}</item>"
    )


def wxr(*items: str, authors: str = ADA, spaces: str = SPACES, version: str = "<wp:wxr_version>1.2</wp:wxr_version>") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {spaces}><channel><title>Hens</title>'
        f"<link>https://hens.example</link>{version}<wp:base_blog_url>https://hens.example</wp:base_blog_url>"
        f"{authors}{''.join(items)}</channel></rss>\n"
    )


def blog(folder: Path, files: dict[str, str | bytes], me: tuple[str, ...] = ()) -> Read:
    """The files laid out in a folder and read."""
    return Read(laid(folder, {k: v if isinstance(v, bytes) else v.encode() for k, v in files.items()}), me=me)


def atom(*entries: str, title: str = "Tea", more: str = "") -> str:
    """A feed of Google Takeout."""
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'>"
        f"<id>tag:blogger.com,1999:blog-9</id><title>{title}</title>{more}{''.join(entries)}</feed>\n"
    )


def atom_entry(
    number: int = 1,
    body: str = "hi",
    kind: str = "POST",
    status: str = "LIVE",
    name: str = "Jo Reed",
    at: str = "2009-08-07T06:05:04Z",
    more: str = "",
) -> str:
    return (
        f"<entry><id>tag:blogger.com,1999:blog-9.post-{number}</id><blogger:type>{kind}</blogger:type>"
        f"<blogger:status>{status}</blogger:status><author><name>{name}</name><blogger:type>BLOGGER</blogger:type></author>"
        f"<title></title><content type='html'>{body}</content><published>{at}</published>{more}</entry>"
    )


def medium_post(title: str, body: str, published: str = "2020-01-02T03:04:05.678Z", canonical: str = "") -> str:
    author = '<a class="p-author h-card" href="https://medium.com/@jo.reed">Jo Reed</a>'
    said = f'<p>By {author} on <time class="dt-published" datetime="{published}">x</time></p>'
    link = f'<p><a class="p-canonical" href="{canonical}">Canonical link</a></p>' if canonical else ""
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry"><header>'
        f'<h1 class="p-name">{title}</h1></header><section data-field="body" class="e-content">{body}</section>'
        f"<footer>{said if published else ''}{link}</footer></article></body></html>"
    )


def heading(title: str) -> str:
    return f'<h3 class="graf graf--h3 graf--title">{title}</h3>'


def tumblr_post(body: str, foot: str = "January 2nd, 2018 3:04pm") -> str:
    return f'<!DOCTYPE html><html><body>{body}<div id="footer"><span id="timestamp"> {foot} </span></div></body></html>'
