"""The strict verifier: every way of changing a signed declaration is refused, with the reason; no bytes make it stumble."""

from __future__ import annotations

import base64
import io
import random
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import declaring
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import utils
from cryptography.hazmat.primitives.serialization import Encoding
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.declaration import Checks, Verdict, as_json, opc, render, sign_declaration, verify, verify_files
from auditlib.declaration.package import MAX_FILE, read_package
from auditlib.declaration.payload import content_hash
from auditlib.declaration.payload_part import PART, unwrap, wrap
from auditlib.errors import UsageError

SIGNATURE = "_xmlsignatures/sig1.xml"
ALL_WELL = Checks(
    package=True, signed=True, intact=True, whole=True, signer=True, payload=True, text=True, wording="default"
)


@dataclass
class Made:
    document: bytes
    parts: dict[str, bytes]


@pytest.fixture(scope="module")
def made() -> Made:
    document = sign_declaration(declaring.payload(), strokes=declaring.strokes())
    return Made(document, read_package(document))


def refused(document: bytes, reason: str) -> Verdict:
    """Assert that the document is not valid for this reason (a regular expression), and return the verdict."""
    verdict = verify(document)
    assert verdict.verdict == "not valid"
    assert [said for said in verdict.reasons if re.search(reason, said)], verdict.reasons
    assert (verdict.payload, verdict.outcome) == (None, None)
    return verdict


# --- what is valid --------------------------------------------------------------------------------------------------


def test_signed_declaration_is_valid(made: Made) -> None:
    verdict = verify(made.document)
    assert (verdict.verdict, verdict.reasons, verdict.checks, verdict.outcome) == ("valid", (), ALL_WELL, "complete")
    assert [(s.name, s.signed_at, s.role) for s in verdict.signers] == [
        ("Rowan Ellery-O'Marsh", "2026-11-22T16:05:09+00:00", "declarant")
    ]


def test_zip_written_again_with_the_same_parts_is_valid(made: Made) -> None:
    assert verify(declaring.repack(made.parts)).verdict == "valid"


def test_opened_and_saved_unchanged_by_python_docx_is_valid(made: Made) -> None:
    saved = io.BytesIO()
    Document(io.BytesIO(made.document)).save(saved)
    assert saved.getvalue() != made.document
    assert verify(saved.getvalue()).verdict == "valid"


def test_edited_core_properties_change_nothing(made: Made) -> None:
    edited = declaring.changed(made.document, opc.CORE, lambda data: data.replace(b"Social media", b"Another"))
    assert verify(edited).checks == ALL_WELL


def test_json_line_has_the_fields_of_the_contract(made: Made, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(made.document)
    (tmp_path / "b.docx").write_bytes(b"no")
    lines = [as_json(v) for v in verify_files([tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.docx"])]
    assert [(Path(str(line["file"])).name, line["verdict"], line["reasons"]) for line in lines] == [
        ("a.docx", "valid", []),
        ("b.docx", "not valid", ["the file does not begin as a .docx does"]),
        ("c.docx", "not valid", ["there is no such file"]),
    ]
    assert msgspec.json.decode(msgspec.json.encode(lines[0]))["checks"] == msgspec.structs.asdict(ALL_WELL)


# --- changes after signing ------------------------------------------------------------------------------------------


def _signed_parts() -> list[str]:
    return [
        "customXml/_rels/item1.xml.rels",
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/media/image1.png",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_list_of_signed_parts_in_these_tests_is_whole(made: Made) -> None:
    manifest = re.findall(rb'URI="/([^?"]+)\?', made.parts[SIGNATURE])
    assert sorted(name.decode() for name in manifest) == sorted([*_signed_parts(), "_rels/.rels"])


@pytest.mark.parametrize("name", [*_signed_parts(), "_rels/.rels", SIGNATURE, "_xmlsignatures/_rels/origin.sigs.rels"])
def test_any_one_byte_changed_in_a_signed_part_is_noticed(made: Made, name: str) -> None:
    data, dice = made.parts[name], random.Random(name)
    for _ in range(25):
        place = dice.randrange(len(data))
        spoiled = data[:place] + bytes([data[place] ^ (1 << dice.randrange(7))]) + data[place + 1 :]
        if name.endswith(".rels") and _same_links(data, spoiled):
            continue  # white space between links, the XML declaration: not part of what the links say
        if name == SIGNATURE and place < data.index(b"<Signature"):
            continue  # the XML declaration
        verdict = verify(declaring.repack(made.parts | {name: spoiled}))
        assert verdict.verdict == "not valid", (name, place)
        assert verdict.reasons


def _same_links(one: bytes, other: bytes) -> bool:
    try:
        return opc.relationships(one, "") == opc.relationships(other, "")
    except Exception:  # not readable any more: surely not the same
        return False


def test_one_word_changed_is_named_as_the_text(made: Made) -> None:
    spoiled = declaring.changed(made.document, "word/document.xml", lambda d: d.replace(b"Teaching", b"Training"))
    verdict = refused(spoiled, "the text of the document was changed after signing")
    assert (verdict.checks.intact, verdict.checks.text) == (False, False)


def test_swapped_payload_is_refused(made: Made) -> None:
    other = unwrap(read_package(declaring.signed(full_name="Sam Other", typed_name="Sam Other"))[PART])
    verdict = refused(
        declaring.changed(made.document, PART, lambda _: wrap(other)), "machine-readable part was changed after signing"
    )
    assert verdict.checks.signer is False


def test_stripped_signature_is_refused(made: Made) -> None:
    verdict = refused(opc.write_package(declaring.unsigned_parts(made.document)), "^it is not signed$")
    assert verdict.checks == Checks(package=True, signed=False)


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        ((SIGNATURE,), "folder of signatures holds something other"),
        ((opc.ORIGIN_RELS,), "not attached"),
        ((opc.ORIGIN,), "not attached"),
        (("word/footer1.xml",), "the footer of the document was taken out after signing"),
        ((PART,), "machine-readable part is missing"),
        ((opc.TYPES,), "not a Word document"),
    ],
)
def test_missing_part_is_noticed(made: Made, gone: tuple[str, ...], reason: str) -> None:
    refused(declaring.repack({n: d for n, d in made.parts.items() if n not in gone}), reason)


def test_signature_without_the_link_to_it_is_refused(made: Made) -> None:
    links = [r for r in opc.relationships(made.parts[opc.ROOT_RELS], "") if r.type != opc.ORIGIN_REL]
    refused(declaring.repack(made.parts | {opc.ROOT_RELS: opc.write_relationships(links)}), "not attached")


ADDED = {
    "word/header1.xml": "a page header",
    "word/footer2.xml": "another page footer",
    "word/comments.xml": "comments",
    "word/footnotes.xml": "footnotes",
    "word/vbaProject.bin": "a macro",
    "word/afchunk.html": "a file inside the file",
    "word/embeddings/book.xlsx": "a file inside the file",
    "word/media/image2.png": "another picture",
    "customXml/item2.xml": "more machine-readable data",
    "docProps/app.xml": r"a part \(docProps/app.xml\)",
    "docProps/custom.xml": r"a part \(docProps/custom.xml\)",
    "notes.txt": r"a part \(notes.txt\)",
}


@pytest.mark.parametrize("name", ADDED)
def test_added_part_is_refused(made: Made, name: str) -> None:
    refused(declaring.repack(made.parts | {name: b"<x/>"}), "is not signed|another picture")


@pytest.mark.parametrize("name", ["evil.xml", "sig2.xml", "_rels/sig1.xml.rels", "origin.sigs.bak"])
def test_anything_beside_the_named_signatures_is_refused(made: Made, name: str) -> None:
    refused(declaring.repack(made.parts | {f"_xmlsignatures/{name}": b"<x/>"}), "folder of signatures holds something")


def test_added_link_is_refused(made: Made) -> None:
    for name in ("word/_rels/document.xml.rels", "_rels/.rels", "customXml/_rels/item1.xml.rels"):
        links = opc.relationships(made.parts[name], "")
        for external in (True, False):
            extra = opc.Relationship("rId99", opc.REL + "/x", "https://example.org" if external else "x.xml", external)
            spoiled = made.parts | {name: opc.write_relationships([*links, extra])}
            refused(declaring.repack(spoiled), "holds a link that is not signed")


def test_unsigned_link_types_may_not_be_used_for_more(made: Made) -> None:
    links = opc.relationships(made.parts["_rels/.rels"], "")
    second = opc.Relationship("rId98", opc.CORE_REL, "word/document.xml", False)
    refused(
        declaring.repack(made.parts | {"_rels/.rels": opc.write_relationships([*links, second])}),
        "is not the one that belongs",
    )
    moved = [r._replace(target="word/styles.xml") if r.type == opc.CORE_REL else r for r in links]
    refused(
        declaring.repack(made.parts | {"_rels/.rels": opc.write_relationships(moved)}), "is not the one that belongs"
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"document.main+xml", b"document.macroEnabled.main+xml", "the type of the text of the document was changed"),
        (b'Extension="png" ContentType="image/png"', b'Extension="png" ContentType="text/html"', "the drawn signature was"),
        (b'<Default Extension="xml"', b'<Default Extension="bin" ContentType="x/y"/><Default Extension="xml"', "content types"),
        (b'PartName="/word/footer1.xml"', b'PartName="/word/footerx.xml"', "the type of the footer"),
        (b"</Types>", b'<Override PartName="/none.xml" ContentType="x/y"/></Types>', "list of content types is not"),
        (b"</Types>", b'<Override PartName="/WORD/styles.xml" ContentType="x/y"/></Types>', "names the same part twice"),
        (b"</Types>", b"<!--hello--></Types>", "holds something that doesn't belong"),
        (b"digital-signature-origin", b"digital-signature-other", "list of content types is not"),
    ],
)
def test_changed_content_type_is_refused(made: Made, old: bytes, new: bytes, reason: str) -> None:
    assert old in made.parts[opc.TYPES]
    refused(declaring.changed(made.document, opc.TYPES, lambda data: data.replace(old, new)), reason)


# --- tricks with the zip --------------------------------------------------------------------------------------------


def test_bytes_before_or_after_the_zip_are_refused(made: Made) -> None:
    refused(b"#!/bin/sh\n" + made.document, "does not begin as a .docx does")
    refused(made.document + b"\n", "does not end where a .docx ends")
    refused(made.document[:-1], "does not end where a .docx ends")
    refused(made.document + made.document, "does not fit the file|belong to none")
    commented = io.BytesIO(made.document)
    with zipfile.ZipFile(commented, "a") as package:
        package.comment = b"hello"
    refused(commented.getvalue(), "does not end where|does not fit")


def test_shifted_zip_with_a_hidden_first_entry_is_refused(made: Made) -> None:
    hidden = declaring.repack({"word/hidden.xml": b"<x/>"})
    local = hidden[: hidden.index(b"PK\x01\x02")]
    count, _, start = struct.unpack("<HII", made.document[-12:-2])
    shifted = bytearray(local + made.document)
    at = len(local) + start
    for _ in range(count):  # every offset in the directory moved, so that lenient readers see nothing amiss
        name_size, offset = struct.unpack("<H", shifted[at + 28 : at + 30])[0], at + 42
        struct.pack_into("<I", shifted, offset, struct.unpack("<I", shifted[offset : offset + 4])[0] + len(local))
        at += 46 + name_size
    struct.pack_into("<I", shifted, len(shifted) - 6, start + len(local))
    assert zipfile.ZipFile(io.BytesIO(bytes(shifted))).testzip() is None
    refused(bytes(shifted), "belong to none of its parts")


def test_entry_hidden_between_the_parts_and_the_directory_is_refused(made: Made) -> None:
    hidden = declaring.repack({"word/hidden.xml": b"<x/>"})
    local = hidden[: hidden.index(b"PK\x01\x02")]
    start = struct.unpack("<I", made.document[-6:-2])[0]
    spoiled = made.document[:start] + local + made.document[start:-6] + struct.pack("<I", start + len(local)) + b"\0\0"
    assert zipfile.ZipFile(io.BytesIO(spoiled)).testzip() is None
    refused(spoiled, "hidden part, that its directory does not name")


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/document.xml", "[Content_Types].xml", SIGNATURE])
def test_part_that_is_there_twice_is_refused(made: Made, name: str) -> None:
    refused(declaring.repack(made.parts, [(name, b"<x/>")]), f"(?i)holds the part {re.escape(name)} twice")


@pytest.mark.parametrize("name", ["../out.xml", "/abs.xml", "word\\x.xml", "word//x.xml", "word/", "a/./b.xml", "ü.xml"])
def test_odd_part_names_are_refused(made: Made, name: str) -> None:
    refused(declaring.repack(made.parts, [(name, b"<x/>")]), "has a name that a declaration never uses|disagree|locked")


def test_headers_that_disagree_are_refused(made: Made) -> None:
    place = made.document.index(b"word/styles.xml")
    spoiled = made.document[:place] + b"word/stylex.xml" + made.document[place + 15 :]
    refused(spoiled, "disagree")


def test_zip_bomb_is_refused_without_being_unpacked(made: Made) -> None:
    refused(declaring.repack(made.parts, [("bomb.xml", b"\0" * 5_000_000)]), "far larger than any part")
    many = [(f"p{n}.xml", b"") for n in range(200)]
    refused(declaring.repack(made.parts, many), "does not fit the file")
    refused(b"PK\x03\x04" + b"\0" * (MAX_FILE + 1), "far larger than a declaration")


def test_entry_that_lies_about_its_size_is_refused(made: Made) -> None:
    bomb = bytearray(declaring.repack({"a.xml": b"\0" * 3_000_000}))
    for at in (22, bomb.index(b"PK\x01\x02") + 24):
        struct.pack_into("<I", bomb, at, 10)
    refused(bytes(bomb), "damaged")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "^the file is empty$"),
        (b"Dear HR", "does not begin"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password"),
        (b"PK\x05\x06" + b"\0" * 18, "empty zip"),
        (b"{\\rtf1", "rich text"),
    ],
)
def test_other_kinds_of_file_are_named(data: bytes, reason: str) -> None:
    refused(data, reason)


def test_other_word_documents_are_not_signed() -> None:
    plain = io.BytesIO()
    Document().save(plain)
    refused(plain.getvalue(), "^it is not signed$")


def _mark(document: bytes, flags: int, extra: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    """Return the document as other programs write zips: with these flags, extra fields, and parts of their own."""
    made = io.BytesIO()
    parts = {name: data for name, data in read_package(document).items() if flags == 0 or not name.startswith("_xml")}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (parts | (more or {})).items():
            info = zipfile.ZipInfo(name)
            info.extra, info.compress_type = extra, zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    data = bytearray(made.getvalue())
    at = struct.unpack("<I", data[-6:-2])[0]
    while data[at : at + 4] == b"PK\1\2":
        local = struct.unpack("<I", data[at + 42 : at + 46])[0]
        data[at + 8] |= flags
        data[local + 6] |= flags
        at += 46 + sum(struct.unpack("<3H", data[at + 28 : at + 34]))
    return bytes(data)


def test_document_saved_again_by_an_office_program_is_told_so(made: Made) -> None:
    """Word writes flags 2 and 4 and pads its parts with extra fields; it drops the signature when it saves."""
    refused(_mark(made.document, 6, more={"docProps/app.xml": b"<x/>"}), "^it is not signed: it was saved again by Word")
    refused(_mark(made.document, 0, b"UT\0\0"), "^it was saved or packed again by another program")


# --- tricks with the XML --------------------------------------------------------------------------------------------

BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("name", ["word/document.xml", SIGNATURE, opc.TYPES, "_rels/.rels", PART, opc.CORE])
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda d: re.sub(rb"^(<\?xml.*?\?>)?", rb"\1" + BOMB.replace(b"\\", b"\\\\"), d, count=1), "type definition"),
        (lambda d: d.decode().encode("utf-16"), "encoding that a declaration never uses"),
        (lambda d: b'<?xml version="1.0" encoding="UTF-7"?>' + d[d.index(b"?>") + 2 :], "encoding that a declaration"),
        (lambda d: b"<a>" * 100_000, "not well-formed"),
        (lambda d: b'<a b="' + b"x" * 900_000, "not well-formed|far too long"),
    ],
)
def test_hostile_xml_is_refused(made: Made, name: str, spoil: Callable[[bytes], bytes], reason: str) -> None:
    refused(declaring.changed(made.document, name, spoil), reason)


def _signature(made: Made, old: bytes, new: bytes) -> bytes:
    assert old in made.parts[SIGNATURE], old
    return declaring.changed(made.document, SIGNATURE, lambda data: data.replace(old, new, 1))


def test_signature_value_in_der_is_refused(made: Made) -> None:
    value = re.search(rb"<SignatureValue>([^<]+)<", made.parts[SIGNATURE])
    assert value is not None
    raw = base64.b64decode(value[1])
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    refused(_signature(made, value[1], base64.b64encode(der)), "does not fit what it signs")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1"),
        (b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#ecdsa-sha1"),
        (b"2001/04/xmldsig-more#ecdsa-sha256", b"2000/09/xmldsig#hmac-sha1"),
        (b"TR/2001/REC-xml-c14n-20010315", b"TR/1999/REC-xslt-19991116"),
        (b"package/2006/RelationshipTransform", b"package/2006/OtherTransform"),
    ],
)
def test_methods_that_are_not_on_the_list_are_refused(made: Made, old: bytes, new: bytes) -> None:
    refused(_signature(made, old, new), "method that is not allowed")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"</Signature>", b"<Object><x>hidden</x></Object></Signature>", "something that is not signed"),
        (b"</Signature>", b"hidden</Signature>", "not in the shape"),
        (b"</Signature>", b"<!--hidden--></Signature>", "comments or instructions"),
        (b"</KeyInfo>", b"<KeyName>x</KeyName></KeyInfo>", "exactly once"),
        (b"</xd:QualifyingProperties>", b"<xd:UnsignedProperties/></xd:QualifyingProperties>", "something that is not signed"),
        (b'Id="idOfficeObject"', b'Id="idPackageObject"', "same name for two"),
        (b'URI="#idOfficeObject"', b'URI="https://example.org"', "signs something outside itself"),
        (b'URI="#idOfficeObject"', b'URI=""', "signs something outside itself"),
        (b"<SignatureValue>", b"<SignatureValue>!", "cannot be read"),
        (b"<X509Certificate>MI", b"<X509Certificate>AA", "certificate in the signature cannot be read"),
        (b"<Manifest>", b"<Manifest><Reference/>", "not in order"),
        (b"Declaration abc", b"Declaration xyz", "details of the signature were changed"),
        (b"2026-11-22T16:05:09Z", b"2026-11-21T16:05:09Z", "details of the signature were changed|one time"),
    ],
)
def test_changes_within_the_signature_are_refused(made: Made, old: bytes, new: bytes, reason: str) -> None:
    refused(_signature(made, old, new), reason)


def test_manifest_moved_out_of_what_is_signed_is_refused(made: Made) -> None:
    """Wrapping: the signed object stays, emptied of meaning, and another list of parts is put beside it."""
    data = made.parts[SIGNATURE]
    manifest = data[data.index(b"<Manifest>") : data.index(b"</Manifest>") + len(b"</Manifest>")]
    wrapped = data.replace(b"</Signature>", b"<Object>" + manifest + b"</Object></Signature>")
    refused(declaring.repack(made.parts | {SIGNATURE: wrapped}), "something that is not signed")


def test_certificate_of_someone_else_is_noticed(made: Made) -> None:
    other = read_package(declaring.signed())[SIGNATURE]
    theirs = re.search(rb"<X509Certificate>([^<]+)<", other)
    mine = re.search(rb"<X509Certificate>([^<]+)<", made.parts[SIGNATURE])
    assert mine is not None and theirs is not None
    verdict = refused(_signature(made, mine[1], theirs[1]), "signature does not fit")
    assert "the signature names another certificate than the one it was made with" in verdict.reasons


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'Target="#idPackageSignature"><xd:', b'Target="#other"><xd:', "something that is not signed"),
        (b'Id="idPackageSignature"', b'Id="other"', "something that is not signed"),
        (b"<SignatureValue>", b"<SignatureValue><![CDATA[]]>", "CDATA"),
        (b"version='1.0'", b"version='1.1'", "not as XML 1.0"),
        (b"<?xml", b"\xef\xbb\xbf<?xml", "encoding"),
    ],
)
def test_changes_around_what_is_signed_are_refused(made: Made, old: bytes, new: bytes, reason: str) -> None:
    refused(_signature(made, old, new), reason)


def test_objects_of_the_signature_in_another_order_are_refused(made: Made) -> None:
    office = re.search(rb'<Object Id="idOfficeObject">.*?</Object>', made.parts[SIGNATURE])
    assert office is not None
    moved = made.parts[SIGNATURE].replace(office[0], b"").replace(b"</Signature>", office[0] + b"</Signature>")
    refused(declaring.repack(made.parts | {SIGNATURE: moved}), "not written as self-audit writes it")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (opc.ORIGIN_RELS, b'Id="rId1"', b'Id="rIe1"'),
        (opc.ORIGIN_RELS, b'Target="sig1.xml"', b'Target="//_xmlsignatures/sig1.xml"'),
        (opc.ROOT_RELS, b'Target="_xmlsignatures/origin.sigs"', b'Target="x/../_xmlsignatures/origin.sigs"'),
        (opc.ROOT_RELS, b'Target="_xmlsignatures/origin.sigs"', b'Target="//_xmlsignatures/origin.sigs"'),
        (opc.ROOT_RELS, b'Id="rId3"', b'Id="rId9"'),
        (opc.ROOT_RELS, b"<Relationships", b"<?hidden words?><Relationships"),
        (opc.ROOT_RELS, b"</Relationships>", b"</Relationships><!--hidden words-->"),
        (opc.TYPES, b"</Types>", b"</Types><!--hidden words-->"),
        (opc.TYPES, b"encoding='UTF-8'", b"encoding='utf-8'"),
    ],
)
def test_unsigned_lists_are_in_their_one_form(made: Made, name: str, old: bytes, new: bytes) -> None:
    assert old in made.parts[name], made.parts[name]
    refused(declaring.changed(made.document, name, lambda data: data.replace(old, new, 1)), "")


@pytest.mark.parametrize("name", ["sig7.xml", "other.rels", "deeper/sig1.xml"])
def test_signature_under_another_name_is_refused(made: Made, name: str) -> None:
    parts = {opc.SIGNATURES + name if part == SIGNATURE else part: data for part, data in made.parts.items()}
    parts[opc.ORIGIN_RELS] = parts[opc.ORIGIN_RELS].replace(b"sig1.xml", name.encode())
    types = opc.content_types(parts[opc.TYPES])
    kind = types.overrides.pop("/" + SIGNATURE)
    if not name.endswith(".rels"):
        types.overrides[f"/{opc.SIGNATURES}{name}"] = kind
    refused(declaring.repack(parts | {opc.TYPES: opc.write_content_types(types)}), "not attached to the document")


def _many(made: Made, what: str) -> bytes:
    reference = re.search(rb"<Reference .*?</Reference>", made.parts[SIGNATURE])
    assert reference is not None
    swollen = {
        "types": (opc.TYPES, b"</Types>", b"".join(b'<Default Extension="x%d" ContentType="a"/>' % n for n in range(22_000))),
        "lines": ("word/document.xml", b"</w:body>", b"<w:p/>" * 150_000),
        "references": (SIGNATURE, b"</SignedInfo>", reference[0] * 2_500),
        "parts": (SIGNATURE, b"</Manifest>", b"".join(
            b'<Reference URI="/a%d?ContentType=x"><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
            b"<DigestValue>AA==</DigestValue></Reference>" % n for n in range(5_000)
        )),
    }  # fmt: skip
    links = b"".join(b'<Relationship Id="x%d" Type="a" Target="b"/>' % n for n in range(16_000))
    swollen["links"] = ("word/_rels/document.xml.rels", b"</Relationships>", links)
    name, end, more = swollen[what]
    return declaring.changed(made.document, name, lambda data: data.replace(end, more + end, 1))


@pytest.mark.parametrize("what", ["types", "lines", "references", "parts", "links"])
def test_swollen_document_is_answered_soon_and_shortly(made: Made, what: str) -> None:
    spoiled, start = _many(made, what), time.process_time()
    verdict = refused(spoiled, "")
    assert time.process_time() - start < 5  # each took minutes, or gave thousands of reasons, when it was first tried
    assert len(verdict.reasons) <= 21


# --- a signer who knows how -----------------------------------------------------------------------------------------


def attacked(made: Made, **changes: bytes | None) -> bytes:
    parts = declaring.unsigned_parts(made.document)
    for name, data in changes.items():
        if data is None:
            del parts[name]
        else:
            parts[name] = data
    return declaring.signed_by_attacker(parts)


def test_formalities_alone_are_not_what_refuses_an_attacker(made: Made) -> None:
    """The attacker's own signing works: signing the sealed text of another payload is what fails below."""
    unsealed = declaring.signed_by_attacker(_drawn_for_attacker())
    assert refused(unsealed, "text that is shown").checks == msgspec.structs.replace(ALL_WELL, text=False)


def _drawn_for_attacker() -> dict[str, bytes]:
    return read_package(render(declaring.payload()))


def test_document_signed_again_with_another_key_is_refused(made: Made) -> None:
    parts = declaring.unsigned_parts(made.document)
    refused(declaring.signed_by_attacker(parts, name_the_key=False), "not signed with the key that the declaration names")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"I will not share work log-ins or passwords.", b"I may share work log-ins or passwords."),
        (b"<w:body>", b"<w:body><w:p><w:r><w:t>One more line.</w:t></w:r></w:p>"),
        (b"<w:body>", b"<w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden line.</w:t></w:r></w:p>"),
    ],
)
def test_text_that_the_payload_does_not_say_is_refused_whoever_signs(made: Made, old: bytes, new: bytes) -> None:
    parts = declaring.unsigned_parts(made.document)
    assert old in parts["word/document.xml"]
    spoiled = parts | {"word/document.xml": parts["word/document.xml"].replace(old, new, 1)}
    verdict = refused(declaring.signed_by_attacker(spoiled), "text that is shown is not what the machine-readable part says")
    assert (verdict.checks.intact, verdict.checks.signer, verdict.checks.text) == (True, True, False)


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("word/document.xml", b"<w:body>", b"<!--hidden--><w:body>", "something hidden in it"),
        ("word/document.xml", b"<w:body>", b'<w:body><w:altChunk/>', "something hidden in it"),
        ("word/document.xml", b'<w:rStyle w:val="Strong"/>', b"<w:vanish/>", "something hidden in it"),
        ("word/styles.xml", b'w:val="1A1A1A"', b'w:val="FFFFFF"', "the styles of the document is not the one"),
        ("word/footer1.xml", b"Self-audit", b"Approved", "the footer of the document is not the one"),
        ("word/settings.xml", b"<w:zoom", b'<w:attachedTemplate r:id="rId9" xmlns:r="urn:r"/><w:zoom', "settings.xml is not"),
        ("word/settings.xml", b"<w:zoom", b'<r:x xmlns:r="r"/><w:zoom', "uses XML in a way that a declaration never does"),
        ("word/media/image1.png", b"IEND", b"IENX", "picture in the file is not a drawn signature"),
    ],
)
def test_anything_else_that_differs_is_refused_whoever_signs(
    made: Made, part: str, old: bytes, new: bytes, reason: str
) -> None:
    parts = declaring.unsigned_parts(made.document)
    assert old in parts[part]
    refused(declaring.signed_by_attacker(parts | {part: parts[part].replace(old, new, 1)}), reason)


@pytest.mark.parametrize("name", ADDED)
def test_added_part_is_refused_whoever_signs(made: Made, name: str) -> None:
    parts = declaring.unsigned_parts(made.document)
    types = opc.content_types(parts[opc.TYPES])
    types.overrides[f"/{name}"] = "application/octet-stream"
    spoiled = parts | {name: b"<x/>", opc.TYPES: opc.write_content_types(types)}
    refused(declaring.signed_by_attacker(spoiled), f"the file holds {ADDED[name]}.*not part of a declaration")


def test_link_out_of_the_file_is_refused_whoever_signs(made: Made) -> None:
    parts, name = declaring.unsigned_parts(made.document), "word/_rels/document.xml.rels"
    extra = opc.Relationship("rId77", "http://example.org/image", "https://example.org/pixel.png", True)
    links = opc.write_relationships([*opc.relationships(parts[name], ""), extra])
    refused(declaring.signed_by_attacker(parts | {name: links}), "leads outside the file")


def test_another_drawn_signature_is_refused_whoever_signs(made: Made) -> None:
    from auditlib.declaration import draw_signature

    other = draw_signature([[[0, 0], [9, 9]]])
    assert other is not None
    parts = declaring.unsigned_parts(made.document) | {"word/media/image1.png": other}
    refused(declaring.signed_by_attacker(parts), "drawn signature is not the one that the declaration names")


def test_payload_that_breaks_a_rule_is_refused_whoever_signs() -> None:
    payload = declaring.payload()
    scope = msgspec.structs.replace(payload.scope, could_not_read=("nothing-at-all",))
    broken = msgspec.structs.replace(payload, scope=scope)
    parts = read_package(render(payload)) | {PART: wrap(broken)}
    refused(declaring.signed_by_attacker(parts), "breaks a rule: what could not be read")


def test_payload_with_a_false_seal_is_refused() -> None:
    payload = declaring.payload()
    sealed = msgspec.structs.replace(payload, integrity="0" * 64)
    parts = read_package(render(sealed))
    refused(declaring.signed_by_attacker(parts, name_the_key=False), "does not fit its own seal")
    assert content_hash(sealed) == content_hash(payload)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00", "2026-13-01T00:00:00+00:00"])
def test_impossible_time_of_signing_is_named(made: Made, moment: str) -> None:
    payload = declaring.payload()
    odd = msgspec.structs.replace(payload, signature=msgspec.structs.replace(payload.signature, signed_at=moment))
    refused(declaring.changed(made.document, PART, lambda _: wrap(odd)), "breaks a rule: the date")
    assert "built in a way" not in " ".join(verify(declaring.changed(made.document, PART, lambda _: wrap(odd))).reasons)


def test_declaration_without_any_statement_is_refused_whoever_signs() -> None:
    payload = declaring.payload()
    empty = msgspec.structs.replace(payload, statements=(), not_asked=tuple(s.id for s in payload.statements))
    parts = read_package(render(empty))
    refused(declaring.signed_by_attacker(parts), "no statement is asked and answered")


def test_newer_template_asks_for_an_update() -> None:
    payload = declaring.payload()
    parts = read_package(render(payload)) | {PART: wrap(msgspec.structs.replace(payload, template="2031-01"))}
    refused(declaring.signed_by_attacker(parts), "Update self-audit and try again")


# --- further signatures ---------------------------------------------------------------------------------------------


def test_countersignature_holds_beside_the_first(made: Made) -> None:
    issuer = declaring.authority()
    both = declaring.countersigned(made.document, issuer)
    unknown = verify(both)
    assert (unknown.verdict, unknown.checks.countersigned) == ("valid", "unknown")
    assert unknown.notes == ("a further signature holds, but whose it is is unknown without the school’s CA file",)
    known = verify(both, ca=issuer[1].public_bytes(Encoding.PEM))
    assert (known.verdict, known.checks.countersigned) == ("valid", True)
    assert [(s.name, s.role, s.known, s.comment[:8]) for s in known.signers] == [
        ("Rowan Ellery-O'Marsh", "declarant", None, "Declarat"),
        ("Example Hill HR", "further", True, "received"),
    ]


def test_further_signer_of_another_school_is_refused_with_the_ca(made: Made) -> None:
    both = declaring.countersigned(made.document, declaring.authority())
    for other in (declaring.authority(), declaring.authority("Other School CA")):
        verdict = verify(both, ca=other[1].public_bytes(Encoding.PEM))
        assert (verdict.verdict, verdict.reasons) == (
            "not valid",
            ("a further signature is by someone the school does not vouch for",),
        )


def test_own_signature_alone_is_valid_with_the_ca_too(made: Made) -> None:
    assert verify(made.document, ca=declaring.authority()[1].public_bytes(Encoding.PEM)).checks == ALL_WELL


def test_further_signature_over_fewer_parts_is_refused(made: Made) -> None:
    issuer = declaring.authority()
    fewer = {n: d for n, d in made.parts.items() if not n.startswith("customXml/")}
    types = opc.content_types(fewer[opc.TYPES])
    short = read_package(declaring.countersigned(opc.write_package(fewer), issuer))
    types.overrides["/_xmlsignatures/sig2.xml"] = opc.SIGNATURE_CONTENT
    whole = made.parts | {
        "_xmlsignatures/sig2.xml": short["_xmlsignatures/sig2.xml"],
        opc.ORIGIN_RELS: short[opc.ORIGIN_RELS],
        opc.TYPES: opc.write_content_types(types),
    }
    verdict = refused(declaring.repack(whole), "the machine-readable part is not signed")
    assert verdict.checks.whole is False


def test_further_signature_that_does_not_verify_is_refused(made: Made) -> None:
    both = declaring.countersigned(made.document, declaring.authority())
    spoiled = declaring.changed(both, "_xmlsignatures/sig2.xml", lambda d: d.replace(b"received 23", b"received 13"))
    refused(spoiled, "details of the signature were changed")


def test_same_signature_twice_is_refused(made: Made) -> None:
    types = opc.content_types(made.parts[opc.TYPES])
    types.overrides["/_xmlsignatures/sig2.xml"] = opc.SIGNATURE_CONTENT
    twice = made.parts | {
        "_xmlsignatures/sig2.xml": made.parts[SIGNATURE],
        opc.ORIGIN_RELS: opc.write_relationships(opc.signature_links(2)),
        opc.TYPES: opc.write_content_types(types),
    }
    refused(declaring.repack(twice), "the same signature is there twice")


def test_files_that_cannot_be_read_are_told_apart_from_those_that_are_not_valid(made: Made, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(made.document)
    (tmp_path / "b.docx").write_bytes(b"")
    (tmp_path / "c.docx").mkdir()
    verdicts = verify_files([tmp_path / name for name in ("a.docx", "b.docx", "c.docx", "d.docx")])
    assert [(v.reasons, v.unread) for v in verdicts] == [
        ((), False),
        (("the file is empty",), False),
        (("this is a folder, not a declaration",), True),
        (("there is no such file",), True),
    ]


def test_name_of_a_file_that_is_no_text_can_be_written(made: Made) -> None:
    verdict = verify(made.document, name="b.docx")
    [missing] = verify_files(["nowhere\udcff.docx"])
    assert (verdict.file, missing.file) == ("b.docx", "nowhere\\udcff.docx")
    assert msgspec.json.encode(as_json(missing))


def test_unusable_ca_file_is_a_usage_error(made: Made) -> None:
    leaf = verify_leaf()
    for data in (b"none", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", leaf):
        with pytest.raises(UsageError, match="CA file"):
            verify(made.document, ca=data)


def verify_leaf() -> bytes:
    """Return a certificate that is not an authority, as PEM."""
    from datetime import UTC, datetime

    from cryptography.hazmat.primitives.asymmetric import ec

    from auditlib.declaration.certificates import self_made

    key = ec.generate_private_key(ec.SECP256R1())
    return self_made(key, "Leaf", datetime(2026, 11, 1, tzinfo=UTC)).public_bytes(Encoding.PEM)


# --- never a traceback ----------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_give_a_verdict(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        verdict = verify(start + data)
        assert verdict.verdict == "not valid" and verdict.reasons


def test_random_damage_gives_a_verdict_and_never_a_valid_one(made: Made) -> None:
    dice = random.Random(20261122)
    for _ in range(150):
        data = bytearray(made.document)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(data))
            kind = dice.randrange(3)
            if kind == 0:
                data[place] ^= 1 << dice.randrange(8)
            elif kind == 1:
                del data[place : place + dice.randint(1, 40)]
            else:
                data[place:place] = dice.randbytes(dice.randint(1, 40))
        verdict = verify(bytes(data))
        if verdict.verdict == "valid":  # a time stamp or an attribute of the zip itself, which says nothing
            assert read_package(bytes(data)) == made.parts


def test_random_damage_within_parts_gives_a_verdict(made: Made) -> None:
    dice, names = random.Random(7), sorted(made.parts)
    words = [b"<", b">", b'"', b"/>", b"&#0;", b"&amp;", b"]]>", b"\xff", b"<a/>", b"Id=", b"\xed\xa0\x80"]
    for _ in range(120):
        name = dice.choice(names)
        data = made.parts[name]
        place = dice.randrange(len(data) + 1)
        spoiled = data[:place] + dice.choice(words) + data[place + dice.randrange(8) :]
        verdict = verify(declaring.repack(made.parts | {name: spoiled}))
        assert verdict.verdict == "not valid" or name == opc.CORE or spoiled == data or _same_links(data, spoiled), name


def test_part_packed_with_bytes_after_its_end_is_refused(made: Made) -> None:
    """A deflate stream may end before the entry does; what follows it would be seen by nobody."""
    content = made.parts[opc.TYPES]
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(content) + squeeze.flush() + b"hidden"
    name = opc.TYPES.encode()
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    local = b"PK\3\4" + struct.pack("<5H", 20, 0, 8, 0, 0x21) + sizes + struct.pack("<HH", len(name), 0) + name + packed
    central = b"PK\1\2" + struct.pack("<6H", 20, 20, 0, 8, 0, 0x21) + sizes
    central += struct.pack("<5HII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\5\6" + struct.pack("<4HIIH", 0, 0, 1, 1, len(central), len(local), 0)
    refused(local + central + end, "damaged")
