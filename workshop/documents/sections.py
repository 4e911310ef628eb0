"""What the sections of a practice are called, and what an editor is asked to put into them."""

from __future__ import annotations

from workshop.errors import N_

TITLES = {
    "sentence": N_("In one sentence"),
    "problem": N_("Problem and hotspot"),
    "steps": N_("How to do it, step by step"),
    "experience": N_("Experience"),
    "adoption": N_("Who does it, who would"),
    "measures": N_("Impact and measures"),
    "risks": N_("Risks, constraints and reservations"),
    "stage": N_("Procurement stage"),
    "clause": N_("Clause"),
    "verification": N_("Verification"),
    "success": N_("Success factors"),
    "lessons": N_("Lessons"),
    "replicability": N_("Replicability"),
    "references": N_("References and SDGs"),
    "owner": N_("Owner and review date"),
}
HINTS = {
    "sentence": N_("Begins with “Buyers should …”."),
    "problem": N_("What goes wrong today, and where the harm is greatest."),
    "steps": N_("What a buyer does first, next and last."),
    "experience": N_("Which organisation did what, with which result, in which year; whom to ask."),
    "adoption": N_("Which organisations do it already or would."),
    "measures": N_("An indicator with unit, baseline, target, source and owner."),
    "risks": N_("What can go wrong, for whom it does not fit, and why."),
    "stage": N_("Planning, specification, selection, contract or review."),
    "clause": N_("Selection criterion, technical specification, award criterion or contract clause; a sample text."),
    "verification": N_("How it is checked, by whom and when."),
    "success": N_("What has to be in place for it to work."),
    "lessons": N_("What those who did it would do differently."),
    "replicability": N_("Which other buyers and products it suits."),
    "references": N_("Laws, standards, labels and reports; the sustainable development goals it serves."),
    "owner": N_("Who keeps it up to date, and when it is looked at next."),
}
MATURITY = {
    "idea": N_("Idea: no result from anybody here yet"),
    "promising": N_("Promising: tested by somebody here, with a result"),
    "candidate": N_("Candidate good practice: results from three organisations or more"),
    "good": N_("Good practice: confirmed by the editor"),
}
STANCES = {"do": N_("We do this"), "would": N_("We would"), "not": N_("Not for us")}
RATIFICATIONS = {
    "endorse": N_("We endorse it"),
    "agree": N_("We agree"),
    "reservation": N_("We agree with a reservation"),
    "aside": N_("We stand aside"),
    "against": N_("We disagree"),
}
ADOPTIONS = {"do": N_("We do this"), "will": N_("We will"), "not": N_("Not for us")}
TAG_KINDS = {
    "stage": N_("Procurement stage"), "clause": N_("Clause type"), "strategy": N_("Circular strategy"),
    "sdg": N_("Sustainable development goal"),
}
TAGS = {
    "stage.planning": N_("Planning"), "stage.specification": N_("Specification"), "stage.selection": N_("Selection"),
    "stage.contract": N_("Contract"), "stage.review": N_("Contract review"),
    "clause.selection": N_("Selection criterion"), "clause.specification": N_("Technical specification"),
    "clause.award": N_("Award criterion"), "clause.contract": N_("Contract clause"),
    "strategy.refuse": N_("Refuse"), "strategy.rethink": N_("Rethink"), "strategy.reduce": N_("Reduce"),
    "strategy.reuse": N_("Reuse"), "strategy.repair": N_("Repair"), "strategy.refurbish": N_("Refurbish"),
    "strategy.remanufacture": N_("Remanufacture"), "strategy.repurpose": N_("Repurpose"),
    "strategy.recycle": N_("Recycle"), "strategy.recover": N_("Recover energy"),
    "sdg.1": N_("No poverty"), "sdg.2": N_("Zero hunger"), "sdg.3": N_("Good health and well-being"),
    "sdg.4": N_("Quality education"), "sdg.5": N_("Gender equality"), "sdg.6": N_("Clean water and sanitation"),
    "sdg.7": N_("Affordable and clean energy"), "sdg.8": N_("Decent work and economic growth"),
    "sdg.9": N_("Industry, innovation and infrastructure"), "sdg.10": N_("Reduced inequalities"),
    "sdg.11": N_("Sustainable cities and communities"), "sdg.12": N_("Responsible consumption and production"),
    "sdg.13": N_("Climate action"), "sdg.14": N_("Life below water"), "sdg.15": N_("Life on land"),
    "sdg.16": N_("Peace, justice and strong institutions"), "sdg.17": N_("Partnerships for the goals"),
}
KPIS = {
    "service_life": N_("Service life"),
    "take_back": N_("Take-back: returned of what is retired"),
    "returns_reused": N_("Share of returns reused"),
    "refurbished": N_("Refurbished share of purchases"),
    "co2e": N_("Greenhouse gases"),
    "e_waste": N_("Electronic waste"),
    "hazardous": N_("Hazardous electronic waste"),
}
UNITS = {"years": N_("years"), "kg CO₂e per device and year": N_("kg CO₂e per device and year")}  # others are the same everywhere
# For tables of organisations and practices: the first sign stands in a cell, the whole in the legend.
RATIFICATION_MARKS = {
    "endorse": N_("E (endorse)"), "agree": N_("A (agree)"), "reservation": N_("R (reservation)"), "aside": N_("S (stand aside)"),
    "against": N_("D (disagree)"),
}
ADOPTION_MARKS = {"do": N_("✓ (do it)"), "will": N_("→ (will)"), "not": N_("✗ (not for us)")}
