"""Accounts of organizers and facilitators: one-time links, passwords, signed-in browsers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Literal

import argon2
from gevent.lock import BoundedSemaphore
from limits import RateLimitItemPerMinute

from workshop import errors
from workshop.model import NAME_LIMIT, Account, new_id, now_ms
from workshop.native import natively
from workshop.pace import Pace
from workshop.rules import text
from workshop.service.entrance import hashed
from workshop.store import Store, Tx
from workshop.store.queries import accounts

FIRST_NAME = "organizer"
LINK_MS = 15 * 60_000
SIGNIN_MS = 14 * 24 * 3_600_000
PASSWORD_MIN, PASSWORD_MAX = 10, 500  # characters
TRIES = RateLimitItemPerMinute(8, 5)  # wrong passwords per account name
Role = Literal["organizer", "facilitator"]
_two_at_once = BoundedSemaphore(2)


class Accounts:
    """Who may organize and facilitate.

    Args:
        clock: gives epoch milliseconds.
        hasher: argon2id with the library's parameters, unless a test wants cheaper ones.
    """

    def __init__(
        self, store: Store, clock: Callable[[], int] = now_ms, hasher: argon2.PasswordHasher | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher or argon2.PasswordHasher()
        self._tries = Pace(TRIES)

    # -- links ---------------------------------------------------------------------------------

    def ensure_first(self) -> Account:
        """The first account; an organizer without a password is made where there is none."""
        return self._store.write(lambda tx: accounts.first(tx) or self._make(tx, FIRST_NAME, "organizer"))

    def new_link(self, name: str | None = None, role: Role = "organizer") -> str:
        """A token for a sign-in link: good once, for 15 minutes.

        Args:
            name: whose; the first account's when None. An unknown name makes an account with *role*.

        Raises:
            errors.Empty, errors.TooLong: the name is not one.
        """
        owner = self.ensure_first() if name is None else None
        name = owner.name if owner else text.clean_line(name or "", NAME_LIMIT, "name")
        token = secrets.token_urlsafe(24)
        self._store.write(lambda tx: self._add_link(tx, name, role, token))
        return token

    def link_account(self, token: str) -> Account:
        """Whose link it is, without spending it.

        Raises:
            errors.DeadLink: unknown, spent or too old.
        """
        return _alive(self._store.lookup(lambda tx: accounts.link_account(tx, hashed(token), self._clock())))

    def spend_link(self, token: str) -> str:
        """Use up a link; the token that signs the browser in for 14 days.

        Raises:
            errors.DeadLink: unknown, spent or too old.
        """
        return self._store.write(lambda tx: self._spend(tx, token))

    # -- signed-in browsers ----------------------------------------------------------------------

    def account_of(self, token: str | None) -> Account:
        """The account of a signed-in browser.

        Raises:
            errors.NotSignedIn: the token is missing, unknown or too old.
        """
        now = self._clock()
        found = token and self._store.lookup(lambda tx: accounts.signed_in(tx, hashed(token), now))
        if not found:
            raise errors.NotSignedIn()
        return found

    def sign_in(self, name: str, password: str) -> str:
        """Sign a browser in with a password; its token.

        Raises:
            errors.WrongPassword: without saying which of the two is wrong.
            errors.TooMany: eight wrong ones for the name within five minutes.
        """
        key = name.strip().casefold()[:NAME_LIMIT]
        self._tries.spend(key)  # before it is looked at, so that many at once do not pass together
        account = self._store.lookup(lambda tx: accounts.by_name(tx, name.strip()))
        stored = account.password_hash if account else None
        if not self._fits(stored, password) or account is None:
            raise errors.WrongPassword("password")
        self._tries.forget(key)
        return self._store.write(lambda tx: self._signed_in(tx, account))

    def sign_out(self, token: str) -> None:
        """Forget this browser."""
        self._store.write(lambda tx: accounts.sign_out(tx, hashed(token)))

    def sign_out_everywhere(self, account: Account) -> None:
        """Forget every browser of the account and kill its open links."""
        self._store.write(lambda tx: accounts.sign_out_everywhere(tx, account.id, self._clock()))

    def set_password(self, account: Account, old: str, new: str) -> str:
        """Set or change the password; every browser is signed out, and the token for this one returned.

        Raises:
            errors.WrongPassword: the account has a password and *old* is another.
            errors.ShortPassword, errors.TooLong: by `PASSWORD_MIN` and `PASSWORD_MAX`.
            errors.TooMany: too many wrong old ones.
        """
        self._check_old(account, old)
        if len(new) < PASSWORD_MIN:
            raise errors.ShortPassword("new", limit=PASSWORD_MIN)
        if len(new) > PASSWORD_MAX:
            raise errors.TooLong("new", over=len(new) - PASSWORD_MAX, limit=PASSWORD_MAX)
        digest = natively(lambda: self._hasher.hash(new))
        return self._store.write(lambda tx: self._changed(tx, account, digest))

    # -- inside a transaction ----------------------------------------------------------------------

    def _make(self, tx: Tx, name: str, role: Role) -> Account:
        account = Account(new_id(self._clock()), name, role, None, self._clock())
        accounts.insert(tx, account)
        return account

    def _add_link(self, tx: Tx, name: str, role: Role, token: str) -> None:
        account = accounts.by_name(tx, name) or self._make(tx, name, role)
        accounts.forget_old(tx, self._clock())
        accounts.add_link(tx, hashed(token), account.id, self._clock() + LINK_MS)

    def _spend(self, tx: Tx, token: str) -> str:
        account = _alive(accounts.link_account(tx, hashed(token), self._clock()))
        accounts.spend_link(tx, hashed(token), self._clock())
        return self._signed_in(tx, account)

    def _signed_in(self, tx: Tx, account: Account) -> str:
        token = secrets.token_urlsafe(24)
        accounts.add_signin(tx, hashed(token), account.id, self._clock() + SIGNIN_MS)
        return token

    def _changed(self, tx: Tx, account: Account, digest: str) -> str:
        accounts.set_password(tx, account.id, digest)
        accounts.sign_out_everywhere(tx, account.id, self._clock())
        return self._signed_in(tx, account)

    # -- passwords -------------------------------------------------------------------------------

    def _check_old(self, account: Account, old: str) -> None:
        if account.password_hash is None:
            return
        key = account.name.casefold()
        self._tries.spend(key)  # before it is looked at, so that many at once do not pass together
        if not self._fits(account.password_hash, old):
            raise errors.WrongPassword("old")
        self._tries.forget(key)

    def _fits(self, digest: str | None, password: str) -> bool:
        """Whether the password has the digest; where there is none, the answer takes as long."""
        try:
            with _two_at_once:
                # It takes some 50 ms on purpose: on a native thread the room's sockets do not wait for it.
                return natively(lambda: self._verified(digest, password[:PASSWORD_MAX]))
        except argon2.exceptions.VerificationError:
            return False

    def _verified(self, digest: str | None, password: str) -> bool:
        if digest is None:
            self._hasher.hash(password)
            return False
        return self._hasher.verify(digest, password)


def _alive(account: Account | None) -> Account:
    if account is None:
        raise errors.DeadLink()
    return account
