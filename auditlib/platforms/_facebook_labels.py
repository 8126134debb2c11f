"""The labels of Facebook's labelled values, in the languages in which they were seen."""

from __future__ import annotations

# Labels as they were seen or are likely, in lower case; anything else falls back on what looks like words.
TEXT = (
    "message", "text", "comment", "caption", "post", "status", "note", "answer", "nachricht", "beitrag", "kommentar", "bericht",
    "opmerking", "tekst", "mensaje", "comentario", "messaggio", "commento", "mensagem", "comentário", "texte", "commentaire",
    "wiadomość", "komentarz", "meddelande", "besked",
)  # fmt: skip
NAME_LABELS = ("name", "nom", "nombre", "nome", "naam", "nazwa", "namn", "navn", "full name")
TITLE = ("title", "subject", "titel", "titre", "título", "titolo", "tytuł")
LINK = ("url", "link", "lien", "enlace", "collegamento", "adresse", "adres")
PLACE = ("place name", "place tags", "place", "ort", "lieu", "lugar", "luogo", "plaats")
