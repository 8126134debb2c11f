"""What a declaration says, how it looks, and what may never be in it."""

from __future__ import annotations

import getpass
import io
import platform
import re
import socket
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import declaring
import msgspec
import pytest
from docx import Document

from auditlib.declaration import (
    STATEMENTS,
    Draft,
    Invitation,
    PlatformAnswer,
    check_code,
    discussion_requested,
    draw_signature,
    missing,
    new_code,
    outcome,
    parse_invitation,
    preview,
    proof_holds,
    read_invitation,
    ready,
    render,
    sign_declaration,
    verify,
    write_declaration,
    write_invitation,
)
from auditlib.declaration.draw import MAX_BYTES, is_drawing
from auditlib.declaration.fields import private_faults, same_name
from auditlib.declaration.package import read_package
from auditlib.declaration.payload import Payload, canonical, content_hash, read_payload
from auditlib.declaration.payload_part import PART, unwrap, wrap
from auditlib.declaration.templates import versions
from auditlib.errors import DeclarationError, NotReady, Tampered, UsageError


@dataclass
class Signed:
    document: bytes
    payload: Payload


@pytest.fixture(scope="module")
def made() -> Signed:
    document = sign_declaration(declaring.payload(), strokes=declaring.strokes())
    return Signed(document, unwrap(read_package(document)[PART]))


# --- the text -------------------------------------------------------------------------------------------------------


def test_text_is_the_golden_text() -> None:
    golden = (declaring.GOLDEN / "2026-11.txt").read_text(encoding="utf-8")
    assert declaring.text(render(declaring.payload())) == golden


def test_preview_says_what_the_document_says() -> None:
    shown = [
        "\n".join(" | ".join(cell.replace("\n", " / ") for cell in row) for row in block.rows)
        if block.kind == "table"
        else {"title": "# ", "heading": "# ", "bullet": "- ", "text": ""}[block.kind] + block.text
        for block in preview(declaring.payload())
    ]
    golden = (declaring.GOLDEN / "2026-11.txt").read_text(encoding="utf-8").replace("## ", "# ")
    assert "\n".join(shown) + "\n" == golden


def test_same_payload_gives_the_same_bytes() -> None:
    assert render(declaring.payload()) == render(declaring.payload())


@pytest.mark.parametrize("version", versions())
def test_a_paper_kept_since_a_template_was_new_is_still_valid(version: str) -> None:
    verdict = verify(declaring.GOLDEN / f"{version}.docx")
    assert (verdict.verdict, verdict.reasons) == ("valid", ())


def test_school_wording_is_what_is_shown_and_signed() -> None:
    payload = declaring.payload(wording={"doubts": "If unsure, I will ask the head of year."})
    assert "If unsure, I will ask the head of year." in declaring.text(render(payload))
    assert verify(sign_declaration(payload)).checks.wording == "own"


def test_statements_the_school_leaves_out_are_named() -> None:
    shown = declaring.text(render(declaring.payload(not_asked=("families", "log-ins"))))
    assert "This school does not ask about: families, log-ins." in shown
    assert "I will not share work log-ins" not in shown


def test_platform_names_can_be_left_out() -> None:
    payload = declaring.payload(hide_platforms=True)
    shown = declaring.text(render(payload))
    assert "2 | With my downloaded archive | Complete" in shown
    assert not [name for name in ("Facebook", "Instagram", "Snapchat", "X (Twitter)") if name in shown]
    assert not re.search(rb"facebook|instagram|snapchat", canonical(payload))


def test_someone_without_accounts_can_sign() -> None:
    payload = declaring.payload(
        platforms={}, no_accounts=True, first="", last="", could_not_read=(), connections="not-applicable"
    )
    assert "I have no social media accounts." in declaring.text(render(payload))
    assert outcome(payload) == "complete"
    assert verify(sign_declaration(payload)).verdict == "valid"


# --- the document as a document -------------------------------------------------------------------------------------


def test_document_has_headings_table_headers_language_and_title(made: Signed) -> None:
    document = Document(io.BytesIO(made.document))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [
        "Who is declaring",
        "The policy",
        "What was looked at",
        "What I say",
        "Contacts, and talking to someone",
        "Statement of truth and signature",
        "What the signature shows, and what it does not",
        "If you would rather sign on paper",
        "Reference numbers, for whoever checks this document",
    ]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert 'w:lang w:val="en-GB"' in read_package(made.document)["word/styles.xml"].decode()
    assert (document.core_properties.title, document.core_properties.language) == (
        "Social media self-audit declaration",
        "en-GB",
    )


def test_drawn_signature_has_a_description(made: Signed) -> None:
    text = read_package(made.document)["word/document.xml"].decode()
    assert text.count('descr="Drawn signature of Rowan Ellery-O\'Marsh"') == 2


def test_nothing_tells_of_the_computer_or_the_person_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # names that no signature's base64 can hold by chance, as a host called "vm" does
    names = {"HOSTNAME": "host-of-the-test", "USER": "person-of-the-test", "USERNAME": "person-of-the-test"}
    for variable, name in names.items():
        monkeypatch.setenv(variable, name)
    for place, call, name in (
        (socket, "gethostname", "host-of-the-test"),
        (socket, "getfqdn", "host-of-the-test"),
        (platform, "node", "host-of-the-test"),
        (getpass, "getuser", "person-of-the-test"),
    ):
        monkeypatch.setattr(place, call, lambda *_, name=name: name)
    document = sign_declaration(declaring.payload(), strokes=declaring.strokes())
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        entries = package.infolist()
        core = package.read("docProps/core.xml").decode()
        everything = b"\n".join(package.read(entry) for entry in entries)
    assert {(e.date_time, e.create_system, e.external_attr, e.extra, e.comment) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16, b"", b"")
    }
    assert re.findall(r"<(\w+:\w+)>", core) == ["dc:title", "dc:language"]
    assert "docProps/app.xml" not in {e.filename for e in entries}
    paths = [str(path) for path in (Path.home(), Path(__file__).parent) if len(str(path)) > 4]
    traces = (*names.values(), *paths, "python-docx", "attachedTemplate", "rsid")
    assert not [word for word in traces if word.encode() in everything]


def test_file_is_named_by_its_id_alone_and_never_overwritten(made: Signed, tmp_path: Path) -> None:
    path = write_declaration(made.document, tmp_path / "exports")
    assert path == tmp_path / "exports" / f"declaration-{declaring.ID}.docx"
    assert path.read_bytes() == made.document
    with pytest.raises(DeclarationError, match="is there already"):
        write_declaration(declaring.signed(), tmp_path / "exports")
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == made.document


def test_folder_that_cannot_be_made_gives_one_sentence(made: Signed, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "exports"):
        with pytest.raises(DeclarationError, match=f"cannot be saved in the folder {folder.name}"):
            write_declaration(made.document, folder)


def test_importing_the_declaration_loads_no_document_library() -> None:
    code = "import sys, auditlib.declaration, auditlib.register; print(sorted({'docx','pandas','openpyxl'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


# --- the payload ----------------------------------------------------------------------------------------------------


def test_payload_comes_back_whole_from_the_document(made: Signed) -> None:
    expected = declaring.payload()
    signature = msgspec.structs.replace(
        expected.signature,
        key_sha256=made.payload.signature.key_sha256,
        drawing_sha256=made.payload.signature.drawing_sha256,
    )
    assert made.payload == msgspec.structs.replace(expected, signature=signature, integrity=made.payload.integrity)
    assert made.payload.integrity == content_hash(made.payload)
    assert len(made.payload.signature.drawing_sha256) == 64
    assert unwrap(wrap(made.payload)) == made.payload


def test_every_signing_has_its_own_key(made: Signed) -> None:
    other = unwrap(read_package(declaring.signed())[PART])
    assert other.signature.key_sha256 != made.payload.signature.key_sha256


def test_ids_are_fresh_for_each_payload() -> None:
    assert len({ready(declaring.draft()).declaration_id for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b'"schema":1', b'"schema":1,"unknown":1'),
        lambda data: data.replace(b'"schema":1', b'"schema":1,"schema":1'),
        lambda data: data.replace(b'"schema":1', b'"schema": 1'),
        lambda data: data.replace(b'"tick":true', b'"tick":false'),
        lambda data: data.replace(b'"language":"en-GB",', b""),
        lambda data: data.replace(b"2027-01-05", b"2027-01-05\\n"),
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: b"[" * 60_000,
        lambda data: data.replace(b"Rowan", b"\\ud800"),
        lambda data: b'"' + b"a" * 70_000,
    ],
)
def test_payload_in_any_other_form_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    data = canonical(declaring.payload())
    assert spoil(data) != data
    with pytest.raises(Tampered):
        read_payload(spoil(data))


# --- what must be answered first ------------------------------------------------------------------------------------


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(NotReady) as caught:
        ready(Draft())
    said = caught.value.missing
    assert "your full name, as on your contract" in said
    assert "the tick that says you mean your typed name as your signature" in said
    assert [s for s in said if s.startswith("an answer to: ")] == [f"an answer to: {s.wording}" for s in STATEMENTS]
    assert missing(Draft(), signing=False) == [s for s in said if "typed" not in s]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"full_name": "Rowan @rowan_m"}, "the full name seems to hold a handle or an e-mail address"),
        ({"role": "see example.co.uk/staff"}, "the job role seems to hold a web address"),
        ({"role": "TA, call 01632 960 123"}, "the job role seems to hold a telephone number"),
        ({"former_names": ("Row", "r@example.org")}, "former name 2 seems to hold a handle or an e-mail address"),
        ({"role": "T" * 121}, "the job role is longer than 120 characters"),
        ({"role": "Teacher\nof art"}, "the job role holds a line break or an invisible character"),
        ({"role": "Teacher\u202eof art"}, "the job role holds a line break or an invisible character"),
        ({"typed_name": "Somebody Else"}, "the typed name is not the full name given above"),
        ({"start_date": "5 January"}, "a date in the form 2026-11-22 for your start date"),
        ({"staff_group": "wizard"}, "the staff group: the choice is not on the list"),
        ({"answers": {"looked-back": "yes"}}, "an answer to: I have checked who can see my pages and posts."),
        ({"answers": {s.id: "not applicable" for s in STATEMENTS}}, "statement “pupils”: the answer is not one of those"),
        ({"platforms": {"x": PlatformAnswer(route="not-audited")}}, "why X (Twitter) could not be looked at"),
        ({"platforms": {"nowhere": PlatformAnswer(route="hand")}}, "line 1 of the scope: the platform is not on the list"),
        ({"platforms": {}}, "which platforms you use, or that you have no accounts"),
        ({"tick": False}, "the tick that says you mean your typed name as your signature"),
        ({"first": "2026-05", "last": "2012-01"}, "the period covered is not a first and a last month"),
        ({"connections": "maybe"}, "the connections check: the choice is not on the list"),
        ({"could_not_read": ("everything",)}, "what could not be read: the choice is not on the list"),
        ({"clauses_hash": ""}, "the clause list (the policy data of this product)"),
        ({"clauses_hash": "abc"}, "the field policy.clauses_hash is not in its form"),
        ({"invitation_id": "no id"}, "the field invitation.id is not in its form"),
        ({"role": "Teacher \ud800"}, "a field holds a character that cannot be written"),
        ({"signed_at": "yesterday"}, "the date and time of signing are not a date and time"),
    ],
)
def test_what_breaks_a_rule_is_named_before_signing(change: dict[str, object], fault: str) -> None:
    with pytest.raises(NotReady) as caught:
        ready(declaring.draft(**change))
    assert [said for said in caught.value.missing if said.startswith(fault)]


@pytest.mark.parametrize(
    "name",
    ["Seán Ó Briain-Njoku", "’t Hart", "محمد علی", "小林 さくら", "Ng", "María José de la O", "Łukasz", "A. B. St.John"],
)
def test_names_are_kept_as_they_are(name: str) -> None:
    document = sign_declaration(declaring.payload(full_name=name, former_names=(), typed_name=name))
    verdict = verify(document)
    assert verdict.payload is not None
    assert (verdict.payload.person.full_name, verdict.signers[0].name) == (name, name)
    assert name in declaring.text(document)


def test_very_long_name_can_sign() -> None:
    for name in ("Maximiliana " * 9 + "Longname", "Ǣlfþryð" * 17):
        assert verify(declaring.signed(full_name=name, typed_name=name)).verdict == "valid"


@pytest.mark.parametrize("role", ["IT/AV technician (0.6 FTE)", "Teacher, Years 10-13", "SENCO & DDSL", "Dr.", "Cover 2026/27"])
def test_ordinary_roles_are_not_taken_for_contact_details(role: str) -> None:
    assert private_faults(role, 120) == []


def test_full_width_letters_do_not_hide_a_handle() -> None:
    assert private_faults("Rowan ＠rowan", 120) != []


def test_typed_name_may_differ_in_case_spacing_and_apostrophe() -> None:
    assert same_name("Rowan  ellery-o'marsh", "Rowan Ellery‑O’Marsh")
    assert not same_name("Rowan Marsh", "Rowan Ellery-O’Marsh")


def test_words_shown_may_be_given_instead_of_ids() -> None:
    given = declaring.payload(
        staff_group="Support staff",
        answers={s.id: "I want to discuss this" for s in STATEMENTS},
        platforms={"x": PlatformAnswer(route="not audited", reason="Can't log in")},
    )
    assert given.person.staff_group == "support-staff"
    assert {s.answer for s in given.statements} == {"discuss"}
    assert (given.scope.rows[0].route, given.scope.rows[0].reason) == ("not-audited", "cannot-log-in")


# --- the outcome ----------------------------------------------------------------------------------------------------

_DISCUSS = {s.id: "yes" for s in STATEMENTS} | {"families": "discuss"}
_WAITING = {"x": PlatformAnswer(route="not-audited", reason="archive-not-arrived")}


@pytest.mark.parametrize(
    ("change", "expected", "talk"),
    [
        ({}, "complete", False),
        ({"answers": _DISCUSS}, "complete, discussion requested", True),
        ({"referral": "union-first"}, "complete, discussion requested", True),
        ({"wish": "wish-to-speak"}, "complete, discussion requested", True),
        ({"connections": "not-done"}, "partial (connections not done)", False),
        (
            {"platforms": _WAITING},
            "partial (an account is held but not looked at: archive not arrived)",
            False,
        ),
        (
            {"platforms": {"x": PlatformAnswer(route="archive", settings="not-done")}, "answers": _DISCUSS},
            "partial (privacy settings not done)",
            True,
        ),
        (
            {"platforms": {"x": PlatformAnswer(route="hand", settings="partly")}},
            "partial (privacy settings partly done)",
            False,
        ),
        (
            {"platforms": {"x": PlatformAnswer(route="not-audited", reason="prefer-to-discuss")}, "connections": "not-done"},
            "partial (an account is held but not looked at: I prefer to discuss; connections not done)",
            True,
        ),
    ],
)
def test_outcome_is_in_the_words_of_the_register(change: dict[str, object], expected: str, talk: bool) -> None:
    payload = declaring.payload(**change)
    assert (outcome(payload), discussion_requested(payload)) == (expected, talk)


# --- the drawn signature --------------------------------------------------------------------------------------------


def test_drawn_signature_is_drawn_again_with_nothing_but_the_lines() -> None:
    picture = draw_signature(declaring.strokes())
    assert picture is not None and is_drawing(picture) and len(picture) <= MAX_BYTES
    assert re.findall(rb"IHDR|tEXt|iTXt|zTXt|eXIf|tIME|pHYs|IDAT|IEND", picture) == [b"IHDR", b"IDAT", b"IEND"]


def test_nothing_drawn_is_no_picture() -> None:
    assert draw_signature([]) is None
    assert draw_signature([[]]) is None


def test_one_dot_is_a_drawing() -> None:
    dot = draw_signature([[[5, 5]]])
    assert dot is not None and is_drawing(dot)


@pytest.mark.parametrize("bad", [[[[1, float("nan")]]], [[["a", 2]]], [[[1]]], [[[1e9, 1]]], 7, [[[0, 0]] * 30_000]])
def test_strokes_that_are_no_drawing_are_refused(bad) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DeclarationError, match="Clear it and draw it again"):
        draw_signature(bad)


def test_densest_scribble_stays_small() -> None:
    scribble = [[[(i * 37) % 580, (i * 91) % 160] for i in range(200)]]
    picture = draw_signature(scribble)
    assert picture is not None and len(picture) <= MAX_BYTES
    with pytest.raises(DeclarationError, match="too detailed"):
        draw_signature(scribble * 10)


def test_other_pictures_are_not_drawings() -> None:
    picture = draw_signature(declaring.strokes())
    assert picture is not None
    assert not is_drawing(picture + b"more")
    assert not is_drawing(picture[:-1])
    assert not is_drawing(picture[:60] + bytes([picture[60] ^ 1]) + picture[61:])
    assert not is_drawing(b"GIF89a")


# --- invitations ----------------------------------------------------------------------------------------------------

INVITED = "b" * 26


def _invitation(**changes: object) -> Invitation:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    certificate = declaring.authority()[1]
    fields: dict[str, object] = {
        "id": INVITED,
        "expires": "2026-12-31",
        "policy_version": "2018",
        "school": '[school]\nname = "Example Hill School"\n',
        "ca_certificate": certificate.public_bytes(Encoding.PEM).decode(),
        "ca_fingerprint": certificate.fingerprint(hashes.SHA256()).hex(),
        "person_name": "Rowan Ellery-O’Marsh",
    }
    return Invitation(**(fields | changes))  # type: ignore[arg-type]


def test_invitation_file_comes_back_whole(tmp_path: Path) -> None:
    invitation = _invitation()
    path = tmp_path / "rowan.invitation.json"
    path.write_bytes(write_invitation(invitation))
    assert read_invitation(path, today=date(2026, 12, 31)) == invitation


def test_ended_invitation_gets_a_plain_sentence() -> None:
    with pytest.raises(DeclarationError, match=r"This invitation ended on 31 December 2026\. Ask HR for a new one"):
        parse_invitation(write_invitation(_invitation()), today=date(2027, 1, 1))


@pytest.mark.parametrize(
    "change",
    [{"ca_fingerprint": "0" * 64}, {"ca_certificate": "none"}, {"school": "= ="}, {"id": "../x"}, {"expires": "2026-02-31"}],
)
def test_spoiled_invitation_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DeclarationError, match="cannot be used"):
        parse_invitation(write_invitation(_invitation(**change)), today=date(2026, 11, 1))


def test_invitation_with_an_unknown_field_is_refused() -> None:
    data = write_invitation(_invitation()).replace(b'"format"', b'"more": 1, "format"')
    with pytest.raises(DeclarationError, match="cannot be used"):
        parse_invitation(data, today=date(2026, 11, 1))


def test_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    plain = check_code(code)
    assert len(plain) == 16
    assert check_code(code.lower().replace("-", " ")) == plain
    assert check_code(code.replace("0", "o").replace("1", "l")) == plain


def test_every_single_slip_in_a_code_is_noticed() -> None:
    plain = new_code().replace("-", "")
    for place in range(len(plain)):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if other != plain[place]:
                with pytest.raises(UsageError, match="mistyped"):
                    check_code(plain[:place] + other + plain[place + 1 :])
    for place in range(len(plain) - 2):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        if swapped != plain:
            with pytest.raises(UsageError, match="mistyped"):
                check_code(swapped)


def test_mistyped_code_is_not_repeated_to_the_screen() -> None:
    with pytest.raises(UsageError) as caught:
        check_code("SECRETSECRET")
    assert "SECRET" not in str(caught.value).upper()


def test_declaration_with_an_invitation_needs_its_code() -> None:
    with pytest.raises(NotReady, match="one-time code"):
        sign_declaration(declaring.payload(invitation_id=INVITED))


def test_code_ties_the_document_to_the_invitation() -> None:
    code, other = new_code(), new_code()
    document = sign_declaration(declaring.payload(invitation_id=INVITED), code=code.lower())
    assert code.encode() not in document
    assert check_code(code).encode() not in b"".join(read_package(document).values())
    assert verify(document).checks.invitation == "not checked"
    assert verify(document, codes={INVITED: code}).verdict == "valid"
    wrong = verify(document, codes={INVITED: other})
    assert (wrong.verdict, wrong.reasons) == ("not valid", ("it was not made with the code of this invitation",))


def test_proof_is_bound_to_key_and_content() -> None:
    code = new_code()
    payload = unwrap(read_package(sign_declaration(declaring.payload(invitation_id=INVITED), code=code))[PART])
    assert not proof_holds(code, payload, b"another key")
    assert not proof_holds(code, declaring.payload(), b"another key")
