"""Take the network away from 200 phones, or make it lose every fifth packet: all agree within 5 s of its return, no word is lost.

    python3 -m bench network [held] [reset] [paused] [loss] [--phones 200] [--cut 30] [--pause 40]

``held``: for so long no packet arrives and nobody is told. ``reset``: every connection breaks, new ones are refused. ``paused``: the
server is stopped with SIGSTOP. Everybody sends an idea when it begins; the session goes on meanwhile. After the end every state, sent
change by change, must soon have the hash of one made anew from the tables.

``loss``: a room writes, shares and votes over a network on which a ping takes 500 ms and 20 % of them are lost. Where
network interfaces may be made, these are real packets (`bench/_tun.py`); elsewhere a proxy imitates what loss does to a stream
(`bench/_proxy.py`) and breaks connections beside. `bench check` compares what was acknowledged with the database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import _tun, check
from bench._gathering import Far, Gathering, guests
from bench._gone import WAYS, return_of
from bench._proxy import Proxy, Weather
from bench._storm import Storm, prepare
from workshop.rehearse.client import Journal
from workshop.rehearse.desk import DATABASE
from workshop.rehearse.report import milliseconds, percentile

WITHIN = 5.0  # seconds after the return until all must agree
SLOWEST = 3.0  # seconds, p95 of acknowledgements on a network that loses packets
LOSSY = Weather(delay=0.25, loss=1 - 0.8**0.5, again=0.7, breaks=0.01)  # each way: a ping takes 500 ms, and 20 % are lost
BY = ("packets", "proxy")
PARTS = (*WAYS, "loss")


def main(arguments: list[str]) -> int:
    """Do the parts; 1 where one breaks a promise."""
    args = parser().parse_args(arguments)
    if unknown := set(args.parts) - set(PARTS):
        args.refuse(f"no such part: {', '.join(sorted(unknown))}")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # each phone is three sockets here: its own, and two of the proxy
    faults = [fault for part in args.parts or PARTS for fault in done(part, args)]
    print("\n".join(["", *faults]) if faults else "\nAs promised.")
    return 1 if faults else 0


def parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    one = argparse.ArgumentParser(prog="python3 -m bench network", description=(__doc__ or "").partition("\n")[0])
    one.set_defaults(refuse=one.error)
    one.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(PARTS)} (default: all)")
    one.add_argument("--phones", type=int, default=200, metavar="N", help="where the network goes (%(default)s)")
    one.add_argument("--cut", type=float, default=30.0, metavar="S", help="seconds without a network (%(default)s)")
    one.add_argument("--pause", type=float, default=40.0, metavar="S", help="seconds without the server (%(default)s)")
    one.add_argument("--lossy-phones", type=int, default=50, metavar="N", help="where packets are lost (%(default)s)")
    one.add_argument("--seconds", type=float, default=30.0, metavar="S", help="of storm where packets are lost (%(default)s)")
    one.add_argument("--pace", type=float, default=5.0, metavar="S", help="seconds between two commands of a phone there (%(default)s)")
    one.add_argument("--by", choices=BY, help="how loss is made (packets where it can be)")
    return one


def done(part: str, args: argparse.Namespace) -> list[str]:
    """Do one part; what is wrong."""
    if part == "loss" and args.by is None and _tun.works():
        again = [sys.executable, "-m", "bench", "network", "loss", "--by", "packets", "--seconds", str(args.seconds),
                 "--lossy-phones", str(args.lossy_phones), "--pace", str(args.pace)]
        run = subprocess.run(_tun.command(again), check=False)
        return ["loss: see above"] if run.returncode else []
    with tempfile.TemporaryDirectory(prefix="workshop-network-") as folder:
        house = Far(Path(folder) / "data")
        return lossy(house, args) if part == "loss" else gone(part, house, args)


# -- gone ------------------------------------------------------------------------------------------


def gone(part: str, house: Far, args: argparse.Namespace) -> list[str]:
    """Everybody is away for a while and comes back."""
    seconds = args.pause if part == "paused" else args.cut

    async def play() -> str:
        async with Gathering(house, hall, people, key) as room:
            await room.begin()
            await room.agreement(60)
            answered, agreed = await return_of(room, WAYS[part], seconds, WITHIN)
            again = sum(client.connects > 1 for client in room.clients)
            return f"all answered after {answered:.1f} s and equal after {agreed:.1f} s; {again} connections made anew"

    with house:
        hall, key = house.hall(), house.facilitator()
        people = guests(house, hall, args.phones)
        try:
            said = asyncio.run(play())
        except (AssertionError, TimeoutError) as problem:
            return [f"{part}: not equal within {WITHIN:.0f} s. {str(problem)[:500]}"]
        ideas = len(house.desk.record(hall.code).ideas)
    print(f"  {part:<7} {args.phones} phones, screen and console, {seconds:.0f} s: {said}", flush=True)
    return [] if ideas == 2 * args.phones else [f"{part}: {ideas} ideas are stored, {2 * args.phones} were sent"]


# -- loss ------------------------------------------------------------------------------------------


def lossy(house: Far, args: argparse.Namespace) -> list[str]:
    """A storm on a network that loses packets."""
    venue, journal, chance = prepare(house.data), Journal(), random.Random(11)
    network = packets(house, chance) if args.by == "packets" else Proxy(house.far_port, house.server.port, LOSSY, chance)
    storm = Storm(house.far_url, venue, journal, chance, args.pace)

    async def play() -> None:
        async with network, storm.blowing(args.lossy_phones):
            await asyncio.sleep(args.seconds)

    with house:
        asyncio.run(play())
    return judged(journal, house.data / DATABASE, args)


def packets(house: Far, chance: random.Random) -> _tun.Tun:
    """A network of real packets, on whose near end the server will be."""
    house.far_url = f"http://{_tun.FAR}:{house.server.port}"
    house.server.environment |= {"WORKSHOP_HOST": "0.0.0.0", "WORKSHOP_PUBLIC_URL": house.far_url}
    return _tun.Tun(LOSSY, chance)


def judged(journal: Journal, database: Path, args: argparse.Namespace) -> list[str]:
    """Say what a storm came to; what is wrong."""
    report = check.check(check.history_of(json.loads(entry.line) for entry in journal.entries), database)
    seconds, again = journal.seconds(), sum(entry.what == "unknown" for entry in journal.entries)
    print(f"  loss    {args.lossy_phones} phones, by {args.by or 'proxy'}: acknowledgement"
          f" p50 {milliseconds(percentile(seconds, 0.5))}, p95 {milliseconds(percentile(seconds, 0.95))}, max {milliseconds(max(seconds))};"
          f" {again} commands without an answer were sent again", *check.lines(report), sep="\n", flush=True)
    late = [f"loss: p95 is above {SLOWEST:.0f} s"] if percentile(seconds, 0.95) > SLOWEST else []
    return [*late, *(f"loss: {fault}: {sentence}" for fault, sentence in report.findings)]
