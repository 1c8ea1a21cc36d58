"""`python -m binhyen.simulator`: the simulator as a process of its own."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import uvicorn

from binhyen.simulator.app import Simulator, create_app
from binhyen.simulator.config import PACKAGE_RATES_PER_MINUTE, PageConfig, SimulatorConfig


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m binhyen.simulator", description=__doc__)
    default, page = SimulatorConfig(), PageConfig()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090, help="0 takes any free port")
    parser.add_argument(
        "--base-url", help="address others reach the simulator at (media URLs); default from host, port"
    )
    parser.add_argument("--webhook-url", help="where events are delivered; without it none are")
    parser.add_argument("--app-id", default=default.app_id)
    parser.add_argument("--app-secret", default=default.app_secret)
    parser.add_argument("--callback-url", help="the OAuth callback saved in the console; without it any is taken")
    parser.add_argument("--code-challenge", help="the PKCE challenge saved in the console")
    parser.add_argument("--oa-id", default=page.oa_id)
    parser.add_argument("--oa-name", default=page.name)
    parser.add_argument("--oa-secret-key", default=page.secret_key)
    parser.add_argument("--package", choices=sorted(PACKAGE_RATES_PER_MINUTE), default=page.package)
    parser.add_argument("--oa-type", type=int, default=page.oa_type, help="4 government, 2 business")
    parser.add_argument("--not-verified", action="store_true")
    parser.add_argument(
        "--page",
        action="append",
        default=[],
        metavar="ID,SECRET,NAME",
        help="one more page of the app; may be repeated",
    )
    parser.add_argument("--lenient", action="store_true", help="also take what the documentation does not promise")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=JSON", help="a switch, as /_sim/settings")
    parser.add_argument("--state-file", type=Path, help="keep tokens, residents and conversations over restarts")
    parser.add_argument("--json", action="store_true", help="print one line of JSON once everything answers")
    return parser


def config_from(given: argparse.Namespace) -> SimulatorConfig:
    """The configuration the command line asks for; raises `ValueError` for a wrong `--page`."""
    first = PageConfig(
        given.oa_id, given.oa_name, given.oa_secret_key, given.package, not given.not_verified, given.oa_type
    )
    pages = [first]
    for text in given.page:
        oa_id, secret_key, name = text.split(",", 2)
        pages.append(replace(first, oa_id=oa_id, secret_key=secret_key, name=name))
    return SimulatorConfig(
        app_id=given.app_id,
        app_secret=given.app_secret,
        webhook_url=given.webhook_url,
        callback_url=given.callback_url,
        code_challenge=given.code_challenge,
        base_url=given.base_url or f"http://{given.host}:{given.port}",
        pages=tuple(pages),
        is_strict=not given.lenient,
    )


class AnnouncingServer(uvicorn.Server):
    """Says where it listens, once it listens."""

    def __init__(self, config: uvicorn.Config, app: Simulator, *, is_json: bool, is_base_given: bool) -> None:
        super().__init__(config)
        self.app = app
        self.is_json = is_json
        self.is_base_given = is_base_given

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Bind, then announce."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if not self.started or not self.servers:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        if not self.is_base_given:
            self.app.world.base_url = f"http://{host}:{port}"
        told = announcement(self.app)
        line = json.dumps(told, ensure_ascii=False) if self.is_json else f"Zalo (giả lập): {told['phone']}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def announcement(app: Simulator) -> dict[str, object]:
    """Addresses and identities, for scripts. The secrets are test values of a fake."""
    world = app.world
    return {
        "simulator": world.base_url,
        "phone": f"{world.base_url}/phone",
        "webhook": app.sender.url,
        "app_id": world.config.app_id,
        "app_secret": world.config.app_secret,
        "pages": [{"oa_id": p.oa_id, "name": p.name, "oa_secret_key": p.secret_key} for p in world.pages.values()],
    }


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    parser = arguments()
    given = parser.parse_args(argv)
    try:
        app = create_app(config_from(given))
        if given.state_file:
            app.keep_state_in(given.state_file)
        values = dict(text.split("=", 1) for text in given.set)
        app.world.switches = app.world.switches.changed({name: json.loads(value) for name, value in values.items()})
    except ValueError as error:
        parser.error(str(error))
    config = uvicorn.Config(
        app, host=given.host, port=given.port, log_level="warning", access_log=False, lifespan="on", loop="auto"
    )
    server = AnnouncingServer(config, app, is_json=given.json, is_base_given=bool(given.base_url))
    try:
        server.run()
    except KeyboardInterrupt:  # Ctrl-C, raised again by the server after it has shut down cleanly
        return 0
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
