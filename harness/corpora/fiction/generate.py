"""A whole fictional corpus from a size and a seed: world, story, questions, gates."""

from __future__ import annotations

from collections import defaultdict

from harness.corpora import gates
from harness.corpora.fiction import checks, prose_checks
from harness.corpora.fiction.questions import answerable
from harness.corpora.fiction.renderings import renderings
from harness.corpora.fiction.story import tell
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.unanswerable import refusals, unanswerable
from harness.corpora.fiction.world import World, fact_id, make_world, name_of
from harness.corpora.identity import canary, corpus_digest
from harness.errors import UserError
from harness.records import Chapter, Corpus, CorpusChoice, Fact, Span

_ATTEMPTS = 200


def build(choice: CorpusChoice) -> Corpus:
    """The world that a suite names. Raises UserError for keys that fiction does not have."""
    for key in ("path", "text", "questions", "write_questions", "chapters"):
        if getattr(choice, key):
            raise UserError(
                f'corpus.{key} does not go with corpus kind "fiction"',
                'kind = "files" takes a text and questions of your own',
            )
    return generate(choice.size or "XS", choice.seed)


def generate(size: str, seed: int) -> Corpus:
    """The corpus of that size ("XS", "S", "M", "L") and seed; the same bytes on any machine.

    Raises UserError for an unknown size, `gates.CorpusFault` for a corpus that breaks a rule.
    """
    world = make_world(size, seed)
    teller = _told(world)
    chapters, spans = _layout(teller)
    facts = tuple(
        Fact(
            id=fact_id(entity, relation),
            entity=name_of(entity),
            relation=relation,
            value=value,
            stated_in=tuple(spans[fact_id(entity, relation)]),
            asked=entity.role == "taught" and relation != "debt",
        )
        for entity in world.everything()
        for relation, value in world.facts_of(entity).items()
    )
    asked = answerable(world, {fact.id: fact for fact in facts}, chapters)
    questions = (*asked, *unanswerable(world, asked), *refusals(world))
    # The digest of the smallest world must not change: published runs hang on it.
    further = renderings(facts, chapters) if world.size.deep else ()
    corpus = Corpus(
        kind="fiction",
        seed=seed,
        size=size,
        digest=corpus_digest(chapters, facts, questions, further),
        canary=canary("fiction", size, seed),
        source_tag=f"{size}{seed}STORY",
        chapters=chapters,
        facts=facts,
        questions=questions,
        values=world.values,
        names=_names(world),
        renderings=further,
    )
    gates.check(corpus)
    checks.check_names(corpus)
    checks.check_derivations(corpus)
    checks.check_unstated(corpus)
    checks.check_value_sets(corpus)
    checks.check_stated_twice(corpus)
    return corpus


def _names(world: World) -> tuple[str, ...]:
    """Every name that exists: people, places, guilds, events; none twice."""
    places = [place for name in ("home", "birthplace") for place in world.values.get(name, ())]
    people = [person.name.full for person in world.people]
    others = [entity.name for entity in world.entities]
    return tuple(dict.fromkeys([*people, *places, *others]))


def _told(world: World) -> Teller:
    """The first attempt at the story that reads well by rule; the last fault if there is none."""
    for attempt in range(_ATTEMPTS):
        teller = tell(world, attempt)
        try:
            prose_checks.check_prose(teller)
        except gates.CorpusFault:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return teller
    raise AssertionError("no attempt was made")


def _layout(teller: Teller) -> tuple[tuple[Chapter, ...], dict[str, list[Span]]]:
    """Chapters as text, and for each fact where it is stated.

    A statement by pronoun is marked from the sentence that names the person.
    """
    chapters = []
    spans: dict[str, list[Span]] = defaultdict(list)
    for number, (title, paragraphs) in enumerate(teller.chapters):
        parts: list[str] = []
        position = 0
        for paragraph in paragraphs:
            starts: list[int] = []
            for at, sentence in enumerate(paragraph):
                starts.append(position)
                end = position + len(sentence.text)
                for fact in sentence.facts:
                    start = starts[at - sentence.back]
                    spans[fact].append(Span(chapter=number, start=start, end=end))
                gap = " " if at + 1 < len(paragraph) else "\n\n"
                parts += [sentence.text, gap]
                position = end + len(gap)
        chapters.append(Chapter(title=title, text="".join(parts).rstrip("\n")))
    return tuple(chapters), spans
