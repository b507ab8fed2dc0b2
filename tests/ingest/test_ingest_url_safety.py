import pytest

from counterclaim.ingest.errors import AddressRefusedError
from counterclaim.ingest.url_safety import is_public, is_web_address, take_apart


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:0:1:2:3:4:5:6",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "no address",
        "",
    ],
)
def test_addresses_refuse_what_is_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "1.1.1.1",
        "93.184.216.34",
        "172.15.0.1",
        "172.32.0.1",
        "2606:4700::1",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
    ],
)
def test_addresses_pass_what_is_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://varn.example/x", "scheme"),
        ("javascript://varn.example/x", "scheme"),
        ("http://user:word@varn.example/", "user"),
        ("http://user@varn.example/", "user"),
        ("http://varn.example:8080/", "port"),
        ("http://varn.example:99999/", "read"),
        ("http:///x", "host"),
        ("http://varn.example/a b", "blanks"),
        ("http://varn.example/a\nb", "blanks"),
        ("http://varn.example\\@other.example/", "blanks"),
        ("http://[::1/", "read"),
        ("http://" + "ä" * 80 + ".example/", "host name"),
        ("http://varn.example/" + "a" * 3000, "too long"),
    ],
)
def test_addresses_refuse_what_must_not_be_asked_for(address: str, why: str) -> None:
    with pytest.raises(AddressRefusedError, match=why) as caught:
        take_apart(address)
    assert "\n" not in str(caught.value)


def test_addresses_are_taken_apart() -> None:
    target = take_apart("HTTPS://Märe.example/straße?q=ä&r=1#top")
    assert target.scheme == "https"
    assert target.host == "xn--mre-qla.example"
    assert target.port == 443
    assert target.path == "/stra%C3%9Fe?q=%C3%A4&r=1"
    assert target.origin == "https://xn--mre-qla.example:443"


def test_addresses_keep_what_is_already_quoted() -> None:
    assert take_apart("http://varn.example/a%20b").path == "/a%20b"
    assert take_apart("http://varn.example").path == "/"


@pytest.mark.parametrize(
    ("source", "is_address"),
    [
        ("http://varn.example", True),
        ("file:///x", True),
        ("svn+ssh://x", True),
        ("wire.txt", False),
        ("C:\\wire.txt", False),
        ("a b://x", False),
    ],
)
def test_addresses_are_told_from_paths(source: str, *, is_address: bool) -> None:
    assert is_web_address(source) == is_address
