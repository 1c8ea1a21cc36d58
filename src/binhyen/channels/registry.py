"""Every connector of this installation, by name."""

from binhyen.channels.connector import Connector
from binhyen.channels.manual.connector import Manual
from binhyen.channels.web.connector import Web
from binhyen.channels.zalo_gmf.connector import ZaloGmf
from binhyen.channels.zalo_oa.connector import ZaloOa

_ALL: tuple[Connector, ...] = (ZaloOa(), ZaloGmf(), Web(), Manual())
_BY_NAME = {connector.name: connector for connector in _ALL}


def connector_for(name: str) -> Connector:
    """The connector of that name; raises KeyError for a name that no row can have."""
    return _BY_NAME[name]


def all_connectors() -> tuple[Connector, ...]:
    """All connectors, in the order officers see them."""
    return _ALL
