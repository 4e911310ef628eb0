"""Which addresses of this computer phones in the same network can open."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import ifaddr

# Networks of virtual machines, containers and tunnels: no phone is in them.
VIRTUAL = (
    "docker", "br-", "veth", "virbr", "vboxnet", "vmnet", "vethernet", "virtualbox", "vmware", "podman", "cni",
    "flannel", "lxc", "lxd", "utun", "tun", "tap", "wg", "zt", "tailscale",
)
HOME = tuple(ipaddress.IPv4Network(block) for block in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12"))
ANY = ("0.0.0.0", "::", "")


def phone_urls(host: str, port: int) -> tuple[str, ...]:
    """The web addresses for phones when the server listens on *host* and *port*, the likeliest first."""
    names = lan_addresses() or ["127.0.0.1"] if host in ANY else [f"[{host}]" if ":" in host else host]
    return tuple(f"http://{name}" if port == 80 else f"http://{name}:{port}" for name in names)


def lan_addresses(adapters: Iterable[ifaddr.Adapter] | None = None) -> list[str]:
    """This computer's IPv4 addresses in local networks: private ones first, virtual networks left out.

    Args:
        adapters: the network adapters; those of this computer when None.
    """
    found = [
        ipaddress.IPv4Address(ip.ip)
        for adapter in (ifaddr.get_adapters() if adapters is None else adapters)
        if not _is_virtual(adapter)
        for ip in adapter.ips
        if ip.is_IPv4
    ]
    usable = [one for one in dict.fromkeys(found) if not (one.is_loopback or one.is_link_local)]
    return [str(one) for one in sorted(usable, key=lambda one: not any(one in block for block in HOME))]


def _is_virtual(adapter: ifaddr.Adapter) -> bool:
    return any(str(name).lower().startswith(VIRTUAL) for name in (adapter.name, adapter.nice_name))
