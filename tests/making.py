"""Small invented exports, made where a test needs one."""

import json
import zipfile
from pathlib import Path


def script(name: str, value: object) -> bytes:
    return f"window.YTD.{name}.part0 = {json.dumps(value, indent=2)}".encode()


def tweet(number: int, text: str = "Tea and toast") -> dict[str, object]:
    return {"tweet": {"id_str": str(number), "created_at": "Fri Mar 04 08:15:00 +0000 2022", "full_text": text}}


def x_files(handle: str, *numbers: int) -> dict[str, bytes]:
    return {
        "data/account.js": script("account", [{"account": {"username": handle, "accountId": f"9{len(handle)}"}}]),
        "data/tweets.js": script("tweets", [tweet(n) for n in numbers]),
    }


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as z:
        for name, data in files.items():
            z.writestr(name, data)
    return path


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
