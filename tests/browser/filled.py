"""A workspace filled by hand, for pages that need more (or worse) than the bundled sample holds."""

from __future__ import annotations

from pathlib import Path

from auditlib import walk
from auditlib.records import (
    Connection,
    Conversation,
    Coverage,
    Finding,
    Item,
    Media,
    Person,
    Place,
    ProfileFact,
    Quoted,
    ReplyTo,
    Setting,
    Span,
)
from auditlib.workspace import Workspace

HOSTILE = (
    "<script>window.pwned = 1</script><img src=x onerror=\"window.pwned = 1\"><svg onload='window.pwned = 1'>"
    '<a href="javascript:window.pwned=1">go</a><iframe src="javascript:parent.pwned=1"></iframe>'
    '<button data-commandlinker-command="help:about">run</button>{{ 7 * 7 }}${window.pwned = 1}]]></textarea>'
)
BAD_LINKS = (
    "javascript:window.pwned=1",
    "https://evil.example/x.com",
    "https://x.com@evil.example/",
    "data:text/html,<script>1</script>",
    'https://x.com/" onmouseover="window.pwned=1',
    "//x.com/1",
)


def many_posts(home: Path, count: int) -> list[str]:
    """Fill the workspace in `home` with `count` flagged posts and return their keys in the order of the queue."""
    items = [_post(n, f"Out far too late again, number {n}") for n in range(count)]
    with Workspace.open(home) as ws:
        with ws.importing("x", "sam_sample", "x.zip") as load:
            load.add(items)
        ws.store_findings([_finding(item, 1 - n / (10 * count)) for n, item in enumerate(items)], walk.scanner(ws).version)
    return [item.key for item in items]


def hostile(home: Path) -> None:
    """Fill the workspace in `home` so that every text an archive can hold is hostile."""
    items = []
    for url in (*BAD_LINKS, "https://x.com/sam/status/1"):
        for kind in ("post", "message"):
            items.append(_hostile_item(len(items), kind, url))
    connections = [
        Connection(
            platform="facebook",
            account=HOSTILE,
            where="f",
            key=f"facebook:friend:{n}",
            relation="friend",
            id=HOSTILE,
            handle=HOSTILE,
            name=HOSTILE,
            url=url,
        )
        for n, url in enumerate(BAD_LINKS)
    ]
    others = [
        Setting(
            platform="x",
            account=HOSTILE,
            where=HOSTILE,
            id="x.protect-your-posts",
            value="off",
            raw=HOSTILE,
            seen_at="2026-01-02",
        ),
        ProfileFact(platform="x", account=HOSTILE, where=HOSTILE, key="x:bio", fact="bio", value=HOSTILE),
        *(
            Coverage(platform="x", account=HOSTILE, state=state, member=HOSTILE, reason=HOSTILE, count=3, detail=HOSTILE)
            for state in ("read", "ignored", "unknown", "failed")
        ),
    ]
    with Workspace.open(home) as ws:
        with ws.importing("x", HOSTILE, HOSTILE) as load:
            load.add([*items, *others])
        with ws.importing("facebook", HOSTILE, HOSTILE) as load:
            load.add(connections)
        ws.store_people(
            [
                Person(
                    person_key=f"p{n}",
                    name=HOSTILE,
                    handles=(HOSTILE,),
                    platforms=("facebook",),
                    relations=("friend",),
                    url=url,
                    since="2016-05-01",
                    suggestion="pupil",
                    evidence=(HOSTILE,),
                    keys=(f"facebook:friend:{n}",),
                )
                for n, url in enumerate(BAD_LINKS)
            ]
        )
        ws.put("school_name", HOSTILE[:100])
        ws.put("person", {"full_name": HOSTILE[:100], "role": HOSTILE[:100], "former_names": [HOSTILE[:100]]})
        ws.put("platforms", {"tiktok": {"route": "hand", "reason": ""}})
        ws.put("unplaced", [{"platform": "generic", "account": None, "state": "unknown", "member": HOSTILE, "reason": HOSTILE}])
        ws.store_findings(_hostile_findings(items), walk.scanner(ws).version)
        ws.decide([(items[0].key, "remove"), (items[2].key, "limit")])


def _post(number: int, text: str) -> Item:
    return Item(
        platform="x",
        account="sam_sample",
        where=f"data/tweets.js[{number}]",
        kind="post",
        key=f"x:post:{number:05d}",
        id=str(number),
        at=f"20{10 + number % 14}-{number % 12 + 1:02d}-{number % 28 + 1:02d}T21:40:00+00:00",
        text=text,
        author="me",
        audience="public",
        url=f"https://x.com/sam_sample/status/{number}",
    )


def _finding(item: Item, score: float) -> Finding:
    return Finding(
        key=item.key,
        id=item.id,
        platform=item.platform,
        kind=item.kind,
        at=item.at,
        clause="offence",
        rule="offence.late",
        severity="look",
        score=score,
        spans=(Span(8, 16),),
        reason="It may embarrass.",
        text=item.text,
        url=item.url,
    )


def _hostile_item(number: int, kind: str, url: str) -> Item:
    return Item(
        platform="x",
        account=HOSTILE,
        where=HOSTILE,
        kind=kind,
        key=f"x:{kind}:{number}",
        id=str(number),  # type: ignore[arg-type]
        at=f"2019-03-{number + 1:02d}T08:15:00+00:00",
        title=HOSTILE,
        text=HOSTILE,
        author="me",
        author_name=HOSTILE,
        audience="public",
        reply_to=ReplyTo(id="1", author=HOSTILE, url=url),
        quoted=Quoted(id="1", author=HOSTILE, text=HOSTILE),
        conversation=Conversation(id="c", title=HOSTILE, participants=(HOSTILE,), group=True),
        place=Place(name=HOSTILE),
        media=(Media(path=HOSTILE, type="photo", alt=HOSTILE, description=HOSTILE),),
        links=(url,),
        url=url,
    )


def _hostile_findings(items: list[Item]) -> list[Finding]:
    fields = ("text", "title", "media[0].alt", "conversation.title", "place.name")
    return [
        Finding(
            key=item.key,
            id=item.id,
            platform="x",
            kind=item.kind,
            at=item.at,
            clause="offence",
            rule=f"offence.{field}",
            severity="look",
            score=0.9,
            field=field,
            spans=(Span(0, 8), Span(3, 40)),
            reason=HOSTILE,
            text=HOSTILE,
            url=item.url,
            evidence=(HOSTILE,),
        )
        for item in items
        for field in fields
    ]
