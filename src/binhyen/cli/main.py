"""The command `binhyen`: grouped commands, one clear line for a wrong argument, exit 2."""

import importlib
import sys
from collections.abc import Sequence

import click

from binhyen import __version__
from binhyen.core.errors import BinhYenError, Misconfigured

_GROUPS: dict[str, dict[str, str]] = {
    "Try": {
        "demo": "Start everything on this machine with invented residents.",
        "load-case": "Load a published case of the model, to look at its figures and review.",
        "load-nation": "Invent a nation's figures, to try the pages on.",
        "answer": "Print what a resident would get for a message.",
    },
    "Run": {
        "init": "Set up the first unit and its first administrator.",
        "serve": "Run web and worker as one process group.",
        "web": "Run the web process alone.",
        "worker": "Run one worker process alone.",
    },
    "Look after": {
        "units": "Show the tree of units; add, merge, split, rename, undo.",
        "export-configuration": "Write a unit's configuration to a file, without residents or officers.",
        "import-configuration": "Take the configuration of another unit over; texts wait for approval.",
        "bring-in-figures": "Bring in totals from before this system, with their source.",
        "recount-figures": "Count days of figures afresh and say what was different.",
        "doctor": "Say what is wrong with this installation and how to mend it.",
        "replay": "Work recorded webhook calls again from a file.",
        "train": "Build the language model from the data, corrections included.",
    },
    "Keep": {
        "retention": "List what is due to be erased, or erase it.",
        "backup": "Write an encrypted backup, and remove those older than 35 days.",
        "restore": "Bring an encrypted backup back; erasures since then are carried out again.",
        "breach-notice": "Draft the notice of a data breach that has to go out within 72 hours.",
    },
    "Watch": {
        "verify-audit": "Check that nobody changed or cut the record of who did what.",
    },
    "Measure": {
        "evaluate": "Score the understanding of messages against a labelled file.",
        "evaluate-pii": "Score the finding of personal data against a labelled file.",
        "evaluate-publication": "Score the publication check against a labelled file.",
        "evaluate-duplicates": "Score the finding of reports of one incident against a labelled file.",
        "evaluate-swarm": "Score the notice of many reports of one event within minutes.",
        "bench": "Measure speed against the bare engine of the same run.",
    },
}


_SHORT = {"export": "export-configuration", "import": "import-configuration"}
"""Short names, understood and not listed."""


class GroupedCommands(click.Group):
    """Lists commands under headings and imports a command's module only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order of the headings."""
        return [name for names in _GROUPS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of module `binhyen.cli.<name>`, or None."""
        cmd_name = _SHORT.get(cmd_name, cmd_name)
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"binhyen.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """One section a heading; no command module is imported for it."""
        for heading, commands in _GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()))


@click.group(cls=GroupedCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="binhyen")
def root() -> None:
    """Bình Yên: a local police unit and its residents keep their neighbourhood safe together.

    Settings come from the environment (BINHYEN_...) or from the file named by BINHYEN_CONFIG.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code: 0 done, 1 failed, 2 wrong arguments, 130 Ctrl+C."""
    try:
        result = root.main(args=arguments, prog_name="binhyen", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)  # the whole help, its lines kept
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "binhyen"
        return _say(f"{error.format_message()} See: {command} --help", 2)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except click.Abort:
        return _say("stopped.", 130)
    except Misconfigured as error:
        return _say(str(error), 1)
    except BinhYenError as error:
        return _say(f"{type(error).__name__}: {error}", 1)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        if not _is_database_away(error):
            raise
        return _say(f"The database cannot be used: {error} See: binhyen doctor", 1)
    return result if isinstance(result, int) else 0


def _is_database_away(error: Exception) -> bool:
    """Away, locked, not ours or broken: nothing that a trace of our own lines would explain."""
    database = sys.modules.get("django.db")  # a command without a database never loads it
    if database is None or not isinstance(error, database.Error):
        return False
    return not isinstance(error, database.IntegrityError | database.DataError)


def _say(line: str, code: int) -> int:
    click.echo(f"binhyen: {' '.join(line.split())}", err=True)
    return code
