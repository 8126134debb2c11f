"""The sample's WhatsApp chats: one exported from an iPhone, one from the Android phone she had before."""

from __future__ import annotations

from auditlib.sample import people, words
from auditlib.sample.package import Files, picture
from auditlib.sample.words import ME, Line, Thread

_MARK = "\u200e"  # left-to-right mark: WhatsApp puts it before what it wrote itself
_SECRET = "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."
_SYSTEM, _PICTURE, _DELETED = "+", "*image*", "*deleted*"


def iphone() -> Files:
    """Return the group of her pupils, as an iPhone exports it: seconds, square brackets, CRLF."""
    thread = _thread("iphone")
    made = [f"[{thread.lines[0].at:%d/%m/%Y, %H:%M:%S}] {thread.title}: {_MARK}{_SECRET}"]
    pictures: Files = {}
    for number, line in enumerate(thread.lines, 2):
        head = f"[{line.at:%d/%m/%Y, %H:%M:%S}] {_author(line) or thread.title}: "
        if line.middle == _SYSTEM:
            made.append(f"{_MARK}{head}{_MARK}{line.text}")
        elif line.text == _PICTURE:
            name = f"{number:08}-PHOTO-{line.at:%Y-%m-%d-%H-%M-%S}.jpg"
            pictures[name] = picture(number)
            made.append(f"{_MARK}{head}{_MARK}<attached: {name}>")
        elif line.text == _DELETED:
            made.append(f"{_MARK}{head}{_MARK}You deleted this message.")
        else:
            made.append(head + line.text)
    return {"_chat.txt": ("\r\n".join(made) + "\r\n").encode(), **pictures}


def android() -> Files:
    """Return the chat with a parent, as an Android phone exports it: minutes, a hyphen, system lines without an author."""
    thread = _thread("android")
    made: list[str] = []
    pictures: Files = {}
    for line in thread.lines:
        author = _author(line)
        text = line.text
        if text == _PICTURE:
            name = f"IMG-{line.at:%Y%m%d}-WA{len(pictures) + 1:04}.jpg"
            pictures[name] = picture(len(pictures))
            text = f"{_MARK}{name} (file attached)"
        made.append(f"{line.at:%d/%m/%Y, %H:%M} - " + (f"{author}: {text}" if author else text))
    return {f"WhatsApp Chat with {thread.title}.txt": ("\n".join(made) + "\n").encode(), **pictures}


def _thread(phone: str) -> Thread:
    return next(thread for thread in words.threads("whatsapp") if thread.box == f"whatsapp-{phone}")


def _author(line: Line) -> str:
    return {ME: people.NAME, _SYSTEM: ""}.get(line.middle, line.middle)
