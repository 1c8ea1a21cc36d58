"""Whether a port of this machine can be listened on."""

import socket

import click


def check_port_is_free(host: str, port: int, instead: str) -> None:
    """Raises click.ClickException; `instead` is a command with another port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise click.ClickException(f"Port {port} is for root alone. Choose another: {instead}") from error
        except socket.gaierror as error:
            raise click.ClickException(f"The address {host} is unknown on this machine.") from error
        except OSError as error:
            raise click.ClickException(f"Port {port} is in use. Choose another: {instead}") from error
