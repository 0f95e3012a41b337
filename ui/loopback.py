"""Whether the app can be reached from this machine only."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
"""What a server adds that passes requests on; whoever sent those may be anywhere."""


def only_this_machine() -> bool:
    """Whether the server listens on this machine only, and the browser is on it too."""
    headers = st.context.headers
    return (
        is_loopback(st.get_option("server.address"))
        and not any(name in headers for name in _PROXIED)
        # A web page elsewhere can give its own name this address (DNS rebinding).
        and all(_host_is_loopback(said) for said in headers.get_all("Host"))
        and all(_host_is_loopback(said) for said in headers.get_all("Origin"))
    )


def is_loopback(address: str | None) -> bool:
    """Whether an address is that of this machine itself; no address means all there are."""
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_is_loopback(said: str) -> bool:
    try:
        return is_loopback(urlsplit(said if "//" in said else f"//{said}").hostname)
    except ValueError:
        return False
