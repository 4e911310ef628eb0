"""Make static/vendor/ from the pinned npm packages of tools/package.json.

Run it only to change a version:  npm ci --prefix tools --ignore-scripts && pip install -r tools/requirements.txt && python tools/vendor.py
The result is committed, so a checkout needs neither Node nor this script; tests/test_vendor.py holds every file to
the sha256 in VENDOR.json.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer

TOOLS = Path(__file__).resolve().parent
PACKAGES = TOOLS / "node_modules"
OUT = TOOLS.parent / "static" / "vendor"

# Fraunces comes in two cuts, told apart by unicode-range in base.css, so that most phones fetch the small one alone:
# what English, Nordic, German, French titles use; and the rest of Latin-1 and Latin Extended-A.
TITLES = "20-22,25-3F,41-5A,61-7A,A0,B7,C4-C6,C9,D6,D8,DC,DF-E0,E4-E9,F1,F6,F8,FC,2013-2014,2018-2019,201C-201D,2026"
WIDER = ("23-24,40,5B-60,7B-7E,A1-B6,B8-C3,C7-C8,CA-D5,D7,D9-DB,DD-DE,E1-E3,EA-F0,F2-F5,F7,F9-FB,FD-130,132-151,152-17F,218-21B,1E9E,"
         "2010-2012,2015,201A,201E,2022,2030,2039-203A,20AC,2122,2212")
# Inter likewise, on the pages that read much: Latin-1 with the signs of our own sentences; Latin Extended-A and Romanian.
LATIN = ("20-7E,A0-FF,131,152-153,2010-2015,2018-201E,2022,2026,2030,2032-2033,2039-203A,2080-2089,20AC,2122,2190-2193,2212,2248,"
         "2264-2265,2713")
LATIN_EXT = "100-130,132-151,154-17F,218-21B,1E9E"
# What is printed: all of Inter's Latin, Greek and Cyrillic with its signs, as static TTF, which is what typst reads. Noto Emoji keeps
# its single signs; a sequence (a family, a flag) is printed sign by sign.
PRINTED = "20-7E,A0-24F,250-52F,1E00-1FFF,2000-206F,2070-209F,20A0-20CF,2100-21FF,2200-22FF,25A0-25FF,2600-27BF"
EMOJI = "200D,20E3,203C,2049,2122,2139,2194-21AA,231A-23FF,24C2,25AA-25FE,2600-27BF,2934-2B55,3030,303D,3297,3299,FE0F,1F000-1FAFF"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum", "case"]
UNITS = 600  # to the em: finer than a wall shows, a sixth lighter than the sources

FRAUNCES = PACKAGES / "@fontsource-variable" / "fraunces" / "files"
INTER = PACKAGES / "inter-ui" / "variable" / "InterVariable.woff2"
SLANTED = INTER.with_name("InterVariable-Italic.woff2")
NOTO = PACKAGES / "@expo-google-fonts" / "noto-emoji" / "400Regular" / "NotoEmoji_400Regular.ttf"
FONTS = (  # file made, source, axes, characters
    ("fraunces-latin.woff2", FRAUNCES / "fraunces-latin-opsz-normal.woff2", {"wght": 560, "opsz": 30}, TITLES),
    ("fraunces-latin-ext.woff2", FRAUNCES / "fraunces-latin-ext-opsz-normal.woff2", {"wght": 560, "opsz": 30}, WIDER),
    ("inter-latin.woff2", INTER, {"wght": (400, 700), "opsz": 18}, LATIN),
    ("inter-latin-ext.woff2", INTER, {"wght": (400, 700), "opsz": 18}, LATIN_EXT),
    ("print/inter-regular.ttf", INTER, {"wght": 400, "opsz": 16}, PRINTED),
    ("print/inter-bold.ttf", INTER, {"wght": 650, "opsz": 20}, PRINTED),
    ("print/inter-italic.ttf", SLANTED, {"wght": 400, "opsz": 16}, PRINTED),
    ("print/noto-emoji.ttf", NOTO, {}, EMOJI),
)
MADE_FROM = {
    "preact.js": ("preact", "@preact/signals", "@preact/signals-core", "htm"),
    "socket.io.js": ("socket.io-client", "socket.io-parser", "engine.io-client", "engine.io-parser", "@socket.io/component-emitter"),
    **{name: ("/".join(source.relative_to(PACKAGES).parts[: 1 + source.relative_to(PACKAGES).parts[0].startswith("@")]),)
       for name, source, *_ in FONTS},
}


def main() -> None:
    """Write every vendored file, its licence texts and VENDOR.json."""
    shutil.rmtree(OUT, ignore_errors=True)
    for folder in ("licences", "print"):
        (OUT / folder).mkdir(parents=True)
    bundle(TOOLS / "vendor-entry.js", OUT / "preact.js")
    bundle(PACKAGES / "socket.io-client" / "build" / "esm" / "index.js", OUT / "socket.io.js")
    for name, source, axes, characters in FONTS:
        font(source, OUT / name, axes, characters)
    packages = sorted({package for made in MADE_FROM.values() for package in made})
    record = {"files": {name: {"from": list(made), **digest(OUT / name)} for name, made in sorted(MADE_FROM.items())},
              "packages": {package: licence(package) for package in packages}}
    (OUT / "VENDOR.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def bundle(entry: Path, target: Path) -> None:
    """One minified ES module without a source map."""
    subprocess.run(["node", "vendor-bundle.mjs", entry, target], check=True, cwd=TOOLS)


def font(source: Path, target: Path, axes: dict[str, float | tuple[float, float]], characters: str) -> None:
    """Keep only *characters*, pin or narrow the variable axes, write woff2, or TTF to print with."""
    kept = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    shrink = subset.Subsetter(options)
    shrink.populate(unicodes=subset.parse_unicodes(characters))
    shrink.subset(kept)
    made = instancer.instantiateVariableFont(kept, axes) if axes else kept
    made.flavor = "woff2" if target.suffix == ".woff2" else None
    if made.flavor:
        scale_upem(made, UNITS)
    elif axes:
        named(made, target.stem)
    made.save(target)


def named(font: TTFont, stem: str) -> None:
    """Family and weight by the file's name: typst chooses by them, and a cut of a variable font keeps the name of the whole."""
    family, _, style = stem.rpartition("-")
    for n, text in {1: family.title(), 2: style.title(), 4: stem, 6: stem}.items():
        font["name"].setName(text, n, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if style == "bold" else 400


def licence(package: str) -> dict[str, str]:
    """Copy the package's licence text; its version, licence name and where the text stands."""
    folder = PACKAGES / package
    facts = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    text = max(path for path in folder.iterdir() if path.name.upper().startswith("LICEN"))  # LICENSE_FONT before the wrapper's own
    name = "OFL-1.1" if text.name == "LICENSE_FONT" else facts["license"]
    kept = f"licences/{package.replace('@', '').replace('/', '-')}.txt"
    shutil.copyfile(text, OUT / kept)
    return {"version": facts["version"], "licence": name, "text": kept, "text_sha256": digest(OUT / kept)["sha256"]}


def digest(path: Path) -> dict[str, str | int]:
    """Size and sha256 of a file."""
    content = path.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


if __name__ == "__main__":
    main()
