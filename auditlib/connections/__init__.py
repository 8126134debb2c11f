"""Who is linked to the person, and how: suggestions from private conversations and names, one row per person, local
name matching. Everything here is a guess to look at, shown with the words it rests on; the person decides.

    ConversationWatch(me_names).feed(item); .findings(); .talks()   who is on the other side of private conversations
    suggest(connection, context) -> (suggestion, evidence)           from a name or user name alone
    people(connections, conversations, context) -> list[Person]      one row per person, likely pupils and parents first
    match_names(typed, people) -> list[NameMatch]                     a list of names against those rows, in memory only
"""

from __future__ import annotations

from auditlib.connections.hints import Context, suggest
from auditlib.connections.merge import people
from auditlib.connections.names import NameMatch, match_names
from auditlib.connections.watch import ConversationWatch, Talk

__all__ = ["Context", "ConversationWatch", "NameMatch", "Talk", "match_names", "people", "suggest"]
