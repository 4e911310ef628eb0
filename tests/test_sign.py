"""Too close to call: the sign test against printed tables and its definition."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from workshop.rules.tally import too_close

# The largest minority that still is significant at 5 %, two-sided, as tables of the sign test print it (W. J. Dixon and
# A. M. Mood, "The Statistical Sign Test", JASA 41, 1946; W. J. MacKinnon, "Table for Both the Sign Test and Distribution-Free
# Confidence Intervals of the Median", JASA 59, 1964).
CRITICAL = {
    6: 0, 8: 0, 9: 1, 11: 1, 12: 2, 14: 2, 15: 3, 16: 3, 17: 4, 19: 4, 20: 5, 22: 5, 23: 6, 24: 6, 25: 7, 30: 9, 35: 11, 40: 13, 45: 15,
    50: 17, 60: 21, 70: 26, 80: 30, 90: 35, 100: 39,
}  # fmt: skip


def test_the_sign_test_is_that_of_the_printed_tables():
    assert all(too_close(n - k, k) for n in range(6) for k in range(n + 1))  # five organisations are never enough
    for n, minority in CRITICAL.items():
        assert not too_close(minority, n - minority), n
        assert too_close(minority + 1, n - minority - 1), n


def test_the_sign_test_is_exact():
    for n in range(6, 121):
        for few in range(n // 2 + 1):
            p = min(Fraction(1), 2 * sum((Fraction(comb(n, k), 2**n) for k in range(few + 1)), Fraction(0)))
            assert too_close(few, n - few) == (p > Fraction(1, 20)), (few, n)
