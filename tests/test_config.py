"""Settings: one table, loud errors, a secret that nobody else reads, addresses that phones can open."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import ifaddr
import pytest

from workshop import addresses, config, errors
from workshop.config import Settings


def load(**env: str) -> Settings:
    return Settings.load({f"WORKSHOP_{name.upper()}": value for name, value in env.items()})


def test_every_setting_comes_from_its_variable(tmp_path: Path) -> None:
    settings = load(
        host="127.0.0.1", port="9001", data=str(tmp_path), public_url="https://Workshop.example.org/", trusted_proxies="1",
        exports=str(tmp_path / "out"), log_level="DEBUG",
    )
    assert (settings.host, settings.port, settings.data, settings.exports) == ("127.0.0.1", 9001, tmp_path, tmp_path / "out")
    assert (settings.public_url, settings.trusted_proxies, settings.log_level) == ("https://workshop.example.org", 1, "debug")


def test_a_flag_wins_over_the_variable_and_an_empty_variable_is_no_setting() -> None:
    assert Settings.load({"WORKSHOP_PORT": "9001"}, {"port": "9002"}).port == 9002
    assert Settings.load({"WORKSHOP_PORT": "9001"}, {"port": None}).port == 9001
    assert load(port="").port == 8000


def test_a_checkout_keeps_its_data_beside_itself() -> None:
    settings = load()
    assert settings.data == config.CHECKOUT / "data"
    assert settings.exports == config.CHECKOUT / "exports"
    assert (settings.host, settings.port, settings.trusted_proxies, settings.log_level) == ("0.0.0.0", 8000, 0, "info")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("host", "http://x/"), ("port", "eighty"), ("port", "65536"), ("port", "-1"), ("port", "²"), ("trusted_proxies", "10"),
        ("public_url", "workshop.example.org"), ("public_url", "ftp://example.org"), ("public_url", "https://example.org/tool"),
        ("public_url", "https://u:p@example.org"), ("public_url", "http://example.org:99999"), ("public_url", "http://[x"),
        ("public_url", "https://höst.example"), ("log_level", "loud"),
    ],
)
def test_a_wrong_setting_names_its_variable_and_the_remedy(name: str, value: str) -> None:
    with pytest.raises(errors.SettingError) as caught:
        load(**{name: value})
    assert caught.value.params["variable"] == f"WORKSHOP_{name.upper()}"
    assert caught.value.params["problem"]
    assert caught.value.params["remedy"]


def test_a_mistyped_variable_is_refused_and_foreign_ones_are_left_alone() -> None:
    with pytest.raises(errors.SettingError, match=r"WORKSHOP_PROT: .* WORKSHOP_PORT meant"):
        load(prot="9000")
    assert load(service_host="10.0.0.1", chromium="/usr/bin/true").port == 8000


def test_the_port_of_the_scheme_is_left_out_as_browsers_do() -> None:
    assert load(public_url="https://example.org:443").public_url == "https://example.org"
    assert load(public_url="http://example.org:80").public_url == "http://example.org"
    assert load(public_url="http://example.org:443").public_url == "http://example.org:443"


def test_origins_are_the_phones_addresses_and_this_computers_own() -> None:
    settings = load(public_url="https://workshop.example.org", port="9000")
    assert settings.origins == ["https://workshop.example.org", "http://localhost:9000", "http://127.0.0.1:9000"]


def test_the_secret_is_made_once_for_this_user_alone(settings: Settings) -> None:
    secret = settings.secret_key
    assert len(secret) == 32
    assert settings.secret_key == secret
    assert stat.S_IMODE(os.stat(settings.data / "secret").st_mode) == 0o600
    assert stat.S_IMODE(os.stat(settings.data).st_mode) == 0o700


def test_a_damaged_secret_is_not_replaced_in_silence(settings: Settings) -> None:
    settings.ensure_data_folder()
    (settings.data / "secret").write_bytes(b"short")
    with pytest.raises(errors.SettingError, match="damaged"):
        _ = settings.secret_key


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.SettingError, match="WORKSHOP_DATA"):
        load(data=str(tmp_path / "file" / "data")).ensure_data_folder()


def test_a_data_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    load(data=str(tmp_path)).ensure_data_folder()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def adapter(name: str, *ips: str | tuple[str, int, int], nice: str | None = None) -> ifaddr.Adapter:
    return ifaddr.Adapter(name, nice or name, [ifaddr.IP(ip, 24, nice or name) for ip in ips], index=1)


def test_phones_get_the_private_addresses_first_and_no_virtual_ones() -> None:
    found = addresses.lan_addresses([
        adapter("lo", "127.0.0.1"),
        adapter("docker0", "172.17.0.1"),
        adapter("{A1}", "172.20.0.1", nice="vEthernet (WSL)"),
        adapter("eth0", "198.51.100.7", ("fe80::1", 0, 2)),
        adapter("wlan0", "192.168.1.20", "169.254.9.9"),
        adapter("eth1", "10.0.0.5"),
    ])
    assert found == ["192.168.1.20", "10.0.0.5", "198.51.100.7"]


def test_without_any_network_the_computers_own_address_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: [adapter("lo", "127.0.0.1")])
    assert load().phone_urls == ("http://127.0.0.1:8000",)


def test_a_listening_address_is_the_address_for_phones() -> None:
    assert load(host="192.168.1.20", port="80").phone_urls == ("http://192.168.1.20",)
    assert load(host="::1").public_url == "http://[::1]:8000"
