"""Choices of a document: brackets, names that places share, and options headed `option …`."""

from __future__ import annotations

from cbm.syntax.ast import ArticleHeading
from tests.syntax.reading import documents, said

HEAD = "draft code\n  uses encounters\n\n"


def test_places_of_one_name_are_one_choice_in_the_order_of_its_declaration() -> None:
    (draft,) = documents(
        f"{HEAD}options d one of CN, JP\n"
        "clause 1 every unit must keep x >= [d JP: 2 m | CN: 1 m]\n"
        "clause 2 every unit must keep y >= [d CN: 3 m | JP: 4 m]\n"
    )
    (choice,) = draft.choices
    assert [(option.number, [name.text for name in option.proposers]) for option in choice.options] == [
        (1, ["CN"]),
        (2, ["JP"]),
    ]
    assert [dict(taken) for taken in draft.taken] == [{0: 1}, {0: 2}, {0: 1}, {0: 2}]
    assert len(choice.places) == 2


def test_whole_clauses_of_a_named_choice_may_stand_in_another_order_than_its_declaration() -> None:
    (draft,) = documents(
        f"{HEAD}options d one of CN, JP\n"
        "[d JP: clause 1 every unit must call\n| CN: clause 1 every unit may call]\n"
        "[d JP: clause 2 every unit must call\n| CN: delete]\n"
    )
    assert [dict(taken) for taken in draft.taken] == [{0: 2}, {0: 1}, {0: 2}]


def test_a_heading_that_leaves_its_clauses_behind_is_refused() -> None:
    for words in ('[CN: article 3 "Calls" | JP: delete]', '[CN: article 3 "Calls"\n| JP: article 3 "Radio"]'):
        assert said(f"{HEAD}{words}\nclause 1 every unit must call\n") == [
            (
                "4:1 nothing but a heading stands in this bracket, and the clauses below it stay → write `option …:`"
                " above the heading, and `end of options` below the last of its clauses"
            )
        ]
    assert not said(f'{HEAD}[CN: article 3 "Calls"\nclause 1 every unit must call\n| JP: delete]\n')
    assert not said(f'{HEAD}option CN:\narticle 3 "Calls"\nclause 1 every unit must call\nend of options\n')


def test_signs_of_full_width_are_told_and_mended() -> None:
    assert said(f"{HEAD}clause 1 every unit must call ［CN：unless x｜JP: delete］\n") == [
        f"4:{column} `{wide}` is of full width: write `{narrow}`"
        for column, wide, narrow in ((31, "［", "["), (34, "：", ":"), (43, "｜", "|"), (54, "］", "]"))
    ]
    assert said(f'{HEAD}clause 1 every unit must call [CN "说明"：unless x]\n') == [
        "4:39 `：` is of full width: write `:`"
    ]
    assert not said(f'{HEAD}clause 1 every unit must [call]  # ［\ntext zh "［甲：乙］"\n')


def test_brackets_of_other_scripts_and_of_converters_are_told_and_mended() -> None:
    assert said(f"{HEAD}clause 1 every unit must 【call】 unless 〔x〕\n") == [
        f"4:{column} `{wide}` is of full width: write `{narrow}`"
        for column, wide, narrow in ((26, "【", "["), (31, "】", "]"), (40, "〔", "["), (42, "〕", "]"))
    ]
    assert said(f"{HEAD}clause 1 every unit must call \\[CN: unless x \\| JP: delete\\]\n") == [
        f"4:{column} no backslash belongs in front of `{sign}`: write `{sign}`"
        for column, sign in ((31, "["), (46, "|"), (59, "]"))
    ]


def test_a_choice_that_is_declared_nowhere_is_told_with_how_to_declare_it() -> None:
    clause = "clause 1 every unit must keep x >= [dist CN: 1 m | JP, KR: 2 m]\n"
    declared = "options dist one of CN, JP"
    assert said(HEAD + clause) == [
        (
            f"4:37 there is no choice `dist` → declare it in front of the clause, on a line of its own: `{declared}` "
            "→ or leave `dist` out of the bracket"
        )
    ]
    assert not said(f"{HEAD}{declared}\n{clause}")
    assert not said(HEAD + clause.replace("dist ", ""))


def test_a_name_that_no_choice_has_is_told_with_the_one_that_was_meant() -> None:
    declared = f"{HEAD}options distance one of CN, JP\n"
    assert said(f"{declared}clause 1 every unit must keep x >= [distence CN: 1 m | JP: 2 m]\n") == [
        "5:37 there is no choice `distence` → did you mean `distance`?"
    ]


def test_clauses_under_a_heading_stand_with_its_option() -> None:
    (draft,) = documents(
        f"{HEAD}option CN:\nclause 1 every unit must call\noption JP:\nclause 1 every unit may call\n"
        "option KR: delete\nend of options\nclause 2 every unit must call\n"
    )
    assert [dict(taken) for taken in draft.taken] == [{0: 1}, {0: 2}, {}]
    assert [option.out for option in draft.choices[0].options] == [False, False, True]


def test_headings_that_read_alike_are_options_of_their_own() -> None:
    for headings in (("1", "2"), ("CN", "CN")):
        first, second = headings
        (draft,) = documents(
            f"{HEAD}option {first}:\nclause 1 every unit must call\noption {second}:\nclause 1 every unit may call\n"
            "end of options\n"
        )
        assert [dict(taken) for taken in draft.taken] == [{0: 1}, {0: 2}]


def test_an_article_stands_with_each_of_its_titles() -> None:
    for behind in ("", ' ja "通信"'):
        (draft,) = documents(f'{HEAD}article 3 [CN: "Calls" | JP: "Notices" | KR: "Words"]{behind}\n')
        headings = [one for one in draft.statements if isinstance(one, ArticleHeading)]
        assert [one.titles[0].text for one in headings] == ["Calls", "Notices", "Words"]
        assert [dict(taken) for taken in draft.taken] == [{0: 1}, {0: 2}, {0: 3}]


def test_articles_against_each_other_have_their_numbers() -> None:
    (draft,) = documents(f'{HEAD}option CN:\narticle 1 "Calls"\noption JP:\narticle 2 "Calls"\nend of options\n')
    assert [one.label for one in draft.statements if isinstance(one, ArticleHeading)] == ["1", "2"]


def test_what_is_wrong_with_choices_is_said_at_its_place() -> None:
    assert said(f"{HEAD}options d one of CN, JP\nclause 1 every unit must keep x >= [d CN: 1 m]\n") == [
        (
            "5:36 what stands here for `JP` is not said, and `options d` lists it"
            " → add `| JP: …`, or `| JP: delete` if nothing is to stand"
        )
    ]
    assert said(f"{HEAD}options d one of CN, JP\nclause 1 every unit must keep x >= [d CN: 1 m | KR: 2 m]\n") == [
        "5:49 `options d` lists no `KR` → name one of CN, JP"
    ]
    assert said(f'{HEAD}article [CN: 1 | JP: 2 | KR: 3] "Calls"\n') == [
        (
            "4:9 an article has one number: here it has another one in each option"
            " → write `option …:` above each of the articles, and `end of options` below the last one"
        )
    ]
    assert said(f"{HEAD}option CN:\nclause 1 every unit must call\n") == [
        "4:1 the options that begin here have no end → write `end of options` below the last of them"
    ]
    assert said(f"{HEAD}clause 1 every unit must call\nend of options\n") == [
        "5:1 no `option` stands above this `end of options`"
    ]
    assert said(f"{HEAD}option CN of reach:\nclause 1 every unit must call\nend of options\n") == [
        "4:14 there is no choice `reach` → write `options reach one of …` above"
    ]


def _of_headings(lines: str) -> list[str]:
    return said(f"{HEAD}options d one of CN, JP\noptions n one of 1, 2\n{lines}end of options\n")


CLAUSE = "clause 1 every unit must call\n"


def test_a_heading_says_what_is_to_stand_below_it() -> None:
    assert _of_headings(f"option JP:\n{CLAUSE}option CN: # nobody knows\n") == [
        "8:1 nothing stands in this option → write `option CN: delete`"
    ]
    assert _of_headings(f'option JP "so":\noption CN:\n{CLAUSE}') == [
        (
            '6:1 nothing stands in this option → write `option JP "so": delete`'
            " → or, where the same is proposed here as further down, make one heading of both: `option JP, CN:`"
        )
    ]
    assert not _of_headings(f"option JP:\n{CLAUSE}option CN: delete\n")
    assert not _of_headings(f"option JP:\n{CLAUSE}option CN:\ndelete\n")
    assert not _of_headings(f"option JP, CN:\n{CLAUSE}")
    assert _of_headings(f"option CN: delete\n{CLAUSE}") == [
        (
            "6:1 `delete` says that nothing is to stand here, and something stands below it"
            " → leave `delete` out, or what stands below it"
        )
    ]
    assert _of_headings(f"option 2: delete\noption 1:\n{CLAUSE}") == [
        "6:1 options are numbered as they stand, and this is number 1 → write `option 1:`",
        "7:1 options are numbered as they stand, and this is number 2 → write `option 2:`",
    ]


def test_what_stands_between_blocks_of_markdown_is_nothing_that_is_said() -> None:
    def in_blocks(*parts: str) -> list[str]:
        return said("\nSome words.\n\n".join(f"```cbm\n{part}```\n" for part in parts), name="code.cbm.md")

    assert not in_blocks(HEAD, "option CN: delete\n", f"option JP:\n{CLAUSE}", "end of options\n")
    assert in_blocks(HEAD, "option CN:\n", f"option JP:\n{CLAUSE}", "end of options\n")[0].startswith(
        "10:1 nothing stands in this option → write `option CN: delete`"
    )
    alike = in_blocks(HEAD, "option CN:\n", f"option CN:\n{CLAUSE}", "end of options\n")
    assert [one.split(" → ")[0] for one in alike] == ["10:1 nothing stands in this option"]


def test_headings_of_a_declared_choice_are_its_options_each_once() -> None:
    lacking = (
        "6:1 what stands here for `CN` is not said, and `options d` lists it"
        " → add `option CN of d: …`, or `option CN of d: delete` if nothing is to stand"
    )
    assert _of_headings(f"option JP of d:\n{CLAUSE}") == [lacking]
    assert _of_headings("option JP of d: delete\n") == [lacking]
    assert _of_headings(f"option CN, JP of d:\n{CLAUSE}") == [lacking.replace("`CN`", "`JP`").replace("CN of", "JP of")]
    assert _of_headings(f"option CN of d:\n{CLAUSE}option JP of d: delete\noption CN of d: delete\n") == [
        "9:1 `CN` has two options here, and `options d` lists it once → number the options instead"
    ]
    assert _of_headings(f"option 3 of n:\n{CLAUSE}option 2 of n: delete\n") == [
        "6:1 `options n` lists no such option → name one of 1, 2"
    ]
    assert not _of_headings(f"option JP of d:\n{CLAUSE}option CN of d: delete\n")
    assert not _of_headings(f"option 2 of n:\n{CLAUSE}option 1 of n: delete\n")
    assert not _of_headings("option JP of d: delete\noption CN of d: delete\n")


def test_a_choice_stands_where_its_first_place_is() -> None:
    bracket = "clause 2 every unit must keep x >= [d CN: 1 m | JP: 2 m]\n"
    block = f"option CN of d: delete\noption JP of d:\n{CLAUSE}end of options\n"
    for lines, text in ((bracket + block, "1 m"), (block + bracket, "delete")):
        (choice,) = documents(f"{HEAD}options d one of CN, JP\n{lines}")[0].choices
        assert (choice.span.begin[0], choice.options[0].text, len(choice.places)) == (5, text, 2)


def test_brackets_stand_in_clauses_alone() -> None:
    assert said("draft code\n  uses encounters\n  between [CN, JP | CN]\nclause 1 every unit must call\n") == [
        (
            "3:11 square brackets stand in clauses that are still open, not in the header"
            " → write one text for each, or what was agreed"
        )
    ]
    assert said("vocabulary v\nparty [CN | JP]\n") == [
        (
            "2:7 square brackets stand in clauses that are still open, not in a vocabulary"
            " → write one text for each, or what was agreed"
        )
    ]


def test_what_speaks_of_options_stands_in_none() -> None:
    told = "`{}` speaks of options: it stands in none, and none stand in it → write it outside, without square brackets"
    clause = "clause 1 every unit when range <= [CN: 2 nmi | JP: 3 nmi] must call\n"
    tie = "tie 1 is CN only if 1 is CN"
    assert said(f"{HEAD}{clause}[JP: {tie}]\n") == [f"5:1 {told.format('tie')}"]
    assert said(f"{HEAD}{clause}tie 1 is CN only if 1 is [CN | JP]\n") == [f"5:26 {told.format('tie')}"]
    assert said(f"{HEAD}{clause}option CN:\n{tie}\noption JP: delete\nend of options\n") == [
        f"6:1 {told.format('tie')}"
    ]
    assert said(f"{HEAD}[options reach one of CN, JP]\n{clause}") == [f"4:1 {told.format('options')}"]
    assert not said(f"{HEAD}{clause}{tie}\n")


def test_what_belongs_to_a_vocabulary_does_so_in_brackets_too() -> None:
    told = "belongs to a vocabulary, not to an agreement or a draft"
    for statement in ('act wave "waves" topic talk', "channel line between CN, JP", 'topic talk "talk"'):
        for bracket in (f"[{statement}]", f"[JP: {statement} | CN: delete]"):
            [line] = said(f"{HEAD}clause 1 every unit must call\n{bracket}\n")
            assert line.endswith(f"`{statement.split()[0]}` {told}")


def test_a_term_means_the_same_whatever_is_taken() -> None:
    told = (
        "a term means the same whatever is taken: options stand in clauses"
        " → declare each meaning under a name of its own, outside of options, and write `[… | …]` where clauses use it"
    )
    clause = "clause 1 every unit when near must call\n"
    assert said(f"{HEAD}term near means range <= [CN: 2 nmi | JP: 3 nmi]\n{clause}") == [f"4:26 {told}"]
    assert said(f"{HEAD}[JP: term near means range <= 3 nmi]\n{clause}") == [f"4:1 {told}"]
    assert said(f'{HEAD}[JP: open term far "far" : length from 1 nmi to 3 nmi]\n{clause}') == [f"4:1 {told}"]
    assert said(f"{HEAD}open term near [CN: one of here, there | JP: one of here, far]\n{clause}") == [f"4:16 {told}"]
    assert said(
        f"{HEAD}option CN:\nterm near means range <= 2 nmi\n{clause}"
        f"option JP:\nterm near means range <= 3 nmi\n{clause}end of options\n"
    ) == [f"5:1 {told}", f"8:1 {told}"]
    assert not said(
        f"{HEAD}term near_2 means range <= 2 nmi\nterm near_3 means range <= 3 nmi\n"
        "clause 1 every unit when [CN: near_2 | JP: near_3] must call\n"
    )


def test_what_an_option_says_is_told_without_comments() -> None:
    (draft,) = documents(
        f"{HEAD}clause 1 every unit must keep x >= [CN: 1 m  # or less\n  | JP: 2 m]\n"
        "[CN: clause 2 every unit must call  # JP may agree\n| JP: delete]\n"
        'article 3 [CN: "No. # 1" | JP: "Notices"]\n'
    )
    assert [[option.text for option in choice.options] for choice in draft.choices] == [
        ["1 m", "2 m"],
        ["clause 2 every unit must call", "delete"],
        ['"No. # 1"', '"Notices"'],
    ]
