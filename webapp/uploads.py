"""Files that come with a form: stored when they arrive, so that a refused form does not lose them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from crm import files
from crm.errors import InvalidValue
from engine import errors, forms
from webapp.current import engine, person, reading, writing

FILES = "files"
MOST_FILES = 20


def with_uploads(
    form: forms.Form | None, business_key: str
) -> tuple[MultiDict[str, str], Mapping[str, errors.Sentence]]:
    """What the request sent, each uploaded file replaced by its id; and by field why a file could not be taken."""
    sent: MultiDict[str, str] = MultiDict(request.form)
    wanted = set(_names(form.fields, "")) if form is not None else set()
    refused: dict[str, errors.Sentence] = {}
    for name, uploads in request.files.lists():
        chosen = [each for each in uploads if each.filename] if _without_rows(name) in wanted else []
        count = len(chosen) + sum(1 for known in sent.getlist(name) if known)
        if chosen and count > MOST_FILES:
            refused[name] = errors.Sentence(
                "Expected at most %(most)s files, but got %(count)s. None of the new ones was kept.",
                most=MOST_FILES,
                count=count,
            )
            continue
        for upload in chosen:
            try:
                sent.add(name, str(_store(upload, business_key)))
            except InvalidValue as error:
                refused[name] = errors.Sentence(error.template, **error.values)
    return sent, refused


def attached(ids: Sequence[str], business_key: str) -> list[dict[str, Any]]:
    """The answers of a field for files: those of the ids that belong to the record."""
    known = [int(each) for each in ids if each.isdecimal() and len(each) < 15][:MOST_FILES]
    with reading() as connection:
        return [each.answer for each in files.attached(connection, known, business_key)] if known else []


def _names(fields: tuple[forms.Field, ...], path: str) -> Iterator[str]:
    for field in fields:
        if field.type == FILES:
            yield path + field.key
        elif field.type == "rows":
            yield from _names(field.fields, f"{path}{field.key}.")
        elif field.type == "group":
            yield from _names(field.fields, path)


def _without_rows(name: str) -> str:
    return ".".join(part for part in name.split(".") if not part.isdecimal())


def _store(upload: FileStorage, business_key: str) -> int:
    content = upload.stream.read(files.LARGEST + 1)
    name, media_type = upload.filename or "", upload.mimetype or ""
    with writing() as transaction:
        by, at = person().login, engine().clock.now()
        return files.store(transaction.connection, business_key, name, media_type, content, by=by, at=at).id
