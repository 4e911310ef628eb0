"""How the vote was counted, in plain words (`rules.tally.how`) and with its formula (product.md, "Counting")."""

from __future__ import annotations

from workshop.documents.words import Words
from workshop.errors import N_
from workshop.model import Method
from workshop.rules.tally import HOW, NAMES

FORMULAS: dict[Method, str] = {
    "approval": """S(i)     = (1 / |O|) · Σo A(i,o) / n(o)
reach(i) = #{ o : A(i,o) > 0 }
raw(i)   = Σo A(i,o) / Σo n(o)""",
    "dots": """S(i)     = (1 / |O|) · Σo D(i,o) / (k · n(o))
reach(i) = #{ o : D(i,o) > 0 }
raw(i)   = Σo D(i,o) / (k · Σo n(o))""",
    "agree": """consensus(i) = ( Πg (agree(g) + 1) / (votes(g) + 2) ) ^ (1 / G)""",
    "adoption": """grade(i,o) = lower median of the grades from o
grade(i)   = lower median of grade(i,o) over all o
gauge(i)   = ( p, grade+ , q ) where p > q, else ( p, grade− , q )""",
    "impact": """S(i)     = (1 / |O(i)|) · Σo ( mean impact(i,o) − mean effort(i,o) )
reach(i) = #{ o : A(i,o) > 0 }
raw(i)   = Σo A(i,o) / Σo n(o)""",
}
SYMBOLS: dict[Method, str] = {
    "approval": N_(
        "A(i,o) is the number of ticks for idea i from organisation o, n(o) the number of ballots from o, O all organisations "
        "with a ballot. Ideas are ranked by S; those with the same S by reach, how many organisations ticked it at all, then by raw, "
        "the share of all voters."
    ),
    "dots": N_(
        "D(i,o) is the number of dots on idea i from organisation o, k the dots of a ballot, n(o) the number of ballots from o, O all "
        "organisations with a ballot. Ideas are ranked by S; those with the same S by reach, how many organisations put a dot on it, "
        "then by raw, the share of all dots."
    ),
    "agree": N_(
        "agree(g) is how many of group g agree with idea i, votes(g) how many of g answered to it, G the number of groups. Ideas "
        "with the same consensus are ordered by how many organisations have somebody who agrees, then by how many people agree."
    ),
    "adoption": N_(
        "This is the majority judgment of M. Balinski and R. Laraki, with organisations as the judges. p is the share of the "
        "organisations' grades above the idea's grade, q the share below. A higher grade is ahead, then + of −; both +, the greater p; "
        "both −, the smaller q. An organisation in which nobody gave a grade is left out for that idea."
    ),
    "impact": N_(
        "O(i) are the organisations that answered on idea i, A(i,o) is how many people of o put its impact above its effort, n(o) the "
        "number of ballots from o. Ideas are ranked by S, then by reach, then by raw, the share of all voters."
    ),
}


def name(method: Method, w: Words) -> str:
    """What the method is called."""
    return w._(NAMES[method])


def words(method: Method, take: int, w: Words) -> list[str]:
    """The method in plain words, without its formula."""
    return [w._(HOW[method]), *weighing(take, w)]


def weighing(take: int, w: Words) -> list[str]:
    """What is the same by every method, as Markdown paragraphs: ties, the cut, and how sure a result is."""
    return [
        w.ngettext("%(n)d idea of each theme was to be chosen.", "%(n)d ideas of each theme were to be chosen.", take) + " "
        + w._("Ideas that are equal in everything share a rank (2= means a shared second place), never decided by time or chance. "
              "A tie at the cut takes all. An idea that was merged counts with the one it was merged into: each voter once."),
        w._("*Too close to call* means that the organisations preferring the one and those preferring the other are too evenly split "
            "to tell (two-sided sign test, p > 0.05). *Stays the same* means that leaving out any one organisation changes nothing in "
            "the first places. People without an organisation count together as one. Organisations with fewer than three ballots "
            "are not told apart. Every figure can be counted again from the stored ballots."),
    ]
