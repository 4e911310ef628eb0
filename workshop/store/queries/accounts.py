"""Accounts, their one-time links and their signed-in browsers."""

from __future__ import annotations

from workshop.model import Account
from workshop.store.queries.rows import maybe
from workshop.store.tx import Tx


def first(tx: Tx) -> Account | None:
    """The oldest account, if there is one."""
    return maybe(Account, tx.one("SELECT * FROM accounts ORDER BY created_at, id LIMIT 1"))


def by_name(tx: Tx, name: str) -> Account | None:
    """The account with the name."""
    return maybe(Account, tx.one("SELECT * FROM accounts WHERE name = :name", name=name))


def by_id(tx: Tx, account: str) -> Account | None:
    """The account with the id."""
    return maybe(Account, tx.one("SELECT * FROM accounts WHERE id = :account", account=account))


def names(tx: Tx) -> dict[str, str]:
    """The name of every account, by its id."""
    return {row["id"]: row["name"] for row in tx.all("SELECT id, name FROM accounts")}


def alive(tx: Tx, now: int) -> set[str]:
    """The token hashes of all browsers that are signed in at *now* (epoch ms)."""
    return {row["token_hash"] for row in tx.all("SELECT token_hash FROM signins WHERE expires_at > :now", now=now)}


def insert(tx: Tx, account: Account) -> None:
    """Store a new account."""
    tx.run(
        "INSERT INTO accounts (id, name, role, password_hash, created_at)"
        " VALUES (:id, :name, :role, :password_hash, :created_at)",
        id=account.id, name=account.name, role=account.role,
        password_hash=account.password_hash, created_at=account.created_at,
    )


def set_password(tx: Tx, account: str, password_hash: str) -> None:
    """Store the hash of the account's new password."""
    tx.run("UPDATE accounts SET password_hash = :hash WHERE id = :account", account=account, hash=password_hash)


def add_link(tx: Tx, token_hash: str, account: str, expires_at: int) -> None:
    """Store a one-time link that is good until *expires_at* (epoch ms)."""
    tx.run(
        "INSERT INTO links (token_hash, account_id, expires_at) VALUES (:hash, :account, :expires_at)",
        hash=token_hash, account=account, expires_at=expires_at,
    )


def link_account(tx: Tx, token_hash: str, now: int) -> Account | None:
    """The account of a link that is neither spent nor too old."""
    row = tx.one(
        "SELECT a.* FROM links l JOIN accounts a ON a.id = l.account_id"
        " WHERE l.token_hash = :hash AND l.used_at IS NULL AND l.expires_at > :now",
        hash=token_hash, now=now,
    )
    return maybe(Account, row)


def spend_link(tx: Tx, token_hash: str, now: int) -> None:
    """Mark the link as used."""
    tx.run("UPDATE links SET used_at = :now WHERE token_hash = :hash", hash=token_hash, now=now)


def add_signin(tx: Tx, token_hash: str, account: str, expires_at: int) -> None:
    """Store a signed-in browser."""
    tx.run(
        "INSERT INTO signins (token_hash, account_id, expires_at) VALUES (:hash, :account, :expires_at)",
        hash=token_hash, account=account, expires_at=expires_at,
    )


def signed_in(tx: Tx, token_hash: str, now: int) -> Account | None:
    """The account of a signed-in browser."""
    row = tx.one(
        "SELECT a.* FROM signins s JOIN accounts a ON a.id = s.account_id"
        " WHERE s.token_hash = :hash AND s.expires_at > :now",
        hash=token_hash, now=now,
    )
    return maybe(Account, row)


def sign_out(tx: Tx, token_hash: str) -> None:
    """Forget one signed-in browser."""
    tx.run("DELETE FROM signins WHERE token_hash = :hash", hash=token_hash)


def sign_out_everywhere(tx: Tx, account: str, now: int) -> None:
    """Forget every signed-in browser of the account, and kill its open links."""
    tx.run("DELETE FROM signins WHERE account_id = :account", account=account)
    tx.run(
        "UPDATE links SET used_at = :now WHERE account_id = :account AND used_at IS NULL", account=account, now=now
    )


def forget_old(tx: Tx, now: int) -> None:
    """Drop links and sign-ins that have expired."""
    tx.run("DELETE FROM links WHERE expires_at <= :now", now=now)
    tx.run("DELETE FROM signins WHERE expires_at <= :now", now=now)
