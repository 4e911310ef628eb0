"""How the vote was counted, in plain words and with its formula (product.md, "Counting")."""

from __future__ import annotations

from workshop.documents.words import Words
from workshop.errors import N_
from workshop.model import Method

NAMES = {"approval": N_("Approval, organisations equal"), "agree": N_("Agree, pass or disagree")}
APPROVAL_FORMULA = """```
S(i)     = (1 / |O|) · Σo A(i,o) / n(o)
reach(i) = #{ o : A(i,o) > 0 }
raw(i)   = Σo A(i,o) / Σo n(o)
```"""
CONSENSUS_FORMULA = """```
consensus(i) = ( Πg (agree(g) + 1) / (votes(g) + 2) ) ^ (1 / G)
```"""


def name(method: Method, w: Words) -> str:
    """What the method is called."""
    return w._(NAMES[method])


def explanation(method: Method, take: int, w: Words) -> list[str]:
    """The method as Markdown paragraphs."""
    return [*(_approval(w) if method == "approval" else _agree(w)), *_both(take, w)]


def _approval(w: Words) -> list[str]:
    return [
        w._("Each person ticked the ideas that they support, up to a limit. Within each organisation, an idea's support is the share "
            "of its voters who ticked it. The figure *across organisations* is the average of these shares over all organisations "
            "that voted. So every organisation counts the same, however many people it sent."),
        APPROVAL_FORMULA,
        w._("A(i,o) is the number of ticks for idea i from organisation o, n(o) the number of ballots from o, O all organisations "
            "with a ballot. Ideas are ranked by S; those with the same S by reach, how many organisations ticked it at all, then by raw, "
            "the share of all voters."),
    ]


def _agree(w: Words) -> list[str]:
    return [
        w._("Each person answered agree, pass or disagree to as many ideas as they wished. Ideas are ranked by *consensus*: how far all "
            "groups agree. A group is an organisation with at least five voters; all smaller ones together are one more. For each "
            "group the share who agree is taken, as if one more had agreed and one more had not, so that few votes say little. The "
            "geometric mean of these shares is the consensus: a group that refuses pulls it down, however small its part of the room."),
        CONSENSUS_FORMULA,
        w._("agree(g) is how many of group g agree with idea i, votes(g) how many of g answered to it, G the number of groups. Ideas "
            "with the same consensus are ordered by how many organisations have somebody who agrees, then by how many people agree."),
    ]


def _both(take: int, w: Words) -> list[str]:
    return [
        w.ngettext("%(n)d idea of each theme was to be chosen.", "%(n)d ideas of each theme were to be chosen.", take) + " "
        + w._("Ideas that are equal in everything share a rank (2= means a shared second place), never decided by time or chance. "
              "A tie at the cut takes all. An idea that was merged counts with the one it was merged into: each voter once."),
        w._("*Too close to call* means that the organisations preferring the one and those preferring the other are too evenly split "
            "to tell (two-sided sign test, p > 0.05). *Stays the same* means that leaving out any one organisation changes nothing in "
            "the first places. People without an organisation count together as one. Every figure can be counted again from the "
            "stored ballots."),
    ]
