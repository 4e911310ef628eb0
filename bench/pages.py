"""Every page of the documents as a picture, to be looked at after a change of how they look: of the sample, and of a large Swedish set.

The pages of office files need LibreOffice (``soffice``); without it the bench says so and fails.
"""

from __future__ import annotations

import shutil
import sys
from itertools import cycle
from pathlib import Path

import pypdfium2

from tests.office import as_pdf
from tests.records import Day
from workshop import documents
from workshop.documents import sample
from workshop.model import KINDS, Record

DPI = 60
THEMES, IDEAS, CHOSEN = 20, 5, 3  # sixty practices
HOUSES = ("Energibolaget", "Göteborgs stad", "Möbelföretaget", "Banken", "Universitetet", "Region Mellansverige med sina sex sjukhus")
TITLES = (
    "Köp begagnat först, och skriv i avtalet hur begagnad utrustning prövas, godkänns och garanteras innan den beställs av verksamheten",
    "Returlåda i priset för varje ny telefon", "Reservdelar i sju år till känt pris", "Klimatavtryck per modell och konfiguration",
    "Livslängdsförlängning genom underhållsavtal med självreparationsmöjligheter på samtliga produktionsanläggningar",
)
SAID = (
    "Vi frågar alltid efter begagnat först och därefter efter nytt, och den som beställer nytt får skriva varför. Det tog ett "
    "halvår innan det satt i ryggmärgen, men sedan dess har andelen begagnat gått från tre till trettioåtta procent "
    "utan att någon har fått vänta längre.",
    "Leverantören tar tillbaka det som byts ut, raderar det med intyg, och säljer det vidare. Intäkten delas.",
    "Avtalet säger vem som betalar frakten, hur återanvändningsgraden redovisas, och vad som händer när den inte nås två "
    "kvartal i rad. Utan det sista blev redovisningen liggande. Med det kommer den varje kvartal, och vi har läst den "
    "tillsammans med leverantören sedan i våras.",
)


def pages(folder: Path) -> int:
    """Write both sets and their pages into *folder*, by format and number; 1 where a document has none."""
    if not shutil.which("soffice"):
        print("missing: soffice; Debian has it in libreoffice-*", file=sys.stderr)
        return 1
    sets = {"sample": sample.record(), "swedish": swedish()}
    counts = [count for name, record in sets.items() for count in _written(record, folder / name)]
    return 0 if all(counts) else 1


def swedish() -> Record:
    """Sixty practices of long texts."""
    day = Day("sv", take=CHOSEN, title="Cirkulär upphandling av IT")
    people = [day.person(f"Person {n}", day.organisation(house), quote) for n, (house, quote) in
              enumerate(zip(HOUSES, cycle(("name", "organisation", "anonymous")), strict=False))]
    people += [day.person(f"Granne {n}-{k}", house) for n, house in enumerate(HOUSES) for k in range(4)]
    for number in range(1, THEMES + 1):
        _theme(day, day.theme(f"Tema {number}: vad kan en köpare kräva av sina leverantörer av datorer och telefoner?"), people, number)
    return day.record()


def _theme(day: Day, theme: str, people: list[str], number: int) -> None:
    ideas = [day.idea(title, people[n], " ".join(SAID[: 1 + n % 3]), theme=theme) for n, title in enumerate(TITLES[:IDEAS])]
    texts = cycle(SAID)
    for n, idea in enumerate(ideas):
        for k, kind in enumerate(KINDS):
            day.say(idea, people[(n + k) % 6], kind, next(texts), result="Tre av fyra datorer blir kvar i sju år." * (kind == "do"))
    for n, who in enumerate(people):
        day.vote(who, *{ideas[(n + number) % IDEAS], ideas[n % 2], ideas[number % IDEAS]}, theme=theme)


def _written(record: Record, folder: Path) -> list[int]:
    paths = documents.save(record, folder, sample.MADE_AT, ("pdf", "docx", "pptx", "xlsx"))
    return [_pictures(path, folder) for path in paths]


def _pictures(path: Path, folder: Path) -> int:
    kind = path.suffix[1:]
    with pypdfium2.PdfDocument(path if kind == "pdf" else as_pdf(path, folder)) as book:
        for number, page in enumerate(book, start=1):
            page.render(scale=DPI / 72).to_pil().save(folder / f"{kind}-{number:03}.png")
        print(f"{path.name}: {len(book)} pages in {folder}")
        return len(book)
