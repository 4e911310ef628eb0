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
    "clause": N_("Clause and verification"),
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
    "clause": N_("Selection criterion, technical specification, award criterion or contract clause; a sample text; how it is checked."),
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
