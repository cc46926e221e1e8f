"""Mistakes of order and form that are made often, each with its own words; the first that fits speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.amount_slips import (
    between_two,
    blank_for_figure,
    compared_in_words,
    end_in_words,
    figure_first,
    length_for_point,
    length_from,
    one_after_another,
    points_joined,
    recurring_in_part,
    sign_apart,
    time_behind_except,
    time_unsaid,
    time_without_within,
)
from cbm.syntax.mistakes.bearer_slips import (
    article_before_name,
    bearers_joined,
    kind_without_article,
    negation_in_list,
    nobody_bound,
    object_of_act,
    passive,
    restates_only,
    role_apart,
    second_sentence,
    sentence_behind_comma,
    whoever_meeting,
)
from cbm.syntax.mistakes.condition_slips import (
    and_beside_or,
    condition_too_late,
    condition_without_when,
    exception_to_behind,
    exception_too_early,
    exception_without_when,
    order_of_two,
    unit_in_condition,
)
from cbm.syntax.mistakes.distance_slips import (
    exceeded_amount,
    figure_unsaid,
    keep_unsaid,
    kept_amount,
    two_bounds,
    unnamed_distance,
)
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.heading_slips import (
    colon_missing,
    kind_of_members,
    label_dressed,
    label_missing,
    label_with_noun,
    number_for_name,
    once_too_late,
    second_title,
    statement_within,
)
from cbm.syntax.mistakes.list_slips import (
    bracket,
    comma_before_or,
    comma_not_needed,
    comma_too_many,
    condition_joined,
    content_joined,
    is_before_in,
    is_either,
    is_list,
    list_joined,
    list_without_brackets,
    names_joined,
)
from cbm.syntax.mistakes.names_apart import words_apart
from cbm.syntax.mistakes.promise_slips import holding_for, topics_behind, units_in_promise
from cbm.syntax.mistakes.ways_joined import another_way, either_way


def frequent_mistakes(failure: Failure) -> Iterator[Mistake]:
    return (mistake for known in _KNOWN if (mistake := known(failure)) is not None)


_KNOWN: tuple[Callable[[Failure], Mistake | None], ...] = (
    sign_apart,
    two_bounds,
    figure_unsaid,
    either_way,
    another_way,
    time_unsaid,
    sentence_behind_comma,
    points_joined,
    negation_in_list,
    comma_before_or,
    between_two,
    is_before_in,
    is_either,
    is_list,
    time_without_within,
    time_behind_except,
    exception_without_when,
    exception_to_behind,
    role_apart,
    article_before_name,
    label_missing,
    once_too_late,
    label_dressed,
    label_with_noun,
    nobody_bound,
    restates_only,
    bearers_joined,
    kind_without_article,
    whoever_meeting,
    passive,
    object_of_act,
    units_in_promise,
    holding_for,
    topics_behind,
    blank_for_figure,
    end_in_words,
    figure_first,
    order_of_two,
    and_beside_or,
    unit_in_condition,
    condition_without_when,
    compared_in_words,
    kept_amount,
    exceeded_amount,
    keep_unsaid,
    unnamed_distance,
    length_for_point,
    length_from,
    list_joined,
    names_joined,
    content_joined,
    condition_joined,
    one_after_another,
    comma_not_needed,
    colon_missing,
    condition_too_late,
    exception_too_early,
    statement_within,
    second_sentence,
    recurring_in_part,
    comma_too_many,
    number_for_name,
    list_without_brackets,
    kind_of_members,
    bracket,
    second_title,
    words_apart,
)
