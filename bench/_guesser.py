"""Somebody who tries codes as fast as can be; ``python3 -m bench._guesser`` runs in a process of its own until its input ends."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable

import aiohttp

from workshop.model import CODE_ALPHABET, RETURN_LENGTH
from workshop.rehearse.browser import Browser, forms

CODE_LENGTH = 6


class Guesser:
    """Tries codes of sessions in both ways, and return codes of one session.

    Args:
        url: the server's address.
        code: the session whose return codes are tried.
        lines: how many connections guess at once.
    """

    def __init__(self, url: str, code: str, lines: int) -> None:
        self._url, self._code, self._lines, self._chance = url, code, lines, random.Random(7)
        self.answers: Counter[str] = Counter()

    async def run(self) -> dict[str, float]:
        """Guess until standard input ends; answers by kind, and the seconds that it took."""
        start = time.monotonic()
        kinds: list[Callable[[], object]] = [self._typed, self._scanned, self._typed, self._returned]
        unbounded = {"connector": aiohttp.TCPConnector(limit=0), "cookie_jar": aiohttp.DummyCookieJar()}
        async with aiohttp.ClientSession(**unbounded) as self._http, Browser(self._url) as browser:
            self._back = await self._open_form(browser)
            guessing = [asyncio.create_task(self._guess(kinds[number % len(kinds)])) for number in range(self._lines)]
            await asyncio.to_thread(sys.stdin.read)
            for task in guessing:
                task.cancel()
            await asyncio.gather(*guessing, return_exceptions=True)
        return {**self.answers, "seconds": time.monotonic() - start}

    async def _open_form(self, browser: Browser) -> Callable[[str], object]:
        _, base, page = await browser.get(self._code)
        form = next(form for form in forms(page) if "return_code" in form.names)
        return lambda guess: browser.submit(base, form, {"return_code": guess})

    async def _guess(self, kind: Callable[[], object]) -> None:
        while True:
            try:
                await kind()  # type: ignore[misc]
            except (aiohttp.ClientError, OSError):
                self.answers["broken off"] += 1

    async def _typed(self) -> None:
        await self._get(f"/?code={self._some(CODE_LENGTH)}")

    async def _scanned(self) -> None:
        await self._get(f"/{self._some(CODE_LENGTH)}")

    async def _get(self, path: str) -> None:
        async with self._http.get(self._url + path, allow_redirects=False) as answer:
            await answer.read()
            self._count("code", answer.status)

    async def _returned(self) -> None:
        status, _, _ = await self._back(self._some(RETURN_LENGTH))  # type: ignore[misc]
        self._count("return code", status)

    def _count(self, what: str, status: int) -> None:
        self.answers[f"{what}: {'turned away' if status == 429 else 'not known' if status == 404 else f'status {status}'}"] += 1

    def _some(self, length: int) -> str:
        return "".join(self._chance.choices(CODE_ALPHABET, k=length))


if __name__ == "__main__":
    os.setpriority(os.PRIO_PROCESS, 0, 10)  # who measures goes first
    print("on", flush=True)
    print(json.dumps(asyncio.run(Guesser(sys.argv[1], sys.argv[2], int(sys.argv[3])).run())))
