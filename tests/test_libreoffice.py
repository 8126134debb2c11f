"""What LibreOffice says of a signed declaration: the signature is good, and a changed document is not.

LibreOffice is asked through its own interface (UNO), by the Python that it comes with; the test is skipped where either
is missing. xmlsec1 gives a second opinion where it is installed. Neither is part of the product.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import declaring
import pytest

from auditlib.declaration import sign_declaration
from auditlib.declaration.package import read_package

# Run by the Python that has uno, so it stands on its own. "ZipFormat" matters: with "OFOPXMLFormat" LibreOffice finds no
# signature at all (7.4). Argument 1: the program; 2: a folder of its own; then the files.
_ASK = r"""
import json, subprocess, sys, time, uno
from pathlib import Path
from com.sun.star.beans import PropertyValue
program, folder, files = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
pipe = "audit" + folder.name.replace("-", "").replace("_", "")
office = subprocess.Popen([program, "-env:UserInstallation=" + (folder / "profile").as_uri(), "--headless", "--norestore",
    "--nologo", "--nodefault", "--nolockcheck", "--accept=pipe,name=%s;urp;" % pipe],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for attempt in range(300):
        try:
            there = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            break
        except Exception:
            time.sleep(0.3)
    make = lambda name: there.ServiceManager.createInstanceWithContext(name, there)
    form = PropertyValue(); form.Name = "StorageFormat"; form.Value = "ZipFormat"
    told = []
    for file in files:
        given = (Path(file).as_uri(), 1, uno.Any("[]com.sun.star.beans.PropertyValue", (form,)))
        storage = uno.invoke(make("com.sun.star.embed.StorageFactory"), "createInstanceWithArguments", (given,))
        found = make("com.sun.star.security.DocumentDigitalSignatures").verifyDocumentContentSignatures(storage, None)
        told.append([[bool(one.SignatureIsValid), one.Signer.SubjectName] for one in found])
    print(json.dumps(told))
    make("com.sun.star.frame.Desktop").terminate()
finally:
    try:
        office.wait(20)
    except subprocess.TimeoutExpired:
        office.kill()
"""


def _office() -> tuple[str, str]:
    """Return the program and a Python that can talk to it, or skip."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    beside = Path(program).resolve().parent
    for python in (beside / "python", beside / "python.exe", Path("/usr/bin/python3"), Path(sys.executable)):
        if python.exists() and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return program, str(python)
    pytest.skip("no Python with LibreOffice's uno module was found (Debian: python3-uno)")


def test_libreoffice_finds_the_signature_good_and_a_change_bad(tmp_path: Path) -> None:
    program, python = _office()
    document = sign_declaration(declaring.payload(), strokes=declaring.strokes())
    files = {
        "signed": document,
        "countersigned": declaring.countersigned(document, declaring.authority()),
        "changed": declaring.changed(document, "word/document.xml", lambda d: d.replace(b"Teaching", b"Training")),
        "payload": declaring.changed(document, "customXml/item1.xml", lambda d: d.replace(b"Teaching", b"Training")),
    }
    paths = []
    for name, data in files.items():
        paths.append(tmp_path / f"{name}.docx")
        paths[-1].write_bytes(data)
    asked = subprocess.run(
        [python, "-c", _ASK, program, str(tmp_path), *map(str, paths)], capture_output=True, text=True, timeout=180
    )
    assert asked.returncode == 0, asked.stderr
    mine, hr = "CN=Rowan Ellery-O'Marsh", "CN=Example Hill HR"
    assert dict(zip(files, json.loads(asked.stdout), strict=True)) == {
        "signed": [[True, mine]],
        "countersigned": [[True, mine], [True, hr]],
        "changed": [[False, mine]],
        "payload": [[False, mine]],
    }


def test_xmlsec_finds_every_digest_right(tmp_path: Path) -> None:
    program = shutil.which("xmlsec1")
    if program is None:
        pytest.skip("xmlsec1 is not installed")
    parts = read_package(sign_declaration(declaring.payload(), strokes=declaring.strokes()))
    signature = parts["_xmlsignatures/sig1.xml"]
    (tmp_path / "sig.xml").write_bytes(signature)
    uris = [uri.decode() for uri in re.findall(rb'URI="(/[^"]+)"', signature)]
    maps: list[str] = []
    for number, uri in enumerate(uris):
        path = tmp_path / f"part{number}"
        path.write_bytes(parts[uri.partition("?")[0].removeprefix("/")])
        maps += [f"--url-map:{uri}", str(path)]
    ids = []
    for name in ("http://www.w3.org/2000/09/xmldsig#:Object", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"):
        ids += ["--id-attr:Id", name]
    command = [program, "--verify", *ids, "--insecure", *maps, str(tmp_path / "sig.xml")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60)
    counted = re.search(r"Manifests References \(ok/all\): (\d+)/(\d+)", told.stdout + told.stderr)
    assert told.returncode == 0, told.stderr
    assert counted is not None and counted.groups() == (str(len(uris)), str(len(uris)))
