"""Why a command line cannot be carried out, in the language that is spoken: click knows the mistake, words are ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from click.core import ParameterSource

from cbm.translation.listing import sentences
from cbm.translation.saying import mark, say, say_count


def told(refusal: click.ClickException) -> str:
    """All that is said of it: how the command is written, where its help is, and what is wrong."""
    if isinstance(refusal, click.exceptions.NoArgsIsHelpError):
        return refusal.message
    error = say("Error: {message}", message=_message(refusal))
    context = refusal.ctx if isinstance(refusal, click.UsageError) else None
    if context is None:
        return error
    option = max(context.command.get_help_option_names(context), key=len)
    hint = say("Try '{command} {option}' for help.", command=context.command_path, option=option)
    return f"{context.get_usage()}\n{hint}\n\n{error}"


class UnknownCommand(click.UsageError):
    """A word that is no command."""

    def __init__(self, name: str, known: Iterable[str], context: click.Context) -> None:
        from difflib import get_close_matches  # only who errs waits for it

        near = _did_you_mean(get_close_matches(name, list(known)))
        super().__init__(sentences((say("No such command {name}.", name=repr(name)), near)), context)


def told_again(misuse: click.BadOptionUsage, command: click.Command) -> click.BadOptionUsage:
    """Of an option of the command without its value, or with one that it does not take."""
    name = misuse.option_name
    option = next((one for one in command.params if name in (*one.opts, *one.secondary_opts)), None)
    if option is None:
        return misuse
    if isinstance(option, click.Option) and option.is_flag:
        return click.BadOptionUsage(name, say("Option {name} does not take a value.", name=repr(name)))
    words = say_count(
        "Option {name} requires an argument.",
        "Option {name} requires {count} arguments.",
        option.nargs,
        name=repr(name),
    )
    return click.BadOptionUsage(name, words)


def _did_you_mean(near: Sequence[str]) -> str:
    """What else may have been meant; nothing where nothing is near."""
    if not near:
        return ""
    names = ", ".join(map(repr, sorted(near)))
    if len(near) == 1:
        return say("Did you mean {possibility}?", possibility=names)
    return say("(Did you mean one of: {possibilities}?)", possibilities=names)


def _message(refusal: click.ClickException) -> str:
    match refusal:
        case click.MissingParameter():
            return _missing(refusal)
        case click.BadParameter(param=param, ctx=context) if param is not None:
            if variable := _variable(param, context):
                words = mark("Invalid value for the environment variable {name}: {message}")
                return say(words, name=repr(variable), message=refusal.message)
            hint = param.get_error_hint(context)
            return say("Invalid value for {param_hint}: {message}", param_hint=hint, message=refusal.message)
        case click.NoSuchOption(option_name=name, possibilities=near):
            return sentences((say("No such option {name}.", name=repr(name)), _did_you_mean(near or ())))
        case click.UsageError(cmd=click.Group()) if type(refusal) is click.UsageError:
            return say("Missing command.")  # all else that a group refuses is of a type of its own
        case _:
            return refusal.format_message()


def _variable(param: click.Parameter, context: click.Context | None) -> str:
    """The environment variable that the value of an option was taken from; empty where it was written with it."""
    source = context.get_parameter_source(param.name) if context is not None and param.name else None
    return str(param.envvar) if source is ParameterSource.ENVIRONMENT else ""


def _missing(refusal: click.MissingParameter) -> str:
    param = refusal.param
    if param is None:
        return refusal.format_message()
    hint = param.get_error_hint(refusal.ctx)
    if param.param_type_name == "option":
        lacking = say("Missing option {name}.", name=hint)
    else:
        lacking = say("Missing argument {name}.", name=hint)
    return sentences((lacking, param.type.get_missing_message(param=param, ctx=refusal.ctx) or ""))
