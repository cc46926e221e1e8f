"""What a page of a map says of its own accord, in three languages; and names in those that the vocabulary has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cbm.outcomes.coverage_map import Force, GovernedBy, State
from cbm.outcomes.map_parts import Axis, Named
from cbm.render.markup import Markup, joined, tag

LANGUAGES = {"en": "English", "zh": "中文", "ja": "日本語"}

# The same thing in each of the languages, in their order.
Said = tuple[str, str, str]

STATES: Mapping[State, Said] = {
    State.GOVERNED: ("governed", "有规定", "規定あり"),
    State.NOTIFIED: ("notification only", "仅需通报", "通報のみ"),
    State.PARTLY: ("in part", "部分无规定", "一部規定なし"),
    State.SILENT: ("silent", "无规定", "規定なし"),
    State.RESERVED: ("reserved", "有意保留", "意図的に留保"),
    State.PARTLY_RESERVED: ("reserved in part", "部分保留", "一部留保"),
    State.EXCEPTED: ("open by exception", "因例外而无规定", "例外により規定なし"),
    State.SWAYED: ("as the unit acts", "视本方行为而定", "自らの行動次第"),
    State.CONTRADICTORY: ("contradictory", "相互矛盾", "矛盾"),
    State.DEPENDING: ("depends on a reading", "取决于解释", "解釈次第"),
    State.UNDECIDED: ("undecided", "未决", "未決"),
    State.OUTSIDE: ("not promised", "不在承诺范围", "約束の対象外"),
    State.IMPOSSIBLE: ("impossible", "不可能", "あり得ない"),
}
FORCES: Mapping[Force, Said] = {
    Force.BINDING: ("binding", "有约束力", "拘束力あり"),
    Force.MIXED: ("in part by advice only", "部分仅为建议", "一部は勧告のみ"),
    Force.HORTATORY: ("by advice only", "仅为建议", "勧告のみ"),
}
ORIGINS: Mapping[GovernedBy, Said] = {
    GovernedBy.SUBJECT: ("by this text", "由本文本", "本文書による"),
    GovernedBy.BOTH: ("by this text and others", "由本文本及其他文本", "本文書及び他の文書による"),
    GovernedBy.OTHERS: ("by other texts", "由其他文本", "他の文書による"),
}
WORDS: Mapping[str, Said] = {
    "map": ("Map of coverage", "覆盖图", "適用範囲図"),
    "language": ("Language of labels", "标签语言", "ラベルの言語"),
    "contents": ("Contents", "目录", "目次"),
    "skip": ("Skip to the maps", "跳至地图", "図へ移動"),
    "overview": ("Overview", "概览", "概要"),
    "promised": ("promised", "已承诺", "約束"),
    "axes": ("Axes: down × across", "坐标轴:纵 × 横", "軸:縦 × 横"),
    "legend": ("Legend", "图例", "凡例"),
    "cell": ("Type of encounter", "相遇类型", "遭遇の類型"),
    "types": ("Types", "类型数", "類型数"),
    "state": ("State", "状态", "状態"),
    "clauses": ("Clauses", "条款", "条項"),
    "clashes": ("Clauses that clash", "相互冲突的条款", "両立しない条項"),
    "reserves": ("Left open on purpose", "有意保留", "意図的な留保"),
    "readings": ("Readings", "解释", "解釈"),
    "example": ("For example", "例如", "例"),
    "back": ("Back to the map", "返回地图", "図に戻る"),
    "due": ("When it is due", "何时履行", "履行の期限"),
    "gaps": ("Gaps", "空白", "空白"),
    "adds": ("What the text adds", "本文本新增", "本文書が加えるもの"),
    "exceptions": ("What exceptions leave", "例外之后的余留", "例外の後に残るもの"),
    "parties": ("Clauses that bind one party only", "仅约束一方的条款", "一方のみを拘束する条項"),
    "unspoken": ("Topics without a clause", "无条款的主题", "条項のない主題"),
    "notes": ("Notes", "说明", "注記"),
    "any": ("any", "任意", "すべて"),
}
_ROLES: Mapping[str, Said] = {
    "own": ("own unit", "本方", "自ユニット"),
    "other": ("other unit", "对方", "相手ユニット"),
}


def spans(words: Said) -> Markup:
    """The same in three languages, of which the page shows one."""
    shown = zip(LANGUAGES, words, strict=True)
    return joined(*(tag("span", text, class_=f"l {code}", lang=code) for code, text in shown))


def word(key: str) -> Markup:
    return spans(WORDS[key])


def named(what: Named) -> Markup:
    """A name in the languages it has; English stands for the others."""
    return _with_english(what.words, what.titles)


def axis_name(axis: Axis) -> Markup:
    """The name of an axis, with whose it is."""
    role = _ROLES.get(axis.role or "")
    titles = {code: title for code, title in axis.named.titles.items() if code in LANGUAGES}
    if role is not None:
        owners = dict(zip(LANGUAGES, role, strict=True))
        titles = {code: f"{title}({owners[code]})" for code, title in titles.items()}
    return _with_english(axis.named.words, titles)


def class_name(axis: Axis, values: Sequence[int], words: str) -> Markup:
    """Several values of an axis: all of them, those there are, or those there are not, whichever is shorter."""
    titles: dict[str, str] = {}
    for code, every, apart, joint in (("zh", "任意", "除{}外", "、"), ("ja", "すべて", "{}以外", "、")):
        if len(values) == len(axis.values) > 1:
            titles[code] = every
            continue
        rest = [p for p in range(len(axis.values)) if p not in values]
        chosen = values if len(values) <= len(rest) else rest
        known = [axis.values[p].named.titles.get(code) for p in chosen]
        if all(known):
            told = joint.join(str(title) for title in known)
            titles[code] = told if chosen is values else apart.format(told)
    return _with_english(words, titles)


def _with_english(words: str, titles: Mapping[str, str]) -> Markup:
    others = [code for code in LANGUAGES if code != "en"]
    missing = [code for code in others if not titles.get(code)]
    parts = [tag("span", words, class_=" ".join(("l", "en", *missing)), lang="en")]
    parts += [tag("span", titles[code], class_=f"l {code}", lang=code) for code in others if code not in missing]
    return joined(*parts)
