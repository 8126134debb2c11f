"""Small invented Bluesky repositories (`repo.car`), made from the public specifications: DAG-CBOR, CAR version 1, and the
AT Protocol's Merkle search tree."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
DID = "did:plc:wrenwrenwrenwrenwrenwren"
KIT = "did:plc:kitkitkitkitkitkitkitkit"
MAUD = "did:plc:maudmaudmaudmaudmaudmaud"


@dataclass(frozen=True)
class Cid:
    """A link to a block."""

    raw: bytes

    @classmethod
    def of(cls, block: bytes) -> "Cid":
        return cls(b"\x01\x71\x12\x20" + sha256(block).digest())


def blob(mime: str = "image/jpeg", size: int = 1000) -> dict[str, Any]:
    """A picture that lies elsewhere: only its hash is in a repository."""
    return {"$type": "blob", "ref": Cid(b"\x01\x55\x12\x20" + sha256(mime.encode()).digest()), "mimeType": mime, "size": size}


def _head(major: int, number: int) -> bytes:
    top = major << 5
    if number < 24:
        return bytes((top | number,))
    for code, size in ((24, 1), (25, 2), (26, 4)):
        if number < 1 << 8 * size:
            return bytes((top | code,)) + number.to_bytes(size, "big")
    return bytes((top | 27,)) + number.to_bytes(8, "big")


def cbor(value: Any) -> bytes:
    """DAG-CBOR: shortest heads, map keys by length and then by bytes, links as tag 42, 64-bit floats."""
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            return b"\xfb" + struct.pack(">d", value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            text = value.encode()
            return _head(3, len(text)) + text
        case Cid():
            return b"\xd8\x2a" + cbor(b"\x00" + value.raw)
        case list() | tuple():
            return _head(4, len(value)) + b"".join(map(cbor, value))
        case dict():
            pairs = sorted(((k.encode(), v) for k, v in value.items()), key=lambda pair: (len(pair[0]), pair[0]))
            return _head(5, len(pairs)) + b"".join(_head(3, len(k)) + k + cbor(v) for k, v in pairs)
    raise TypeError(type(value))


def varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def tid(at: str, clock: int = 7) -> str:
    """The record key of a moment: microseconds since 1970 and ten bits of a clock's own number, in sortable base 32."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    number = round(moment.timestamp() * 1_000_000) << 10 | clock
    return "".join(ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def layer(key: bytes) -> int:
    """How high in the tree a key lies: pairs of leading zero bits of its hash."""
    number = int.from_bytes(sha256(key).digest(), "big")
    return (256 - number.bit_length()) // 2


class Repository:
    """Records by key. `car()` gives the file; stale blocks, missing blocks and the commit's version are the test's choice."""

    def __init__(self, records: Iterable[tuple[str, dict[str, Any]]], did: str = DID) -> None:
        self.did = did
        self.blocks: dict[bytes, bytes] = {}
        self.values = {key: self.add(cbor(value)) for key, value in records}
        self.nodes: list[Cid] = []
        keyed = sorted((key.encode(), cid) for key, cid in self.values.items())
        self.root = self._node([(k, v, layer(k)) for k, v in keyed]) or self.add(cbor({"e": [], "l": None}))

    def add(self, block: bytes) -> Cid:
        cid = Cid.of(block)
        self.blocks[cid.raw] = block
        return cid

    def _node(self, keyed: list[tuple[bytes, Cid, int]]) -> Cid | None:
        """The tree over these keys: the highest in this node, what lies between them in subtrees."""
        if not keyed:
            return None
        top = max(level for _, _, level in keyed)
        left: Cid | None = None
        listed: list[dict[str, Any]] = []
        between: list[tuple[bytes, Cid, int]] = []
        before = b""

        def close() -> None:
            nonlocal left, between
            below = self._lower(between, top)
            between = []
            if listed:
                listed[-1]["t"] = below
            else:
                left = below

        for key, cid, level in keyed:
            if level < top:
                between.append((key, cid, level))
                continue
            close()
            shared = 0
            while shared < min(len(before), len(key)) and before[shared] == key[shared]:
                shared += 1
            listed.append({"p": shared, "k": key[shared:], "v": cid, "t": None})
            before = key
        close()
        self.nodes.append(self.add(cbor({"e": listed, "l": left})))
        return self.nodes[-1]

    def _lower(self, keyed: list[tuple[bytes, Cid, int]], top: int) -> Cid | None:
        """A subtree one level down, through empty nodes where no key lies on the levels between."""
        node = self._node(keyed)
        for _ in range(max((level for _, _, level in keyed), default=top - 1), top - 1):
            node = self.add(cbor({"e": [], "l": node}))
            assert node is not None
            self.nodes.append(node)
        return node

    def commit(self, version: int = 3, rev: str | None = None) -> Cid:
        fields: dict[str, Any] = {"did": self.did, "data": self.root, "sig": b"\x07" * 64, "version": version}
        if version == 3:
            fields |= {"rev": rev or tid("2024-11-05T09:00:00Z"), "prev": None}
        else:
            fields["prev"] = Cid.of(b"an earlier commit")
        return self.add(cbor(fields))

    def car(self, version: int = 3, rev: str | None = None, without: Iterable[Cid] = (), stale: Iterable[bytes] = ()) -> bytes:
        """The file. `without` blocks are left out; `stale` blocks are put in although nothing leads to them."""
        top = self.commit(version, rev)
        out = [frame(cbor({"roots": [top], "version": 1}))]
        left_out = {cid.raw for cid in without}
        tree = [cid.raw for cid in reversed(self.nodes)]
        first = dict.fromkeys((top.raw, *tree))
        ordered = [*first, *(raw for raw in self.blocks if raw not in first)]
        out += [frame(raw + self.blocks[raw]) for raw in ordered if raw not in left_out]
        out += [frame(Cid.of(block).raw + block) for block in stale]
        return b"".join(out)


def frame(data: bytes) -> bytes:
    return varint(len(data)) + data


def post(text: str, at: str, **more: Any) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": at, **more}


def about(kind: str, subject: Any, at: str, **more: Any) -> dict[str, Any]:
    return {"$type": kind, "subject": subject, "createdAt": at, **more}


def ref(uri: str) -> dict[str, str]:
    return {"uri": uri, "cid": "bafyreiinvented"}


def link(start: int, end: int, uri: str) -> dict[str, Any]:
    return {
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": uri}],
    }


POST, LIKE, REPOST = "app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.feed.repost"
FOLLOW, BLOCK, LIST = "app.bsky.graph.follow", "app.bsky.graph.block", "app.bsky.graph.list"
KITS = f"at://{KIT}/{POST}/3kzzzzzzzzz2a"


def key(kind: str, at: str) -> str:
    return f"{kind}/{tid(at)}"


def recent() -> dict[str, dict[str, Any]]:
    """An account of 2024 with every kind of record that Bluesky's own app makes."""
    t = "2024-09-0{}T10:00:00.000Z".format
    own_list = f"at://{DID}/{LIST}/{tid(t(1))}"
    own_post = f"at://{DID}/{POST}/{tid(t(1))}"
    quote = {"$type": "app.bsky.embed.record", "record": ref(KITS)}
    shown = {"$type": "app.bsky.embed.images", "images": [{"alt": "A hedge in fog", "image": blob()}]}
    card = {"uri": "https://tea.example/kettles", "title": "Kettles", "description": "All about kettles", "thumb": blob()}
    return {
        "app.bsky.actor.profile/self": {
            "$type": "app.bsky.actor.profile",
            "displayName": "Wren Ashdown",
            "description": "Tea first.",
            "website": "https://wren.example",
            "pronouns": "she/her",
            "avatar": blob(),
            "labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]},
        },
        "app.bsky.actor.status/self": {
            "$type": "app.bsky.actor.status",
            "status": "app.bsky.actor.status#live",
            "embed": {"$type": "app.bsky.embed.external", "external": {"uri": "https://stream.example/wren"}},
            "createdAt": t(9),
        },
        key(POST, t(1)): post("Tea and toast", t(1), langs=["en"]),
        key(POST, t(2)): post(
            "naïve @kit see tea.example/abc…",
            t(2),
            facets=[
                {
                    "index": {"byteStart": 7, "byteEnd": 11},
                    "features": [{"$type": "app.bsky.richtext.facet#mention", "did": KIT}],
                },
                link(16, 34, "https://tea.example/abcdefgh"),
            ],
        ),
        key(POST, t(3)): post("No, you are", t(3), reply={"root": ref(own_post), "parent": ref(KITS)}),
        key(POST, t(4)): post("", t(4), embed=shown),
        key(POST, t(5)): post("Look at this", t(5), embed=quote, tags=["quotes"]),
        key(POST, t(6)): post("Both", t(6), embed={"$type": "app.bsky.embed.recordWithMedia", "record": quote, "media": shown}),
        key(POST, t(7)): post("A card", t(7), embed={"$type": "app.bsky.embed.external", "external": card}),
        key(POST, t(8)): post(
            "Moving",
            t(8),
            embed={"$type": "app.bsky.embed.video", "video": blob("video/mp4"), "alt": "A kettle boils", "captions": []},
            labels={"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]},
        ),
        key(POST, "2024-09-08T11:00:00Z"): post(
            "Two",
            "2024-09-08T11:00:00Z",
            embed={
                "$type": "app.bsky.embed.gallery",
                "items": [{"alt": "First cup", "image": blob()}, {"alt": "", "image": blob()}],
            },
        ),
        key(POST, t(9)): post("Written elsewhere long ago", "2011-05-04T08:00:00.000Z"),
        key(REPOST, t(2)): about(REPOST, ref(KITS), t(2)),
        key(LIKE, t(3)): about(LIKE, ref(KITS), t(3)),
        key(FOLLOW, t(1)): about(FOLLOW, KIT, t(1)),
        key(BLOCK, t(2)): about(BLOCK, MAUD, t(2)),
        key(LIST, t(1)): {
            "$type": LIST,
            "purpose": "app.bsky.graph.defs#curatelist",
            "name": "People who brew",
            "description": "Leaf only.",
            "createdAt": t(1),
        },
        key("app.bsky.graph.listitem", t(2)): about("app.bsky.graph.listitem", KIT, t(2), list=own_list),
        key("app.bsky.graph.listblock", t(3)): about("app.bsky.graph.listblock", f"at://{MAUD}/{LIST}/3kyyyyyyyyy2a", t(3)),
        key("app.bsky.graph.starterpack", t(4)): {
            "$type": "app.bsky.graph.starterpack",
            "name": "Start with tea",
            "list": own_list,
            "createdAt": t(4),
        },
        key("app.bsky.graph.verification", t(5)): about(
            "app.bsky.graph.verification", KIT, t(5), handle="kit.example", displayName="Kit Oster"
        ),
        key("app.bsky.feed.generator", t(6)): {
            "$type": "app.bsky.feed.generator",
            "did": "did:web:feeds.example",
            "displayName": "Only tea",
            "description": "Nothing else",
            "createdAt": t(6),
        },
        key("app.bsky.feed.threadgate", t(1)): {
            "$type": "app.bsky.feed.threadgate",
            "post": own_post,
            "allow": [{"$type": "app.bsky.feed.threadgate#followingRule"}],
            "createdAt": t(1),
        },
        key("app.bsky.feed.postgate", t(1)): {
            "$type": "app.bsky.feed.postgate",
            "post": own_post,
            "embeddingRules": [{"$type": "app.bsky.feed.postgate#disableRule"}],
            "createdAt": t(1),
        },
        "chat.bsky.actor.declaration/self": {
            "$type": "chat.bsky.actor.declaration",
            "allowIncoming": "following",
            "allowGroupInvites": "none",
        },
        "com.germnetwork.declaration/self": {
            "$type": "com.germnetwork.declaration",
            "messageMe": {"showButtonTo": "everyone", "messageMeUrl": "https://germ.example/wren"},
        },
        "app.bsky.notification.declaration/self": {
            "$type": "app.bsky.notification.declaration",
            "allowSubscriptions": "mutuals",
        },
    }


def early() -> dict[str, dict[str, Any]]:
    """An account of the first months: version 2, entities for facets, pictures named by text, kinds given up since."""
    at = "2023-02-01T09:00:00-07:00"
    return {
        "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "Kit Oster"},
        "app.bsky.system.declaration/self": {"$type": "app.bsky.system.declaration", "actorType": "app.bsky.system.actorUser"},
        key(POST, at): post(
            "😀 see tea.example/pots...",
            at,
            entities=[
                {"index": {"start": 7, "end": 26}, "type": "link", "value": "https://tea.example/pots/blue"},
                {"index": {"start": 0, "end": 2}, "type": "mention", "value": MAUD},
            ],
            embed={
                "$type": "app.bsky.embed.images",
                "images": [{"alt": "A pot", "image": {"cid": "bafkreiinvented", "mimeType": "image/jpeg"}}],
            },
        ),
        key("app.bsky.feed.vote", at): about("app.bsky.feed.vote", ref(KITS), at, direction="up"),
        key("app.bsky.graph.confirmation", at): {
            "$type": "app.bsky.graph.confirmation",
            "originator": {"did": MAUD},
            "createdAt": at,
        },
        key(FOLLOW, at): about(FOLLOW, {"did": MAUD, "declarationCid": "bafyreiinvented"}, at),
    }


def many() -> dict[str, dict[str, Any]]:
    """Enough posts for a tree of several levels."""
    return {
        key(POST, f"2024-01-{day:02}T{hour:02}:00:00Z"): post(f"Cup {hour} of day {day}", f"2024-01-{day:02}T{hour:02}:00:00Z")
        for day in range(1, 5)
        for hour in range(6)
    }


def others() -> dict[str, dict[str, Any]]:
    """An account in which other apps keep records."""
    at = "2024-10-01T12:00:00Z"
    return {
        key(POST, at): post("Mine", at),
        key("com.whtwnd.blog.entry", at): {
            "$type": "com.whtwnd.blog.entry",
            "title": "On kettles",
            "content": "They boil.\nThen they stop.",
            "visibility": "public",
            "createdAt": at,
        },
        key("community.lexicon.calendar.rsvp", at): {
            "$type": "community.lexicon.calendar.rsvp",
            "status": "going",
            "subject": ref(f"at://{KIT}/community.lexicon.calendar.event/3l5aaaaaaaa2c"),
            "nested": [{"note": "I bring cups"}, {"see": "https://tea.example/party"}],
            "createdAt": at,
        },
    }


def spoiled() -> dict[str, dict[str, Any]]:
    """Records of unexpected shapes."""
    at = "2023-12-24T00:00:00Z"
    return {
        key(POST, at): {"$type": POST, "text": 7, "createdAt": at},
        key(LIKE, at): {"$type": LIKE, "createdAt": at},
        key(FOLLOW, at): about(FOLLOW, 7, at),
    }


def committed() -> dict[str, bytes]:
    """The files under tests/archives/, by name of their folder."""
    branching = Repository(many().items())
    gone = [branching.nodes[1], list(branching.values.values())[-1]]
    old = Repository(early().items(), KIT)
    return {
        "bluesky-2024": Repository(recent().items()).car(),
        "bluesky-2023": old.car(
            version=2, stale=[cbor(post("deleted long ago", "2023-01-01T00:00:00Z")), cbor({"e": [], "l": None})]
        ),
        "bluesky-partial": branching.car(without=gone),
        "bluesky-malformed": Repository((many() | spoiled()).items()).car()[:-700],
        "bluesky-unknown-file": Repository(others().items()).car(),
    }


if __name__ == "__main__":
    for folder, data in committed().items():
        file = Path(__file__).parent / "archives" / folder / "repo.car"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
