"""The command line: ``workshop`` and ``python3 -m workshop``.

Nothing heavy is imported before it is known which command runs, and serving patches the standard
library for gevent before anything else is imported. Exit codes: 0 well, 1 a difference was found, 2 a
wrong setting or argument, or a data folder that cannot be used.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from workshop import __version__, config, errors

if TYPE_CHECKING:
    from workshop.app import Workshop

PARTICIPANTS = 40  # in a rehearsal, unless said otherwise
ROLES = ("organizer", "facilitator")


def main(argv: list[str] | None = None) -> int:
    """Run the command of *argv* (the process's own when None); its exit code."""
    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except errors.WorkshopError as problem:
        print(f"workshop: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The whole command line; the settings' flags stand on every command."""
    flags = _setting_flags()
    whole = argparse.ArgumentParser(
        prog="workshop", parents=[flags],
        description="A live workshop tool: a room's ideas and votes become draft best practices.",
        epilog="Without a command it serves. Every setting is also an environment variable: --port is WORKSHOP_PORT.",
    )
    whole.add_argument("--version", action="version", version=f"workshop {__version__}")
    whole.set_defaults(run=serve)
    commands = whole.add_subparsers(metavar="COMMAND", title="commands")
    for name, run, add_arguments in COMMANDS:
        summary = (run.__doc__ or "").partition("\n")[0]
        one = commands.add_parser(name, parents=[flags], help=summary, description=summary)
        one.set_defaults(run=run)
        add_arguments(one)
    return whole


def serve(args: argparse.Namespace) -> int:
    """Serve phones, screens and consoles until stopped (the default)."""
    from gevent import monkey

    monkey.patch_all()
    from workshop import serving

    os.umask(0o077)  # what people write is nobody else's on this computer
    return serving.run(lambda port=None: _settings(args, port))


def account(args: argparse.Namespace) -> int:
    """Print a fresh sign-in link: good once, for 15 minutes."""
    from workshop import welcome

    workshop = _workshop(args)
    token = workshop.accounts.new_link(args.name, args.role)
    print(welcome.link(workshop.settings.public_url, token))
    workshop.close()
    return 0


def export(args: argparse.Namespace) -> int:
    """Write the documents of a session and print where they are."""
    from workshop import documents

    workshop = _workshop(args)
    for path in documents.export(workshop.store, args.code, workshop.settings.exports, names=args.format, tell=_progress):
        print(path)
    workshop.close()
    return 0


def _progress(step: str) -> None:
    """Say on standard error what is being made, for long work."""
    print(f"writing {step} …", file=sys.stderr, flush=True)


def bring(args: argparse.Namespace) -> int:
    """Read practices from `report.json`, its zip or a practice's Markdown into an event: all files, or none."""
    from pathlib import Path

    from workshop.documents import incoming

    batches = [incoming.read(Path(name)) for name in args.file]
    workshop = _workshop(args)
    for batch, brought in zip(batches, workshop.practices.bring(batches, args.event or ""), strict=True):
        known = f", {brought.known} there already" if brought.known else ""
        made = "1 practice" if len(brought.made) == 1 else f"{len(brought.made)} practices"
        print(f"{batch.file}: {made} into “{brought.event}”{known}")
    workshop.close()
    return 0


def recount(args: argparse.Namespace) -> int:
    """Count a session's ballots again, in SQL, and compare; exit 1 on a difference."""
    from workshop import recounting

    workshop = _workshop(args)
    found = recounting.count_twice(workshop.store, args.code)
    workshop.close()
    print("\n".join(recounting.lines(found)))
    return 1 if found.differences else 0


def backup(args: argparse.Namespace) -> int:
    """Copy the whole database, also while the server runs, to FILE or into `backups/` of the data folder."""
    from workshop import backing_up

    print("\n".join(backing_up.back_up(_settings(args), args.file)))
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup in the place of the database of a stopped server; what was there is kept."""
    from workshop import backing_up

    os.umask(0o077)
    print("\n".join(backing_up.restore(_settings(args), args.file)))
    return 0


def rehearse(args: argparse.Namespace) -> int:
    """Let simulated participants use a session, or replay a recorded conversation."""
    from workshop import rehearse as rehearsal

    if bool(args.code) == bool(args.replay):
        args.refuse("either CODE or --replay DIR is needed")
    if args.kills < 0 or (args.kills and not args.replay):
        args.refuse("--kills counts the kills of a --replay")
    return rehearsal.main(args, _settings(args))


def _account_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("--name", help="whose account, made where it is missing (the first account)")
    one.add_argument("--role", choices=ROLES, default=ROLES[0], help="what a new account may do (%(default)s)")


def _code_argument(one: argparse.ArgumentParser) -> None:
    one.add_argument("code", metavar="CODE", help="the session's join code")


def _export_arguments(one: argparse.ArgumentParser) -> None:
    _code_argument(one)
    one.add_argument("--format", metavar="NAME", action="append", default=[], help="one of the formats; may be repeated (all)")


def _bring_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", nargs="+", help="a report.json of ours, the zip that it came in, or a practice's Markdown")
    one.add_argument("--event", metavar="NAME", help="the event that takes them, made where it is missing (the file's own)")


def _backup_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", nargs="?", help="the new file; nothing is ever overwritten")


def _restore_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", help="a backup")


def _rehearse_arguments(one: argparse.ArgumentParser) -> None:
    one.set_defaults(refuse=one.error)
    one.add_argument("code", metavar="CODE", nargs="?", help="the join code of a session on the running server")
    one.add_argument("--participants", type=int, default=PARTICIPANTS, metavar="N", help="how many join (%(default)s)")
    one.add_argument("--url", help="where the server is (this computer, on the port of the settings)")
    one.add_argument("--pace", type=float, default=1.0, metavar="X", help="stretch all waiting by X; 0 leaves it out (1)")
    one.add_argument("--replay", metavar="DIR", help="replay the conversation in DIR on a private server")
    one.add_argument("--kills", type=int, default=0, metavar="N", help="kill that server N times on the way (%(default)s)")


COMMANDS = (
    ("serve", serve, lambda _: None),
    ("account", account, _account_arguments),
    ("export", export, _export_arguments),
    ("import", bring, _bring_arguments),
    ("recount", recount, _code_argument),
    ("backup", backup, _backup_arguments),
    ("restore", restore, _restore_arguments),
    ("rehearse", rehearse, _rehearse_arguments),
)


def _setting_flags() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(add_help=False)
    group = flags.add_argument_group("settings")
    for setting in config.TABLE:
        default = setting.default.replace("`", "").replace("%", "%%")
        group.add_argument(
            setting.flag, dest=setting.name, metavar="VALUE", default=argparse.SUPPRESS,
            help=f"{setting.meaning} ({default})",
        )
    return flags


def _settings(args: argparse.Namespace, port: int | None = None) -> config.Settings:
    flags = {setting.name: getattr(args, setting.name, None) for setting in config.TABLE}
    return config.Settings.load(os.environ, flags | ({"port": str(port)} if port else {}))


def _workshop(args: argparse.Namespace) -> Workshop:
    from workshop import app

    settings = _settings(args)
    settings.ensure_data_folder()
    return app.create(settings)
