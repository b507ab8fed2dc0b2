"""The palette: every pair of ink and ground that pages use can be read, light and dark."""

import re
from importlib.resources import files

import pytest

CSS = (files("counterclaim.serve") / "static" / "site.css").read_text("utf-8")
LEAST_TEXT = 4.5
LEAST_EDGE = 3.0
MARKS = "speaker cue content casualty event ceasefire position withheld".split()


def palettes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{[^}]*\}", CSS)
    found = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in blocks]
    return {"light": found[0], "dark": found[1]}


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *(("ink", ground, LEAST_TEXT) for ground in ("paper", "panel", *MARKS)),
        *(("soft", ground, LEAST_TEXT) for ground in ("paper", "panel")),
        *(("accent", ground, LEAST_TEXT) for ground in ("paper", "panel")),
        ("edge", "paper", LEAST_EDGE),
    ],
)
def test_serve_palette_can_be_read(theme: str, ink: str, ground: str, least: float) -> None:
    palette = palettes()[theme]
    assert contrast(palette[ink], palette[ground]) >= least


def test_serve_styles_name_no_color_outside_the_palette() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", CSS)
    assert not re.findall(r"#[0-9a-fA-F]{3,6}\b(?![\w-]*[\s.{:])", rules)
    assert "@import" not in CSS
    assert "url(" not in CSS
