"""How we count, in plain words: one paragraph for each method, the same on phone, wall and in the report."""

from __future__ import annotations

from workshop.errors import N_
from workshop.model import Method

NAMES: dict[Method, str] = {
    "approval": N_("Approval, organisations equal"),
    "dots": N_("Dots, organisations equal"),
    "agree": N_("Agree, pass or disagree"),
    "adoption": N_("Adoption grades"),
    "impact": N_("Impact and effort"),
}
HOW: dict[Method, str] = {
    "approval": N_(
        "Each person ticks the ideas that they support, up to a limit. Within each organisation, an idea's support is the share of its "
        "voters who ticked it. What ranks the ideas is the average of these shares over all organisations that voted: every organisation "
        "counts the same, however many people it sent. Of two equal ideas, the one that more organisations ticked is ahead, then the one "
        "with more ticks; what is still equal shares the place."
    ),
    "dots": N_(
        "Each person has the same number of dots and spreads them over the ideas. Within each organisation, an idea's support is the "
        "share of all dots its voters had that they put on it. What ranks the ideas is the average of these shares over all organisations "
        "that voted: every organisation counts the same, however many people it sent. Of two equal ideas, the one that more organisations "
        "put a dot on is ahead, then the one with more dots; what is still equal shares the place."
    ),
    "agree": N_(
        "Each person answers agree, pass or disagree to as many ideas as they wish. Ideas are ranked by consensus: how far all groups "
        "agree. A group is an organisation (or a sector, where the session says so) with at least five voters; everybody else together is "
        "one more. For each group the share who agree is taken, as if one more had agreed and one more had not, so that few votes say "
        "little. The consensus is the average of these shares by multiplying (the geometric mean): a group that refuses pulls it down, "
        "however small its part of the room. Of two equal ideas, the one with agreement in more organisations is ahead, then the one with "
        "more people who agree."
    ),
    "adoption": N_(
        "Each person says of an idea: we already do this, would adopt it, would with changes, or it is not for us. An organisation's "
        "grade is the one in the middle of its people's grades, and the idea's grade the one in the middle of all organisations' grades: "
        "at least half of them grade it so or better. Of two in the middle the lower one holds. Of ideas with the same grade, those where "
        "more organisations stand above it than below come first, the more above the better; then the others, the fewer below the better; "
        "what is still equal shares the place. Who does not know takes part, but gives no grade."
    ),
    "impact": N_(
        "Each person puts an idea on two scales from 1 to 5: how much it would change, and how much effort it takes. The answers are "
        "averaged within each organisation, then over all organisations that answered, so that each counts the same. Ideas are ranked by "
        "impact less effort. Of two equal ideas, the one that more organisations see more impact in than effort is ahead, then the one "
        "that more people do. The picture is cut in the middle, at 3: more impact for less effort is a quick win, more of both a big bet, "
        "less of both a fill-in, less impact for more effort a hard slog. A 3 counts as little impact and as much effort."
    ),
}
