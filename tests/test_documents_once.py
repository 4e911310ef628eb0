"""Documents of the library's readers: made once, one at a time, few waiting, bounded in memory."""

from __future__ import annotations

import gevent
import pytest
from gevent.event import Event

from workshop import errors
from workshop.documents.once import Once


class Press:
    """Makes documents as a test lets it, and remembers which, and how many at a time."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.go, self.running, self.most = Event(), 0, 0

    def job(self, name: str):
        def make() -> bytes:
            self.running += 1
            self.most = max(self.most, self.running)
            self.go.wait()
            self.running -= 1
            self.made.append(name)
            return name.encode()

        return make


@pytest.fixture
def press():
    return Press()


def test_a_hundred_who_ask_for_the_same_wait_for_one(press):
    once = Once()
    jobs = [gevent.spawn(once.get, "pdf", "as it is", press.job("pdf")) for _ in range(100)]
    gevent.idle()
    press.go.set()
    assert {job.get() for job in jobs} == {b"pdf"}
    assert once.get("pdf", "as it is", press.job("pdf")) == b"pdf"
    assert press.made == ["pdf"]


def test_few_different_ones_wait_and_one_is_made_at_a_time(press):
    once = Once(most=3)
    jobs = [gevent.spawn(once.get, n, "", press.job(str(n))) for n in range(3)]
    gevent.idle()
    with pytest.raises(errors.ManyDocuments) as refused:
        once.get("one more", "", press.job("one more"))
    assert refused.value.params["wait"] > 0
    press.go.set()
    gevent.joinall(jobs, raise_error=True)
    assert press.most == 1
    assert once.get("one more", "", press.job("one more")) == b"one more", "there is room again"


def test_what_is_kept_never_waits(press):
    once = Once(most=1)
    press.go.set()
    once.get("kept", "", press.job("kept"))
    press.go.clear()
    making = gevent.spawn(once.get, "other", "", press.job("other"))
    gevent.idle()
    assert once.get("kept", "", press.job("kept")) == b"kept"
    press.go.set()
    making.get()


def test_what_reads_otherwise_now_is_made_anew_and_the_old_one_forgotten(press):
    once = Once()
    press.go.set()
    once.get("pdf", "with a name", press.job("with"))
    assert once.get("pdf", "without", press.job("without")) == b"without"
    assert once.get("pdf", "with a name", press.job("again")) == b"again"


def test_a_failure_is_told_to_all_who_wait_and_kept_for_nobody(press):
    def fail() -> bytes:
        press.go.wait()
        raise errors.ExportStopped()

    once = Once()
    jobs = [gevent.spawn(once.get, "pdf", "", fail) for _ in range(2)]
    gevent.idle()
    press.go.set()
    for job in jobs:
        with pytest.raises(errors.ExportStopped):
            job.get()
    assert once.get("pdf", "", press.job("pdf")) == b"pdf"


def test_memory_is_bounded_and_the_least_used_goes_first(press):
    once = Once(memory=4)
    press.go.set()
    for name in ("aa", "bb", "aa", "cc", "aa", "bb"):
        once.get(name, "", press.job(name))
    assert press.made == ["aa", "bb", "cc", "bb"]
    assert once.get("larger", "", press.job("larger")) == b"larger", "also what is too large to be kept"
