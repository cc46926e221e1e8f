"""Documents to the words that clauses can use: how each is written, what it takes, and which clauses speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial

from cbm.finding import Label
from cbm.outcomes.word_list import WordEntry, WordUse
from cbm.records import Record
from cbm.resolve.labels import clauses, full_label
from cbm.resolve.names.titles import title_of
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import in_english, mark, say
from cbm.translation.speech import spoken
from cbm.wording.phrases import with_article

# What a word is, as programs are told; pages say it in the language of their readers.
PARTY, ROLE, KIND, VALUE, ATTRIBUTE = mark("party"), mark("role"), mark("kind"), mark("value"), mark("attribute")
MOMENT, COUNTER, TERM, OPEN_TERM = mark("moment"), mark("counter"), mark("term"), mark("open term")
ACT, RESULT, CHANNEL = mark("act"), mark("result"), mark("channel")
LANGUAGE, TOPIC = mark("language"), mark("topic")
# In the order in which they are told.
SORTS = (
    PARTY, ROLE, KIND, VALUE, ATTRIBUTE, TERM, OPEN_TERM, ACT, RESULT, MOMENT, COUNTER, CHANNEL, LANGUAGE, TOPIC
)  # fmt: skip


class Lexicon:
    """All words of a library of documents by name; what texts say of them is gathered once, when it is asked for.

    What can be written with a word is told of the documents `among` which it is looked for, all if they are not given.
    """

    def __init__(self, library: Mapping[str, ast.Document], among: Iterable[str] | None = None) -> None:
        self._library = library
        self._among = frozenset(library if among is None else among)
        self._told: dict[str, tuple[WordEntry, ...]] = {}

    def words(self, document: str) -> tuple[WordEntry, ...]:
        """What one vocabulary or text declares, in order."""
        if document not in self._told:
            self._told[document] = tuple(self._words(document, self._library[document]))
        return self._told[document]

    def built_on(self, name: str) -> tuple[str, ...]:
        """The document itself and the vocabularies that it uses, and that these use in turn."""
        found = [name]
        for one in found:  # it grows on the way
            header = self._library[one].header if one in self._library else None
            if isinstance(header, ast.VocabularyHeader | ast.TextHeader):
                found += [used.name.text for used in header.uses if used.name.text not in found]
        return tuple(one for one in found if one in self._library)

    @cached_property
    def _bases(self) -> Mapping[str, tuple[str, ...]]:
        return {name: self.built_on(name) for name in self._library}

    def _builds_on(self, place: str, document: str) -> bool:
        """Whether a document that is looked at is this one, or builds on it."""
        return place in self._among and document in self._bases[place]

    @cached_property
    def _spoken(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each text the names that it uses, each with the labels of the clauses that do."""
        texts = (name for name, document in self._library.items() if isinstance(document.header, ast.TextHeader))
        return {text: _clauses_by_name(self._library[text]) for text in texts}

    @cached_property
    def _attributes(self) -> Mapping[str, list[tuple[str, bool, str]]]:
        """For each kind the attributes of that kind: name, whether units share it, and where it is declared."""
        found: dict[str, list[tuple[str, bool, str]]] = {}
        for document, tree in self._library.items():
            for block in (one for one in tree.statements if isinstance(one, ast.AttributeBlock)):
                for attribute in block.attributes:
                    declared = (attribute.name.text, block.shared, document)
                    found.setdefault(attribute.sort.name.text, []).append(declared)
        return found

    def _uses(self, document: str, name: str) -> tuple[WordUse, ...]:
        return tuple(
            WordUse(text, spoken[name])
            for text, spoken in self._spoken.items()
            if name in spoken and document in self._bases[text]
        )

    def _holding(self, document: str, kind: str) -> list[tuple[str, bool]]:
        """The attributes of a kind, where the one builds on what declares the other."""
        return [
            (name, shared)
            for name, shared, place in self._attributes.get(kind, ())
            if self._builds_on(place, document) or place in self._bases[document]
        ]

    def _roles(self, document: str) -> tuple[str, ...]:
        """The roles of its situation, that from whose place conditions are written first."""
        return next((names for names in self._of_situation(document, _roles_of)), ("own", "other"))

    def _of_situation(
        self, document: str, told: Callable[[ast.Statement], tuple[str, ...]]
    ) -> Iterator[tuple[str, ...]]:
        """What statements tell of a document and of those that it builds on."""
        trees = (self._library[name] for name in self._bases[document])
        return filter(None, (told(statement) for tree in trees for statement in tree.statements))

    def _words(self, document: str, tree: ast.Document) -> Iterator[WordEntry]:
        for statement in tree.statements:
            for one in self._declared(document, statement):
                yield WordEntry(
                    sort=one.sort,
                    name=one.name.text,
                    titles=tuple((title.language or "", title.text) for title in one.titles),
                    declared_in=document,
                    written=tuple(one.written),
                    needs=tuple(one.needs),
                    place=Label(one.name.span),
                    uses=self._uses(document, one.name.text),
                    opposite=_opposite(statement, one.name),
                    is_flag=one.is_flag,
                    names_bearer=one.names_bearer,
                )

    def _declared(self, document: str, statement: ast.Statement) -> Iterator[_Declared]:
        role, *_, other = self._roles(document)
        match statement:
            case ast.PartyDeclaration(name, titles):
                ways = (f"{name.text} must …", f"between {name.text}, …")
                yield _Declared(PARTY, name, titles, ways, self._succession(name), names_bearer=True)
            case ast.RolesDeclaration():
                yield from _roles_declared(statement)
            case ast.KindDeclaration():
                yield from self._kind(document, statement, role)
            case ast.AttributeBlock():
                yield from self._attributes_declared(document, statement, role)
            case ast.MomentsDeclaration(moments):
                for moment in moments:
                    ways = (f"within 2 h after {moment.name.text}", f"when {moment.name.text} occurs")
                    yield _Declared(MOMENT, moment.name, moment.titles, ways, _moment(moment))
            case ast.CounterDeclaration(name, titles, condition):
                counted = say("counts {condition}", condition=_written(condition))
                yield _Declared(COUNTER, name, titles, (f"when {name.text} >= 1",), (counted,))
            case ast.TermDeclaration():
                yield self._term(document, statement)
            case ast.OpenTermNode(name, titles, readings):
                yield _Declared(OPEN_TERM, name, titles, (name.text,), (_readings(readings),))
            case ast.ActDeclaration(names, titles):
                for name in names:
                    ways = (f"must {name.text}", f"when {other}.{name.text}")
                    yield _Declared(ACT, name, titles, ways, self._act_needs(document, statement, name.text))
            case ast.ResultDeclaration(name, titles, each, sort, topic):
                needs = (_range(sort), *((say("each unit has its own"),) if each else ()), *self._on_topic(topic))
                yield _Declared(RESULT, name, titles, (f"must keep {name.text} >= …",), needs)
            case ast.ChannelDeclaration(name, titles):
                line = _channel(statement, self._topic_title)
                yield _Declared(CHANNEL, name, titles, (f"through {name.text}",), line)
            case ast.LanguageDeclaration(name, titles):
                yield _Declared(LANGUAGE, name, titles, (f"worded in {name.text}",), ())
            case ast.TopicDeclaration(name, titles):
                about = self._of_topic(document, name.text)
                yield _Declared(TOPIC, name, titles, (f"covers {name.text} in every type of …",), about)
            case _:
                pass

    def _kind(self, document: str, kind: ast.KindDeclaration, role: str) -> Iterator[_Declared]:
        """The kind, where it is declared and not added to, and its values."""
        name, held = kind.name.text, self._holding(document, kind.name.text)
        if not kind.adds:
            members = _members(kind.members, kind.ordered)
            yield _Declared(KIND, kind.name, kind.titles, _in_list(held, role, kind.members), members)
        of_kind = (say("a value of `{kind}`", kind=name),)
        own = [attribute for attribute, shared in held if not shared]
        for member in kind.members:
            ways = _value_ways(name, held, role, member.name.text, names_bearer=len(own) == 1)
            yield _Declared(VALUE, member.name, member.titles, ways, of_kind, names_bearer=len(own) == 1)

    def _attributes_declared(self, document: str, block: ast.AttributeBlock, role: str) -> Iterator[_Declared]:
        for one in block.attributes:
            path = one.name.text if block.shared else f"{role}.{one.name.text}"
            ways, is_flag = self._ways(document, one, path), one.sort.name.text == "flag"
            yield _Declared(ATTRIBUTE, one.name, one.titles, ways, _facts(one, block.shared), is_flag=is_flag)

    def _succession(self, name: ast.Name) -> Iterator[str]:
        for tree in self._library.values():
            for one in tree.statements:
                if isinstance(one, ast.ContinuationNode) and name.text in (one.party.text, one.of.text):
                    yield say(
                        "{party} continues {predecessor} from {day}",
                        party=one.party.text,
                        predecessor=one.of.text,
                        day=one.since,
                    )

    def _on_topic(self, topic: ast.Name | None) -> tuple[str, ...]:
        return () if topic is None else (say("topic {topic}", topic=self._topic_title(topic.text)),)

    def _topic_title(self, topic: str) -> str:
        """What readers of other languages than English call a topic."""
        declared = (one for tree in self._library.values() for one in tree.statements)
        titles = (one.titles for one in declared if isinstance(one, ast.TopicDeclaration) and one.name.text == topic)
        return topic if spoken() == "en" else next((title_of(some, topic) for some in titles), topic)

    def _of_topic(self, document: str, topic: str) -> Iterator[str]:
        """The acts and results that are about a topic."""
        found = [
            name.text
            for place, tree in self._library.items()
            if self._builds_on(place, document)
            for one in tree.statements
            if isinstance(one, ast.ActDeclaration | ast.ResultDeclaration) and one.topic and one.topic.text == topic
            for name in (one.names if isinstance(one, ast.ActDeclaration) else (one.name,))
        ]
        if found:
            yield say("about it: {names}", names=say(", ").join(dict.fromkeys(found)))

    def _act_needs(self, document: str, statement: ast.ActDeclaration, name: str) -> Iterator[str]:
        yield from self._on_topic(statement.topic)
        if statement.stating:
            yield say("can state {items}", items=listed([item.text for item in statement.stating]))
        if statement.once:
            yield say("done once at most")
        for place, tree in self._library.items():
            if not self._builds_on(place, document):
                continue
            for one in tree.statements:
                if isinstance(one, ast.Requirement) and one.act.text == name:
                    yield say("only where {condition}", condition=_written(one.condition))
                if isinstance(one, ast.NeverTogether) and name in (act.text for act in one.acts):
                    yield say("never with {acts}", acts=listed([act.text for act in one.acts if act.text != name]))

    def _term(self, document: str, term: ast.TermDeclaration) -> _Declared:
        """A condition of one unit alone names whom a clause binds; the other unit may take part in what is so of it."""
        name, (role, *others) = term.name.text, self._roles(document)
        spoken, names_bearer = set(ast.names_in(term.meaning)), False
        if self._is_quantity(document, term.meaning):
            ways: tuple[str, ...] = (f"keep … >= {name}",)
        elif role not in spoken:
            ways = (f"when {name}",)
        else:
            names_bearer = spoken.isdisjoint(others)
            ways = (*((_bound(name),) if names_bearer else ()), f"when {role}.{name}")
        return _Declared(TERM, term.name, term.titles, ways, (_meaning(term.meaning),), names_bearer=names_bearer)

    def _ways(self, document: str, attribute: ast.AttributeDeclaration, path: str) -> Iterator[str]:
        sort = attribute.sort
        moment = next((names[0] for names in self._of_situation(document, _moments_of)), "")
        at = f"{path} at {moment}" if attribute.over_time and moment else path
        if sort.name.text == "flag":
            yield f"when {at}"
            yield f"when not {at}"
        elif sort.name.text == "angle":
            yield f"when {at} from 0 deg to 90 deg"
        elif sort.name.text in _MEASURES:
            yield f"when {at} <= {_MEASURES[sort.name.text] if sort.high is None else _written(sort.high)}"
        else:
            values = self._of_situation(document, lambda one: _values_of(one, sort.name.text))
            yield f"when {at} is {next((names[0] for names in values), '…')}"

    def _is_quantity(self, document: str, meaning: ast.Expression | tuple[ast.Row, ...]) -> bool:
        match meaning:
            case tuple() | ast.QuantityNode() | ast.Arithmetic() | ast.Negative():
                return True
            case ast.Path(parts):
                return any(self._of_situation(document, lambda one: _quantities_of(one, parts[-1].text)))
            case _:
                return False


def _bound(noun: str) -> str:
    """How a clause begins that binds what is called so, in the words of the language."""
    return f"{in_english(partial(with_article, noun))} must …"


# What is measured, each with a value to show.
_MEASURES = {"length": "1 nmi", "speed": "10 kt", "duration": "1 h", "count": "1", "angle": "90 deg"}


class _Declared(Record):
    """A name with what its declaration tells of it: an entry of the word list, but for who uses it."""

    sort: str
    name: ast.Name
    titles: tuple[ast.Title, ...]
    written: Iterator[str] | tuple[str, ...]
    needs: Iterator[str] | tuple[str, ...]
    is_flag: bool = False
    names_bearer: bool = False


def _clauses_by_name(text: ast.Document) -> Mapping[str, tuple[str, ...]]:
    """Clauses by their labels; the header and what is promised are told as such."""
    found: dict[str, dict[str, None]] = {}
    parts: list[tuple[str, ast.Node]] = [(full_label(article, one.label), one) for article, one in clauses(text)]
    parts += [("covers", one) for one in text.statements if isinstance(one, ast.PromiseNode)]
    for label, part in [("header", text.header), *parts]:
        for name in ast.names_in(part):
            found.setdefault(name, {})[label] = None
    return {name: tuple(labels) for name, labels in found.items()}


def _delay(delay: ast.DelayDeclaration) -> str:
    """As its author wrote it, with its text in the language that is spoken, if it has one in that."""
    texts = {title.language: title for title in reversed(delay.titles)}
    told = texts.get(spoken(), delay.titles[0])
    own = [title for title in delay.titles if title.span.source == delay.span.source]
    written, begins, last = delay.span.source.text, own[0].span.start, own[-1]
    return " ".join(
        f'{written[delay.span.start : begins]}"{told.text}"{written[last.span.end : delay.span.end]}'.split()
    )


def _written(node: ast.Node) -> str:
    """As its author wrote it, on one line."""
    return " ".join(node.span.text.split())


def _in_list(held: list[tuple[str, bool]], role: str, members: tuple[ast.MemberDeclaration, ...]) -> Iterator[str]:
    shown = ", ".join(member.name.text for member in members[:2])
    for name, shared in held:
        yield f"when {name if shared else f'{role}.{name}'} in ({shown})"


def _members(members: tuple[ast.MemberDeclaration, ...], ordered: bool) -> Iterator[str]:
    names = [member.name.text for member in members]
    if ordered:
        yield say("its values, in their order: {values}", values=" < ".join(names))
    else:
        yield say("its values: {values}", values=say(", ").join(names))


def _value_ways(kind: str, held: list[tuple[str, bool]], role: str, value: str, *, names_bearer: bool) -> Iterator[str]:
    if names_bearer:
        yield _bound(value)
    for name, shared in held:
        yield f"when {name if shared else f'{role}.{name}'} is {value}"
    if kind == "level":
        yield f"at level {value} or above"


def _roles_declared(statement: ast.RolesDeclaration) -> Iterator[_Declared]:
    needs = (say("stays with its unit") if statement.fixed else say("each unit takes it in turn"),)
    for number, role in enumerate(statement.roles):
        ways = _role_ways(role.name.text, number, fixed=statement.fixed)
        yield _Declared(ROLE, role.name, role.titles, ways, needs, names_bearer=statement.fixed)


def _role_ways(role: str, number: int, *, fixed: bool) -> tuple[str, ...]:
    """Clauses bind a role by its name where it is fixed, else whoever has the first one at the moment."""
    if fixed:
        return (f"{role} must …",)
    return ("every unit must …",) if number == 0 else (f"when {role} is a …",)


def _roles_of(statement: ast.Statement) -> tuple[str, ...]:
    return tuple(role.name.text for role in statement.roles) if isinstance(statement, ast.RolesDeclaration) else ()


def _quantities_of(statement: ast.Statement, name: str) -> tuple[str, ...]:
    """The name, where a quantity is declared by it."""
    match statement:
        case ast.ResultDeclaration(declared) if declared.text == name:
            return (name,)
        case ast.AttributeBlock(_, attributes):
            return tuple(name for one in attributes if one.name.text == name and one.sort.name.text in _MEASURES)
        case _:
            return ()


def _moments_of(statement: ast.Statement) -> tuple[str, ...]:
    return tuple(one.name.text for one in statement.moments) if isinstance(statement, ast.MomentsDeclaration) else ()


def _values_of(statement: ast.Statement, kind: str) -> tuple[str, ...]:
    """What values a kind has, or which parties there are."""
    match statement:
        case ast.KindDeclaration(name, _, members) if name.text == kind:
            return tuple(member.name.text for member in members)
        case ast.PartyDeclaration(name) if kind == PARTY:
            return (name.text,)
        case _:
            return ()


def _opposite(statement: ast.Statement, name: ast.Name) -> str:
    """How it is said that a flag is not set, where its author says so."""
    attributes = statement.attributes if isinstance(statement, ast.AttributeBlock) else ()
    titles = next((one.otherwise for one in attributes if one.name is name), ())
    return _told(titles)


def _told(titles: tuple[ast.Title, ...]) -> str:
    """In the language that is spoken, else in that of the document; nothing where it is in neither."""
    for wanted in (None,) if spoken() == "en" else (spoken(), None):
        for title in titles:
            if title.language == wanted:
                return title.text
    return ""


def _facts(attribute: ast.AttributeDeclaration, shared: bool) -> Iterator[str]:
    if attribute.sort.name.text == "flag":
        yield say("it is so, or it is not")
        if opposite := _told(attribute.otherwise):
            yield say("if not: {title}", title=opposite)
    else:
        yield _range(attribute.sort)
    yield say("one for all units") if shared else say("each unit has its own")
    if attribute.over_time:
        yield say("read at a moment, or when something is done")


def _range(sort: ast.SortSyntax) -> str:
    if sort.name.text in _MEASURES:
        return with_article(_written(sort))
    return say("one of the values of `{kind}`", kind=sort.name.text)


def _moment(moment: ast.MomentDeclaration) -> Iterator[str]:
    yield say("it may not occur at all")
    if moment.on is not None:
        yield say("the end of {act}", act=_written(moment.on))
    if moment.times is not None:
        yield say("may occur up to {times} times", times=_written(moment.times))
    if moment.planned:
        yield say("known to all beforehand")


def _meaning(meaning: ast.Expression | tuple[ast.Row, ...]) -> str:
    if isinstance(meaning, tuple):
        return say("is {values}", values=", ".join(_written(row) for row in meaning))
    return say("means {condition}", condition=_written(meaning))


def _readings(readings: ast.SortSyntax | tuple[ast.Name, ...]) -> str:
    if isinstance(readings, tuple):
        names = listed([name.text for name in readings], "or")
        return say("left undefined; read as one of {readings}", readings=names)
    return say("left undefined; read as {quantity}", quantity=with_article(_written(readings)))


def _channel(channel: ast.ChannelDeclaration, called: Callable[[str], str]) -> Iterator[str]:
    """What is said of a channel; topics are told by what readers call them."""
    if channel.between:
        yield say("between {parties}", parties=listed([party.text for party in channel.between]))
    if channel.level is not None:
        yield say("at level {level}", level=channel.level.text)
    topics = listed([called(topic.text) for topic in channel.topics])
    yield say("for {topics}", topics=topics) if topics else say("agreed for nothing")
    if channel.agreed is not None:
        yield say("agreed on {day}", day=channel.agreed)
    if channel.operational is None:
        yield say("never put into operation")
    else:
        yield say("in operation from {day}", day=channel.operational)
    if channel.until is not None:
        yield say("until {day}", day=channel.until)
    for suspension in channel.suspended:
        if suspension.until:
            yield say("suspended from {start} to {until}", start=suspension.start, until=suspension.until)
        else:
            yield say("suspended from {start}", start=suspension.start)
    if channel.interval is not None:
        yield _written(channel.interval)
    if channel.held:
        yield f"held {', '.join(map(str, channel.held))}"
    if channel.hours:
        yield from map(_written, channel.hours)
        yield "when closed holds messages" if channel.holds else "when closed refuses messages"
    yield from map(_delay, channel.delays)
    if channel.consent is not None:
        yield f"prior consent {channel.consent.text}"
    if channel.acknowledged is not None:
        yield f"acknowledged by {channel.acknowledged.text}"
    if channel.languages:
        yield say("in {languages}", languages=listed([language.text for language in channel.languages], "or"))
    if channel.fallback:
        yield say("in its stead: {channels}", channels=say(", ").join(other.text for other in channel.fallback))
