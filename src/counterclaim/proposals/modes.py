"""Modes of asking, from the one that binds a model most to the one that binds it least.

``grammar``  a grammar in which every string is a stretch of the sentence pointed to (llama.cpp)
``schema``   a JSON schema with the sentences' numbers
``tool``     a call of a tool with that schema
``plain``    the question alone; the answer is searched for JSON
``bare``     as plain, for models that refuse a temperature and ``max_tokens``

No mode is trusted: what comes back goes through ``ground`` all the same.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from counterclaim.proposals.chunks import Chunk, Numbered
from counterclaim.records.attribution import STANCES
from counterclaim.records.claim import Category, Outcome
from counterclaim.records.text import Document

Mode = Literal["grammar", "schema", "tool", "plain", "bare"]

MODES: tuple[Mode, ...] = get_args(Mode)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
CATEGORIES: tuple[Category, ...] = get_args(Category)

_PIECE = re.compile(r"\w+|[^\w\s]")


def make_body(
    mode: Mode, document: Document, chunk: Chunk, prompt: tuple[str, str], settings: tuple[str, int]
) -> dict[str, Any]:
    """Make a request's body.

    Args:
        mode: How strongly the answer is bound.
        document: Whose sentences.
        chunk: The sentences.
        prompt: The instruction and the question.
        settings: The model's name and the most tokens of a reply.
    """
    model, most = settings
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": prompt[0]},
            {"role": "user", "content": prompt[1]},
        ],
    }
    if mode == "bare":
        return {**body, "max_completion_tokens": most}
    body |= {"temperature": 0, "max_tokens": most}
    if mode == "grammar":
        body["grammar"] = make_grammar(document, chunk)
    elif mode == "schema":
        form = {"name": "proposals", "strict": True, "schema": make_schema(chunk)}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    elif mode == "tool":
        tool = {"name": "propose", "parameters": make_schema(chunk)}
        body["tools"] = [{"type": "function", "function": tool}]
        body["tool_choice"] = {"type": "function", "function": {"name": "propose"}}
    return body


def make_schema(chunk: Chunk) -> dict[str, Any]:
    """Make the JSON schema of an answer about a chunk."""
    number = {"type": "integer", "enum": [item.number for item in chunk.sentences]}
    words = {"type": "string"}
    maybe = {"type": ["string", "null"]}
    return _object(
        claims=_array(
            _object(
                sentence=number,
                speaker=maybe,
                cue=words,
                quotation=words,
                stance={"type": "string", "enum": list(STANCES)},
            )
        ),
        figures=_array(
            _object(
                sentence=number,
                number=words,
                value={"type": "integer"},
                harm=words,
                outcome={"type": "string", "enum": list(OUTCOMES)},
                category={"type": "string", "enum": list(CATEGORIES)},
                side=maybe,
            )
        ),
    )


def _object(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _array(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def make_grammar(document: Document, chunk: Chunk) -> str:
    """Make the grammar (GBNF) in which every string is a stretch of whole words of a sentence."""
    rules = [
        'root ::= "{\\"claims\\":[" (claim ("," claim)*)? figures',
        'figures ::= "],\\"figures\\":[" (figure ("," figure)*)? "]}"',
        "claim ::= " + " | ".join(f"c{item.number}" for item in chunk.sentences),
        "figure ::= " + " | ".join(f"f{item.number}" for item in chunk.sentences),
        "stance ::= " + _choice(STANCES),
        "outcome ::= " + _choice(OUTCOMES),
        "category ::= " + _choice(CATEGORIES),
        "value ::= [0-9] [0-9]? [0-9]? [0-9]? [0-9]? [0-9]? [0-9]?",
    ]
    before: Numbered | None = None
    for item in chunk.sentences:
        n = item.number
        rules += _stretches(document, item)
        near = (
            f"q{before.number}" if before is not None and before.passage == item.passage else None
        )
        rules.append(f'o{n} ::= "null" | q{n}' + (f" | {near}" if near else ""))
        rules.append(
            f"c{n} ::= " + _row(n, speaker=f"o{n}", cue=f"q{n}", quotation=f"q{n}", stance="stance")
        )
        rules.append(
            f"f{n} ::= "
            + _row(
                n,
                number=f"q{n}",
                value="value",
                harm=f"q{n}",
                outcome="outcome",
                category="category",
                side=f"o{n}",
            )
        )
        before = item
    return "\n".join(rules) + "\n"


def _choice(words: tuple[str, ...]) -> str:
    return " | ".join(_literal(json.dumps(word)) for word in words)


def _row(sentence: int, **fields: str) -> str:
    parts = [_literal(f'{{"sentence":{sentence}')]
    for name, rule in fields.items():
        parts += [_literal(f',"{name}":'), rule]
    return " ".join([*parts, _literal("}")])


def _stretches(document: Document, item: Numbered) -> Iterator[str]:
    """Write the rules for one sentence: a stretch begins at any word and ends at any later one."""
    text = document.text[item.span.start : item.span.end]
    pieces = list(_PIECE.finditer(text))
    n = item.number
    starts = " | ".join(f"s{n}w{index}" for index in range(len(pieces))) or '"-"'
    yield f'q{n} ::= "\\"" ({starts}) "\\""'
    for index, piece in enumerate(pieces):
        rule = f"s{n}w{index} ::= {_literal(_inside(piece[0]))}"
        if index + 1 < len(pieces):
            gap = text[piece.end() : pieces[index + 1].start()]
            rest = f"s{n}w{index + 1}"
            rule += f" ({_literal(_inside(gap))} {rest})?" if gap else f" ({rest})?"
        yield rule


def _inside(words: str) -> str:
    """Write words as they stand inside a JSON string."""
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _literal(words: str) -> str:
    """Write words as a literal of the grammar."""
    inner = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'


def parse_answer(words: str) -> Iterator[tuple[str, object]]:
    """Find the proposals in an answer, each with its list's name, ``claims`` or ``figures``.

    An answer that is cut off, or stands among other words, gives what is whole in it. What is no
    proposal comes as ``malformed``.
    """
    whole = _decode(words, words.find("{"))
    if isinstance(whole, dict) and ("claims" in whole or "figures" in whole):
        for name in ("claims", "figures"):
            rows = whole.get(name, [])
            if isinstance(rows, list):
                yield from ((name, row) for row in rows)
            else:
                yield "malformed", rows
        return
    found = False
    at = words.find("{")
    while at >= 0:
        row = _decode(words, at)
        if isinstance(row, dict) and "sentence" in row:
            found = True
            yield ("figures" if "number" in row else "claims"), row
        at = words.find("{", at + 1)
    if not found:
        yield "malformed", words


def _decode(words: str, at: int) -> object:
    if at < 0:
        return None
    try:
        return json.JSONDecoder().raw_decode(words, at)[0]
    except (ValueError, RecursionError):
        return None
