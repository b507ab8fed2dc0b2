"""Reference: the API for people to read, made from its own description; nothing is fetched from elsewhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.serve.rendering import render

router = APIRouter()

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One parameter, or one field of a body or answer."""

    name: str
    kind: str
    note: str
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked."""

    method: str
    path: str
    summary: str
    note: str
    parameters: tuple[Given, ...]
    body: tuple[Given, ...]
    answer: str
    fields: tuple[Given, ...]
    refusals: tuple[str, ...]
    example: str

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return re.sub(r"\W+", "-", f"{self.method}{self.path}").strip("-").casefold()


@router.get("/api", response_class=HTMLResponse)
def reference(request: Request) -> HTMLResponse:
    """Show what can be asked of the API, with every parameter and field."""
    found = operations_of(request.app.openapi())
    groups: dict[str, list[Operation]] = {}
    for tag, operation in found:
        groups.setdefault(tag, []).append(operation)
    site = str(request.base_url).rstrip("/")
    return render(request, "reference.html", groups=groups, site=site)


def operations_of(described: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Yield what an OpenAPI description describes, each with its first tag."""
    schemas = described.get("components", {}).get("schemas", {})
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                told = methods[method]
                yield (told.get("tags") or ["other"])[0], _operation(method, path, told, schemas)


def _operation(
    method: str, path: str, told: Mapping[str, Any], schemas: Mapping[str, Any]
) -> Operation:
    parameters = tuple(_parameter(item, schemas) for item in told.get("parameters", ()))
    codes = told.get("responses", {})
    good = next((code for code in codes if str(code).startswith("2")), None)
    answer = _json_of(codes[good]) if good is not None else {}
    body = _json_of(told.get("requestBody", {}))
    required = [
        item.name for item in parameters if item.is_required and f"{{{item.name}}}" not in path
    ]
    asked = "&".join(f"{name}=…" for name in required)
    return Operation(
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        note=told.get("description", ""),
        parameters=parameters,
        body=_fields(body, schemas),
        answer=f"{good} {kind_of(answer, schemas)}",
        fields=_fields(_row_of(answer, schemas), schemas),
        refusals=tuple(str(code) for code in codes if not str(code).startswith("2")),
        example=f"{path}?{asked}" if asked else path,
    )


def _json_of(told: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = told.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _parameter(told: Mapping[str, Any], schemas: Mapping[str, Any]) -> Given:
    schema = told.get("schema", {})
    note = told.get("description") or schema.get("description") or ""
    return Given(
        name=told["name"],
        kind=kind_of(schema, schemas).removesuffix(" or null"),
        note=note,
        is_required=bool(told.get("required")),
    )


def _named(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = schemas.get(name, schema) if name else schema
    return found


def _row_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of one row, where an answer is rows."""
    whole = _named(schema, schemas)
    rows = whole.get("properties", {}).get("rows", whole if whole.get("type") == "array" else {})
    return rows.get("items", whole) if rows else whole


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[Given, ...]:
    whole = _named(schema, schemas)
    required = set(whole.get("required", ()))
    return tuple(
        Given(
            name=name,
            kind=kind_of(told, schemas),
            note=told.get("description", ""),
            is_required=name in required,
        )
        for name, told in whole.get("properties", {}).items()
    )


def kind_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """Return in a few words what a schema takes: ``integer, 1 to 500``, ``one of …``, ``text or null``."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        listed = schemas.get(name, {}).get("enum")
        return f"one of {', '.join(map(str, listed))}" if listed else name.replace("_", " ").strip()
    if "anyOf" in schema:
        return " or ".join(kind_of(item, schemas) for item in schema["anyOf"])
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {kind_of(schema.get('items', {}), schemas)}"
    words = {"string": "text", "object": "object", "boolean": "yes or no"}.get(kind, kind)
    words = str(schema.get("format", words))
    listed = re.fullmatch(r"\^\(([a-z|]+)\)\$", schema.get("pattern", ""))
    if listed is not None:
        return f"one of {', '.join(listed[1].split('|'))}"
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        words = f"{words}, {least:,} to {most:,}"
    return words
