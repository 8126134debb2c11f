"""WhatsApp's own words on phones in other languages: deleted, edited, left out. What is not listed stays a text as written."""

from __future__ import annotations

import re

# "You deleted this message": only the phone's owner reads that, so its author is who exported the chat.
DELETED_BY_OWNER = (
    "You deleted this message as admin", "You deleted this message", "Du hast diese Nachricht gelöscht",
    "Eliminaste este mensaje", "Vous avez supprimé ce message", "Hai eliminato questo messaggio",
    "Je hebt dit bericht verwijderd", "U hebt dit bericht verwijderd", "Você apagou esta mensagem", "Poistit tämän viestin",
    "Du raderade detta meddelande",
)  # fmt: skip
_DELETED = (
    "This message was deleted", "Diese Nachricht wurde gelöscht", "Se eliminó este mensaje", "Este mensaje fue eliminado",
    "Ce message a été supprimé", "Questo messaggio è stato eliminato", "Dit bericht is verwijderd", "Mensagem apagada",
    "Esta mensagem foi apagada", "Tämä viesti poistettiin", "Detta meddelande raderades", "Ta wiadomość została usunięta",
)  # fmt: skip
_EDITED = (
    "This message was edited", "Diese Nachricht wurde bearbeitet", "Se editó este mensaje", "Ce message a été modifié",
    "Questo messaggio è stato modificato", "Dit bericht is bewerkt", "Mensagem editada", "Esta mensagem foi editada",
)  # fmt: skip
# Android, in the place of whatever was sent
_NOT_SENT_ALONG = (
    "Media omitted", "Medien ausgeschlossen", "Médias omis", "Multimedia omitido", "Media omessi", "Media weggelaten",
    "Mídia oculta", "Ficheiro não revelado", "pominięto multimedia", "Media jätettiin pois", "Medier udeladt",
    "Media har utelämnats", "Medya dahil edilmedi", "View once voice message omitted",
)  # fmt: skip

_OMITTED = (  # iPhone, after the mark: what it was, and that it was left out
    r"weggelassen|ausgelassen|omitid[oa]|omis|omise|absente?|omess[oa]|non inclus[oa]|weggelaten|ocultad[oa]|"
    r"jätettiin pois|utelämnad|udeladt|pominięt[oya]"
)
_KINDS = {
    "photo": ("bild", "imagen", "image", "immagine", "afbeelding", "imagem", "kuva", "billede", "obraz"),
    "video": ("video", "vídeo", "vidéo", "videonachricht"), "audio": ("audio", "áudio", "ääni", "ljud", "lyd"),
    "sticker": ("sticker", "figurinha", "tarra"), "gif": ("gif",),
    "file": ("dokument", "documento", "document", "asiakirja"),
    "contact": ("kontaktkarte", "kontakt", "contacto", "contact", "contatto", "contato"),
}  # fmt: skip
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}


def any_of(words: tuple[str, ...]) -> str:
    """A pattern for one of some texts."""
    return "(?:" + "|".join(map(re.escape, words)) + ")"


OWNERS = frozenset(DELETED_BY_OWNER)
BY_OWNER = any_of(DELETED_BY_OWNER)
DELETED = any_of((*DELETED_BY_OWNER, *_DELETED))
EDITED = rf"<{any_of(_EDITED)}\.?>"
LEFT_OUT = rf"<{any_of(_NOT_SENT_ALONG)}>"
# told apart before the patterns are tried: how any of the texts begins
BEGINS = frozenset(words[:5] for words in (*DELETED_BY_OWNER, *_DELETED))
_ELSEWHERE = re.compile(rf"\u200e(?P<what>[^\W\d_]+)[^\n:]{{0,20}} (?:{_OMITTED})\.?")


def omitted(text: str) -> str | None:
    """What kind of thing an iPhone in another language has left out of the export; None for any other text."""
    found = _ELSEWHERE.fullmatch(text)
    return _KIND.get(found["what"].casefold(), "unknown") if found else None
