"""Colours and type: paper and ink, one accent, light and dark."""

from __future__ import annotations

import gradio as gr

FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
_PAPER, _CARD, _INK, _SOFT, _LINE, _EDGE, _ACCENT = (
    "#faf9f6",
    "#ffffff",
    "#1c2024",
    "#555c66",
    "#dedbd3",
    "#85817a",
    "#1f4e79",
)
_DARK = ("#15171b", "#1d2025", "#e8e5dd", "#adb2bb", "#3a3e46", "#7d828c", "#9cc4ee")


def theme() -> gr.themes.Base:
    """Gradio's plainest theme in the front end's colours."""
    light = _values(_PAPER, _CARD, _INK, _SOFT, _LINE, _EDGE, _ACCENT, on_accent="#ffffff")
    dark = _values(*_DARK, on_accent="#10202f")
    made: gr.themes.Base = gr.themes.Base(
        font=FONTS, font_mono=["ui-monospace", "monospace"], radius_size="sm", text_size="md", spacing_size="md"
    )
    made.set(
        color_accent=_ACCENT,
        button_border_width="1px",
        **light,
        **{f"{name}_dark": value for name, value in dark.items()},
    )
    return made


def _values(
    paper: str, card: str, ink: str, soft: str, line: str, edge: str, accent: str, *, on_accent: str
) -> dict[str, str]:
    return {
        "body_background_fill": paper,
        "background_fill_primary": paper,
        "background_fill_secondary": card,
        "body_text_color": ink,
        "body_text_color_subdued": soft,
        "block_background_fill": "transparent",
        "block_border_color": line,
        "border_color_primary": line,
        "block_label_text_color": ink,
        "block_title_text_color": ink,
        "block_info_text_color": soft,
        "input_background_fill": card,
        "input_border_color": edge,
        "input_border_color_focus": accent,
        "input_placeholder_color": soft,
        "checkbox_background_color": card,
        "checkbox_background_color_selected": accent,
        "checkbox_border_color": edge,
        "checkbox_border_color_selected": accent,
        "checkbox_label_background_fill": "transparent",
        "checkbox_label_background_fill_hover": "transparent",
        "checkbox_label_background_fill_selected": "transparent",
        "checkbox_label_text_color": ink,
        "checkbox_label_text_color_selected": ink,
        "button_primary_background_fill": accent,
        "button_primary_background_fill_hover": ink,
        "button_primary_border_color": accent,
        "button_primary_text_color": on_accent,
        "button_primary_text_color_hover": paper,
        "button_secondary_background_fill": card,
        "button_secondary_background_fill_hover": line,
        "button_secondary_border_color": edge,
        "button_secondary_text_color": ink,
        "color_accent_soft": line,
        "link_text_color": accent,
        "link_text_color_hover": ink,
    }
