"""What may an insurer change of the look? Colours, logo and size of type in brand.yml: are they readable, and as which rules?

Only the --brand* values of tokens.css are replaced, and the size of the root. Nothing set: no rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
READABLE, ELDER_READABLE = 4.5, 7.0  # WCAG 2.2, 1.4.3 and 1.4.6
# What brand-text stands on: --paper and --sheet of tokens.css (a test compares them).
GROUNDS = {"light": ("#f2f6f7", "#ffffff"), "dark": ("#0f181c", "#172328")}
ELDER_GROUNDS = {"light": ("#ffffff", "#ffffff"), "dark": ("#05090b", "#0c1417")}
_ELDER_NAME = 1.3125  # rem; tokens.css, 长辈模式
_STEP = 0.02


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Palette(_Part):
    """The brand's colours on one ground. What is not given: white on the fill, the fill as text, a line between the two."""

    brand: Colour = Field(description="签和标志的底色")
    on: Colour = Field("#ffffff", description="底色上的字")
    text: Colour = Field("", validate_default=False, description="当文字或线条用的品牌色")
    key: Colour = Field("", validate_default=False, description="签里的细线，只是装饰")

    @property
    def as_text(self) -> str:
        return self.text or self.brand

    @property
    def as_key(self) -> str:
        return self.key or mixed(self.brand, self.on, 0.6)


class Colours(_Part):
    light: Palette
    dark: Palette


class Look(_Part):
    """``look:`` in brand.yml. scale: of all type, never below 1, where small print would fall under 12 px."""

    colours: Colours | None = None
    logo: Annotated[str, StringConstraints(pattern=r"^([\w-]+(\.[\w-]+)*\.(svg|png)|)$")] = Field(
        "", description="site_config 里的 SVG 或 PNG，代替画的签"
    )
    scale: float = Field(1.0, ge=1.0, le=1.25, description="字号的倍数")
    name_size: float = Field(1.125, ge=1.0, le=1.75, description="品牌名的字号，rem")

    @property
    def is_set(self) -> bool:
        return self != Look()


@dataclass(frozen=True)
class Pale:
    """Two colours that are too near each other. at: the key in ``look.colours``."""

    at: tuple[str, str]
    front: str
    ground: str
    measured: float


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with that share of ``other``."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def too_pale(look: Look) -> Iterator[Pale]:
    """Every pair of colours that does not reach WCAG AA."""
    for mode, palette in _palettes(look):
        if contrast(palette.on, palette.brand) < READABLE:
            at = "on" if "on" in palette.model_fields_set else "brand"
            yield Pale((mode, at), palette.on, palette.brand, contrast(palette.on, palette.brand))
        worst = min(GROUNDS[mode], key=lambda ground: contrast(palette.as_text, ground))
        if contrast(palette.as_text, worst) < READABLE:
            at = "text" if palette.text else "brand"
            yield Pale((mode, at), palette.as_text, worst, contrast(palette.as_text, worst))


def stylesheet(look: Look, logo_ratio: float | None) -> str:
    """The rules to load after tokens.css; logo_ratio: width by height of the logo, so that nothing moves when it comes."""
    rules = []
    for mode, palette in _palettes(look):
        theme = '[data-theme="dark"]' if mode == "dark" else ""
        rules.append(f"{theme or ':root'} {{ {_values(palette)} }}")
        rules.append(f'[data-mode="elder"]{theme} {{ {_values(_for_elders(palette, ELDER_GROUNDS[mode]))} }}')
    if "name_size" in look.model_fields_set:
        rules.append(f":root {{ --brand-name-size: {look.name_size:g}rem; }}")
        rules.append(f'[data-mode="elder"] {{ --brand-name-size: {max(look.name_size, _ELDER_NAME):g}rem; }}')
    if look.scale > 1:
        # 长辈模式 has its own, larger sizes: both at once would leave no room on a phone.
        rules.append(f'html:not([data-mode="elder"]) {{ font-size: {look.scale * 100:g}%; }}')
    if logo_ratio is not None:
        rules.append(f".mark-logo {{ aspect-ratio: {logo_ratio:.3f}; }}")
    return "\n".join(["/* Made from look: in brand.yml. */", *rules, ""])


def _palettes(look: Look) -> Iterator[tuple[str, Palette]]:
    if look.colours:
        yield "light", look.colours.light
        yield "dark", look.colours.dark


def _for_elders(palette: Palette, grounds: tuple[str, str]) -> Palette:
    """The same colours, moved apart until they reach AAA."""
    brand = _apart(palette.brand, [palette.on])
    return Palette(
        brand=brand, on=_apart(palette.on, [brand]), text=_apart(palette.as_text, grounds), key=palette.as_key
    )


def _apart(colour: str, others: Sequence[str]) -> str:
    """``colour``, darker or lighter until it stands out from each of ``others``; at the worst black or white."""

    def least(one: str) -> float:
        return min(contrast(one, other) for other in others)

    pole, share, moved = max("#000000", "#ffffff", key=least), 0.0, colour
    while share < 1 and least(moved) < ELDER_READABLE:
        share = min(1.0, share + _STEP)
        moved = mixed(colour, pole, share)
    return moved


def _values(palette: Palette) -> str:
    named = {"": palette.brand, "-on": palette.on, "-key": palette.as_key, "-text": palette.as_text}
    return " ".join(f"--brand{name}: {colour.lower()};" for name, colour in named.items())


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _luminance(colour: str) -> float:
    parts = (c / 255 for c in _channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
