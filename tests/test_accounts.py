"""Accounts: one-time links, passwords, signed-in browsers. Olga organizes; Mallory tries it on."""

from __future__ import annotations

import gevent
import pytest

from tests.support import CHEAP, Clock
from workshop import errors
from workshop.service.accounts import LINK_MS, SIGNIN_MS, Accounts
from workshop.store import Store

SENTENCE = "five year laptops"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "workshop.db")
    yield store
    store.close()


@pytest.fixture
def accounts(store, clock):
    return Accounts(store, clock, CHEAP)


@pytest.fixture
def olga(accounts):
    return accounts.account_of(accounts.spend_link(accounts.new_link("Olga")))


def test_the_first_account_is_made_once(accounts):
    first = accounts.ensure_first()
    assert accounts.ensure_first() == first
    assert (first.role, first.password_hash) == ("organizer", None)


def test_a_link_signs_in_once(accounts):
    token = accounts.new_link()
    assert accounts.link_account(token) == accounts.ensure_first()  # looking does not spend it
    assert accounts.account_of(accounts.spend_link(token)) == accounts.ensure_first()
    with pytest.raises(errors.DeadLink):
        accounts.spend_link(token)


def test_a_link_dies_after_fifteen_minutes(accounts, clock):
    token = accounts.new_link()
    clock.forward(LINK_MS / 1000)
    with pytest.raises(errors.DeadLink):
        accounts.spend_link(token)


def test_a_link_for_a_new_name_makes_a_facilitator(accounts):
    accounts.ensure_first()
    token = accounts.new_link("Frida", "facilitator")
    assert accounts.account_of(accounts.spend_link(token)).role == "facilitator"


def test_a_link_for_a_known_name_keeps_the_role(accounts, olga):
    again = accounts.account_of(accounts.spend_link(accounts.new_link("Olga", "facilitator")))
    assert (again.id, again.role) == (olga.id, "organizer")


def test_only_hashes_of_secrets_are_stored(accounts, store):
    link = accounts.new_link()
    signin = accounts.spend_link(accounts.new_link())
    rows = store.read(lambda tx: tx.all("SELECT token_hash FROM links UNION SELECT token_hash FROM signins"))
    assert len(rows) == 3
    assert not {link, signin} & {row["token_hash"] for row in rows}


@pytest.mark.parametrize("token", [None, "", "guessed"])
def test_nobody_is_signed_in_by_a_wrong_token(accounts, token):
    with pytest.raises(errors.NotSignedIn):
        accounts.account_of(token)


def test_a_browser_stays_signed_in_for_fourteen_days(accounts, clock):
    token = accounts.spend_link(accounts.new_link())
    clock.forward(SIGNIN_MS / 1000 - 1)
    assert accounts.account_of(token)
    clock.forward(1)
    with pytest.raises(errors.NotSignedIn):
        accounts.account_of(token)


def test_a_password_signs_in_and_other_browsers_are_out(accounts, olga):
    elsewhere = accounts.spend_link(accounts.new_link("Olga"))
    here = accounts.set_password(olga, "", SENTENCE)
    assert accounts.account_of(here).password_hash.startswith("$argon2id$")
    assert accounts.account_of(accounts.sign_in("Olga", SENTENCE)).id == olga.id
    with pytest.raises(errors.NotSignedIn):
        accounts.account_of(elsewhere)


@pytest.mark.parametrize(("name", "password"), [("Olga", "not the sentence"), ("Nobody", SENTENCE), ("Olga", "")])
def test_wrong_names_and_passwords_get_the_same_answer(accounts, olga, name, password):
    accounts.set_password(olga, "", SENTENCE)
    with pytest.raises(errors.WrongPassword):
        accounts.sign_in(name, password)


def test_an_account_without_a_password_cannot_be_signed_in_by_one(accounts, olga):
    for password in ("", "password", olga.name):
        with pytest.raises(errors.WrongPassword):
            accounts.sign_in(olga.name, password)


def test_tries_are_limited_for_each_name(accounts, olga):
    accounts.set_password(olga, "", SENTENCE)
    for _ in range(8):
        with pytest.raises(errors.WrongPassword):
            accounts.sign_in("Olga", "guess")
    with pytest.raises(errors.TooMany) as caught:
        accounts.sign_in("Olga", SENTENCE)
    assert 1 <= caught.value.params["wait"] <= 300
    with pytest.raises(errors.WrongPassword):
        accounts.sign_in("Somebody else", "guess")


def test_changing_a_password_asks_for_the_old_one(accounts, olga):
    olga = accounts.account_of(accounts.set_password(olga, "", SENTENCE))
    with pytest.raises(errors.WrongPassword):
        accounts.set_password(olga, "guess", "another sentence")
    assert accounts.set_password(olga, SENTENCE, "another sentence")
    assert accounts.sign_in("Olga", "another sentence")


@pytest.mark.parametrize(("new", "error"), [("123456789", errors.ShortPassword), ("x" * 501, errors.TooLong)])
def test_a_password_has_a_sensible_length(accounts, olga, new, error):
    with pytest.raises(error):
        accounts.set_password(olga, "", new)


def test_signing_out(accounts, olga):
    here, there = (accounts.spend_link(accounts.new_link("Olga")) for _ in range(2))
    accounts.sign_out(here)
    with pytest.raises(errors.NotSignedIn):
        accounts.account_of(here)
    open_link = accounts.new_link("Olga")
    accounts.sign_out_everywhere(olga)
    with pytest.raises(errors.NotSignedIn):
        accounts.account_of(there)
    with pytest.raises(errors.DeadLink):
        accounts.spend_link(open_link)


def test_many_wrong_passwords_at_once_do_not_pass_together(accounts, olga):
    accounts.set_password(olga, "", SENTENCE)
    tries = [gevent.spawn(accounts.sign_in, "Olga", f"wrong {n}") for n in range(40)]
    gevent.wait(tries)
    assert sum(isinstance(one.exception, errors.WrongPassword) for one in tries) == 8
    assert sum(isinstance(one.exception, errors.TooMany) for one in tries) == 32


def test_right_passwords_do_not_use_up_the_tries(accounts, olga):
    accounts.set_password(olga, "", SENTENCE)
    assert all(accounts.sign_in("Olga", SENTENCE) for _ in range(20))
