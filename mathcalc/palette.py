"""One colour for each mathematical object, in the whole book, in both themes.

Each colour has a contrast of at least 4.5 : 1 with its theme's page (WCAG 2.2, level AA for text).
"""

PAGE = {"light": "#fffefb", "dark": "#11161c"}
OBJECTS = {  # light, dark
    "ink": ("#1d2733", "#e2e6ea"),
    "quiet": ("#5b6570", "#a3adb8"),
    "gradient": ("#b8480b", "#ff9d5c"),
    "tangent": ("#17527a", "#7cb8e8"),
    "path": ("#8a1c5a", "#f08bc0"),
    "constraint": ("#0b6b57", "#55c9a6"),
    "adjoint": ("#5a3fa8", "#b6a2f5"),
    "point": ("#8a6100", "#f0c75e"),
}
LEVELS = {  # the ends of the tones of level sets, from the valleys to the heights
    "light": ("#fdfdfb", "#b9cde0"),
    "dark": ("#141b22", "#3a5876"),
}
TONES = 24  # how many steps lie between them
# Where the reader's system sets all colours, its own stand for ours: those that it promises to show
# on its page. Objects that share one are told apart by their dashes, widths and names.
FORCED = {
    "page": "Canvas",
    "low": "Canvas",
    "high": "color-mix(in srgb, CanvasText 25%, Canvas)",
    "ink": "CanvasText",
    "quiet": "CanvasText",
    "gradient": "Highlight",
    "tangent": "LinkText",
    "path": "CanvasText",
    "constraint": "LinkText",
    "adjoint": "Highlight",
    "point": "Highlight",
}


def colour(name: str, theme: str = "light") -> str:
    """Return an object's colour in a theme.

    Raises
    ------
    ValueError
        If there is no such object or theme.
    """
    if name not in OBJECTS or theme not in PAGE:
        known = f"{', '.join(OBJECTS)} in {' and '.join(PAGE)}"
        raise ValueError(f"no colour {name!r} in {theme!r}: there are {known}")
    return OBJECTS[name][list(PAGE).index(theme)]


def tone(share: float) -> str:
    """Return the light theme's colour of level sets at a share between 0 (low) and 1 (high)."""
    step = round(TONES * min(max(share, 0.0), 1.0)) / TONES
    ends = ([int(end[i : i + 2], 16) for i in (1, 3, 5)] for end in LEVELS["light"])
    mixed = (round(low + step * (high - low)) for low, high in zip(*ends, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def properties() -> dict[str, str]:
    """Return the CSS value that stands for each colour of the light theme, in either theme."""
    low, high = LEVELS["light"]
    mix = "color-mix(in srgb, var(--mc-high, {}) {:.4g}%, var(--mc-low, {}))"
    tones = {tone(k / TONES): mix.format(high, 100 * k / TONES, low) for k in range(TONES + 1)}
    page = {PAGE["light"]: f"var(--mc-page, {PAGE['light']})"}
    return tones | page | {colour(name): f"var(--mc-{name}, {colour(name)})" for name in OBJECTS}


def _properties(theme: str) -> str:
    low, high = LEVELS[theme]
    objects = "".join(f" --mc-{name}: {colour(name, theme)};" for name in OBJECTS)
    return f"--mc-page: {PAGE[theme]}; --mc-low: {low}; --mc-high: {high};{objects}"


def css() -> str:
    """Return the palette as CSS custom properties, ``--mc-gradient`` and so on, for both themes.

    In the book the theme's switch decides; elsewhere JupyterLab's theme or the reader's system.
    Forced colours go before all of them.
    """
    light, dark = _properties("light"), _properties("dark")
    forced = " ".join(f"--mc-{name}: {value};" for name, value in FORCED.items())
    everywhere = ":root, :root:not([data-theme]), html[data-theme], [data-jp-theme-light]"
    return (
        f":root {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}\n"
        f'html[data-theme="dark"], [data-jp-theme-light="false"] {{ {dark} }}\n'
        f'[data-jp-theme-light="true"] {{ {light} }}\n'
        f"@media (forced-colors: active) {{ {everywhere} {{ {forced} }} }}\n"
    )
