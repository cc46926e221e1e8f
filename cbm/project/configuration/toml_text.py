"""Values and keys as TOML has them."""

from __future__ import annotations

from datetime import date

from cbm.finding import RuleId


def written(value: object) -> str:
    """A value as TOML has it."""
    if isinstance(value, frozenset):
        return f"[{', '.join(quoted_text(rule) for rule in RuleId if rule in value)}]"
    if isinstance(value, tuple):
        return f"[{', '.join(map(quoted_text, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return quoted_text(str(value))


def quoted_key(key: str) -> str:
    """A key, in quotation marks where it needs them."""
    return key if key and all(c.isascii() and (c.isalnum() or c in "-_") for c in key) else quoted_text(key)


def quoted_text(text: str) -> str:
    from json import dumps  # the same escapes

    return dumps(text, ensure_ascii=False)
