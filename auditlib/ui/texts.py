"""The longer texts of the pages: the privacy notice, what the policy says, how to ask for a download.

The words follow domain.md: plain English, no blame, whose decision it is, what is kept and what never is.
"""

from __future__ import annotations

from typing import Any

from .. import platforms, policy

Section = dict[str, Any]

RECEIVED = (
    "your name as on your contract, your job role, start date and staff group",
    "which policy this is about, and which platforms you looked at and how (you can choose to give numbers, not names)",
    "your answer to each statement: yes, not applicable, or that you want to discuss it",
    "whether the settings and connections were gone through, and whether you want to speak to someone",
    "your typed or drawn signature, with the date and time",
)
NEVER = (
    "anything you posted, wrote, liked or were sent, and any picture or link",
    "your user names, passwords, phone number or e-mail address",
    "the names of your friends, family, pupils, parents or colleagues",
    "how many posts were listed here, for what reason, or what you decided about them",
    "anything about health, religion, politics, union, sexuality or convictions",
)

NOT_IN_THE_WALK = (
    "At school, personal social media is used only on your own device, in the staff room, outside lessons.",
    "School devices are used for it only if a senior leader has allowed it. Using it too much can be a disciplinary matter.",
    "Parents must not post pictures from school events that show other people's children.",
    "Bullying by a pupil is dealt with under the anti-bullying policy.",
    "What parents say online about the school is answered by the governing body, not by you.",
)


def downloads() -> list[dict[str, Any]]:
    """Return how to ask each platform for its download: name, where, steps, and what is known of waiting and expiry."""
    titles = platforms.titles()
    return [{"platform": titles[name]} | asking._asdict() for name, asking in platforms.asking().items()]


def privacy_notice(school: policy.School) -> list[Section]:
    """Return the one-page privacy notice for this school as sections: title, paragraphs, list."""
    name, contacts, kept = school.school.name, school.contacts, school.retention
    return [
        {
            "title": "Who is responsible",
            "lines": [
                "While you work on these pages, you are. Everything is on this computer and for your eyes only.",
                f"Once you hand in the declaration, {name} is the controller of it. Questions about data protection go "
                f"to {contacts.dpo or 'the school’s data protection officer (DPO)'}.",
            ],
        },
        {"title": "What the school receives, and only if you hand it in", "list": list(RECEIVED)},
        {"title": "What the school never receives", "list": list(NEVER)},
        {
            "title": "Why, and on what legal ground",
            "lines": [
                "To record that the look back the policy asks for before starting was done and understood. It does not "
                "assess your character, it is not an online search of you, and it does not decide whether you are "
                "hired.",
                "State-funded schools usually rely on their public task to keep children safe; other schools on a "
                "legitimate interest. The school's own privacy notice says which. It is not based on consent.",
            ],
        },
        {
            "title": "Who sees it",
            "lines": [
                "The named people in HR. The headteacher or the safeguarding lead only if you ask to speak to them. "
                "An inspector may see that a row exists, not the document.",
            ],
        },
        {
            "title": "How long it is kept",
            "lines": [
                f"The declaration: {kept.declaration or 'usually until your induction or probation ends'}. "
                f"The row in the register: {kept.register or 'usually until you leave'}.",
                "If the offer falls through, it is deleted at once.",
            ],
        },
        {
            "title": "Your rights",
            "lines": [
                "You keep a copy. You can ask to see what is held, put it right with a new declaration, or object. You "
                "can complain to the school, which has to acknowledge it within 30 days, and then to the Information "
                "Commissioner's Office (ICO).",
                "No one may ask for your passwords or user names, or ask you to open your account in front of them.",
                "You may do this on paper instead, without this program. That has no effect on how you are treated.",
                "Nothing is sent by itself. Handing in the declaration is something you do yourself.",
            ],
        },
    ]


def policy_says(school: policy.School) -> dict[str, Any]:
    """Return the policy's name and every clause with what it asks, in the school's own words where it has any."""
    info = school.policy
    clauses = []
    for id_, clause in policy.load_policy().clauses.items():
        choice = school.clauses.get(id_)
        if id_ == "safeguarding" or (choice is not None and not choice.on):
            continue
        clauses.append({"title": clause.title, "asks": (choice.wording if choice else "") or clause.asks})
    dated = ", ".join(part for part in (info.version and f"version {info.version}", info.date) if part)
    return {
        "title": f"{info.title or 'Social media policy'}, {school.school.name}" + (f" ({dated})" if dated else ""),
        "clauses": clauses,
        "also": list(NOT_IN_THE_WALK),
    }
