"""The sample event of a first start: invented, marked as a sample, removable in one click."""

from __future__ import annotations

import json
from importlib import resources

from workshop.rules.agenda import BY_KEY
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine

EVENT = EventPlan("Learning Academy: circular procurement of IT", place="Atrium", host="Learning Academy")
ORGANISATIONS = (
    "Appliance maker", "Bank", "Car maker", "City", "Construction company", "Energy company", "Fashion group",
    "Forest company", "Furniture retailer", "Grocery chain", "Hospital", "Insurance company", "Logistics company",
    "Mining company", "Public agency", "Railway operator", "Region", "Steel maker", "Telecom operator", "University",
)


def session() -> SessionPlan:
    """The sample session, with the themes and prompts of the sample ideas and the agenda of an hour."""
    source = json.loads(resources.files("workshop").joinpath("sample_ideas.json").read_text("utf-8"))
    themes = tuple(ThemeLine(theme["title"], theme["prompt"]) for theme in source["themes"])
    question = "What works where you are, and what should every buyer do?"
    return SessionPlan("Circular procurement of IT", question, themes, agenda=BY_KEY["academy-60"].steps)
