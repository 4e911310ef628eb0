"""A bad network of real packets: an interface whose far end is this computer again, with a delay and a loss on the way.

The kernel sends what goes to `FAR` out through the interface. Here every packet is lost or, after the delay, handed back with its
two addresses exchanged, so that it seems to come from `FAR` and reaches a server on `NEAR`; answers go the same way. The sums in
the headers stay right, because they do not ask for an order. What TCP makes of it is the kernel's own doing.

It takes the right to make interfaces, in a network namespace of its own: `command` makes one.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import random
import socket
import struct
import subprocess
import sys
from typing import Self

from bench._proxy import Weather

NEAR, FAR = "198.18.0.1", "198.18.0.2"  # of a range that is kept for measurements
NAME = b"weather"
MASK = "255.255.255.252"
PACKET = 65536  # bytes, at most
TUN, WITHOUT_HEAD, MAKE = 0x0001, 0x1000, 0x400454CA  # IFF_TUN, IFF_NO_PI, TUNSETIFF
SET_ADDRESS, SET_MASK, SET_FLAGS = 0x8916, 0x891C, 0x8914
UP, RUNNING = 0x1, 0x40


def command(arguments: list[str]) -> list[str]:
    """*arguments* run in a network namespace of their own."""
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *rights, "--net", *arguments]


def works() -> bool:
    """Whether this may be done here."""
    try:
        attempt = command([sys.executable, "-c", "from bench import _tun; _tun.Tun(_tun.Weather())"])
        return subprocess.run(attempt, capture_output=True, check=False).returncode == 0
    except OSError:  # no such program
        return False


class Tun:
    """The interface, and loopback beside it; an async context manager.

    Args:
        chance: decides what is lost.

    Raises:
        OSError: this may not be done here.
    """

    def __init__(self, weather: Weather, chance: random.Random | None = None) -> None:
        self._weather, self._chance = weather, chance or random.Random(20)
        self._file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self._file, MAKE, struct.pack("16sH22x", NAME, TUN | WITHOUT_HEAD))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            for what, address in ((SET_ADDRESS, NEAR), (SET_MASK, MASK)):
                fcntl.ioctl(control, what, struct.pack("16sH2x4s16x", NAME, socket.AF_INET, socket.inet_aton(address)))
            for name in (NAME, b"lo"):
                fcntl.ioctl(control, SET_FLAGS, struct.pack("16sH22x", name, UP | RUNNING))

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._file, self._take)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._loop.remove_reader(self._file)
        os.close(self._file)

    def _take(self) -> None:
        packet = os.read(self._file, PACKET)
        if packet[0] >> 4 == 4 and self._chance.random() >= self._weather.loss:
            self._loop.call_later(self._weather.delay, self._give, packet[:12] + packet[16:20] + packet[12:16] + packet[20:])

    def _give(self, packet: bytes) -> None:
        with contextlib.suppress(BlockingIOError):  # the kernel has no room: lost too
            os.write(self._file, packet)
