"""Whatever a chat holds, written as a phone writes it, comes back as the same messages: none glued, none dropped."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.platforms import _whatsapp_lines as lines
from auditlib.platforms._whatsapp_messages import Told, messages
from auditlib.platforms._whatsapp_scan import Chat, scan
from auditlib.records import Conversation

# Names as people have them; what WhatsApp itself writes, and what its notices say, are the traps' business.
NAMES = ("Sam", "Jo Penrose", "Kit Øster", "Maud 🦦", "Dr: Quill", "O'Hara (mum)", "+44 7700 900123", "John-John", "Ünal 12:30")
# no direction marks (stripped on purpose), no lone surrogates (no UTF-8), no CR (a line end's part)
LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff")
WORDS = st.text(LETTERS, max_size=40).filter(lambda w: "<" not in w and "(" not in w and "http" not in w)
TEXTS = st.lists(
    st.one_of(WORDS, st.sampled_from(["", "see: this", "07:15 - x", "12/05/2021 no head", "a\u2028b\u0085c", "] - : "])),
    min_size=1,
    max_size=4,
).map("\n".join)
CHATS = st.lists(st.tuples(st.sampled_from(NAMES), TEXTS, st.integers(0, 200_000)), min_size=2, max_size=30)

LAYOUTS = {
    "iphone": ("[%d/%m/%Y, %H:%M:%S] ", "\r\n"),
    "android": ("%d/%m/%Y, %H:%M - ", "\n"),
    "us": ("%m/%d/%y, %I:%M\u202f%p - ", "\n"),
    "german": ("%d.%m.%y, %H:%M - ", "\n"),
    "iso": ("[%Y-%m-%d, %H:%M:%S] ", "\n"),
}


def plain(text: str) -> bool:
    """Whether a text is nobody's but the person's: WhatsApp's own phrases have meanings of their own."""
    return not any(w in text.lower() for w in ("omitted", "deleted", "call", "location", "null", "poll"))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=40, deadline=None)
@given(chat=CHATS, chunk=st.integers(64, 800))
def test_a_written_chat_comes_back_whole(layout, chat, chunk):
    head, end = LAYOUTS[layout]
    moment, told = datetime(2021, 12, 13, 7, 15), []
    out = []
    # each person speaks plainly first, so that a name with a colon recurs and the day is over twelve
    opening = [(name, "hello", 1) for name in NAMES for _ in range(2)]
    for name, text, seconds in [*opening, *((n, t, s) for n, t, s in chat if plain(t))]:
        moment += timedelta(seconds=seconds)
        written = moment.replace(second=moment.second if "%S" in head else 0)
        out.append(f"{moment.strftime(head)}{name}: {text}\n".replace("\n", end))
        told.append((written.isoformat(), name, text))
    data = "".join(out).encode()
    old, lines.CHUNK = lines.CHUNK, chunk
    try:
        found = lines.layout_of(data[:65536])
        assert found is not None
        one = Chat("_chat.txt", found[0], "Choir")
        scan(BytesIO(data), one, set())
        talk = Conversation("c", "Choir", one.participants, one.group)
        read = list(messages(BytesIO(data), one, Told(None, frozenset(), talk, {}, {}, None)))
    finally:
        lines.CHUNK = old
    assert [(i.at, i.author_name, i.text) for i in read] == told
    assert len({i.key for i in read}) == len(read)
