"""WordPress's way of writing a post -> HTML as its readers get it: blocks, shortcodes, line breaks that mean paragraphs.

A shortcode is taken out only where it is surely one: people write `[sic]` and `[1]` too.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]{1,40})\b((?:[^\[\]\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,2000}?)(/?)\](\]?)")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\]]*)\](.{0,8000}?)\[/(?:wp_)?caption\]", re.DOTALL)
_ATTRIBUTE = re.compile(r"\b(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'\]]+")
# WordPress's own, those of wordpress.com (Jetpack), and of the page builders met most.
_OWN = frozenset(
    [
        "gallery",
        "playlist",
        "audio",
        "video",
        "embed",
        "caption",
        "wp_caption",
        "youtube",
        "vimeo",
        "soundcloud",
        "googlemaps",
        "dailymotion",
        "ted",
        "scribd",
        "slideshare",
        "slideshow",
        "flickr",
        "instagram",
        "twitter",
        "tweet",
        "facebook",
        "wpvideo",
        "videopress",
        "polldaddy",
        "poll",
        "crowdsignal",
        "archives",
        "recipe",
        "gist",
        "spotify",
        "kickstarter",
        "bandcamp",
        "google-form",
        "contact-form",
        "contact-field",
        "sourcecode",
        "code",
        "latex",
        "sitemap",
        "portfolio",
        "jetpack_subscription_form",
        "blog_subscription_form",
        "testimonials",
        "wufoo",
        "mixcloud",
        "column",
        "columns",
        "row",
        "button",
        "divider",
        "spacer",
        "toc",
    ]
)
_BUILDERS = ("vc_", "et_pb_", "fusion_", "av_", "su_", "elementor", "fl_", "cs_", "tatsu_", "ngg", "wpforms", "rev_slider")
_SAID = frozenset(("caption", "title", "text", "heading", "content"))  # attributes that readers see
_BLOCK_EDGE = re.compile(
    r"\s*\n\s*(?=</?(?:p|div|ul|ol|li|h[1-6]|blockquote|figure|figcaption|table|tr|t[dh]|tbody|thead|hr|pre|section|form)\b)"
    r"|(</?(?:p|div|ul|ol|li|h[1-6]|blockquote|figure|figcaption|table|tr|t[dh]|tbody|thead|hr|pre|section|form)\b[^>]*>)\s*\n\s*",
    re.IGNORECASE,
)
_KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)


def as_read(text: str) -> str:
    """The HTML of a post's content field."""
    blocks = "<!-- wp:" in text
    if "[" in text:
        text = _without_codes(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if blocks or "\n" not in text else _paragraphs(text)


def _paragraphs(text: str) -> str:
    """Line breaks of a post without blocks as what they stand for; in preformatted text they stay."""
    pieces = _KEPT.split(text)  # text, kept, its tag, text, ...
    for at in range(0, len(pieces), 3):
        pieces[at] = _BLOCK_EDGE.sub(lambda m: m[1] or "", pieces[at]).replace("\n", "<br>\n")
    del pieces[2::3]
    return "".join(pieces)


def _without_codes(text: str) -> str:
    text = _CAPTION.sub(_figure, text)
    closed = {name.lower() for name in re.findall(r"\[/([A-Za-z][\w-]{1,40})\]", text)} if "[/" in text else set()

    def replaced(match: re.Match[str]) -> str:
        opened, end, name, inside, _, closing = match.groups()
        if opened and closing:
            return match[0][1:-1]  # [[gallery]] is how one writes about a shortcode
        low = name.lower()
        known = low in _OWN or low in closed or low.startswith(_BUILDERS) or (bool(inside.strip()) and _is_code(inside))
        if not known:
            return match[0]
        before, after = opened and "[", closing and "]"
        if end:
            return f"{before}\n{after}" if low.startswith(_BUILDERS) else before + after
        said = [v or w for k, v, w in _ATTRIBUTE.findall(inside) if k.lower() in _SAID and (v or w)]
        said += [f'<a href="{a}">{a}</a>' for a in _ADDRESS.findall(inside)]
        return f"{before}{' '.join(said)}{after}"

    return _CODE.sub(replaced, text)


def _is_code(inside: str) -> bool:
    """Whether what follows the name is attributes and nothing else."""
    return not _ATTRIBUTE.sub("", inside).strip(" \t\n/")


def _figure(match: re.Match[str]) -> str:
    """A caption around a picture, as the figure it becomes; until 2012 (version 3.4) its words stood in an attribute."""
    attributes = {k.lower(): v or w for k, v, w in _ATTRIBUTE.findall(match[1])}
    image = _IMAGE.search(match[2])
    picture = image[0] if image else ""
    said = match[2].replace(picture, "", 1).strip() or attributes.get("caption", "")
    return f"<figure>{picture}<figcaption>{said}</figcaption></figure>"
