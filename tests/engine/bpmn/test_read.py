import pytest

from engine.bpmn import model, read
from engine.errors import Rejected
from engine.files import Bounds

from .drafts import HEAD, around

PROCESS = '<process id="p" name="流程" isExecutable="true"><startEvent id="start"/></process>'


def text(encoding="utf-8", doctype="", inside=PROCESS):
    return f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{HEAD}{inside}</definitions>'


def refusal(xml, *bounds):
    with pytest.raises(Rejected) as caught:
        read(xml, "a.bpmn", *bounds)
    (finding,) = caught.value.findings
    assert finding.file == "a.bpmn"
    assert str(finding.remedy).endswith(".")
    return str(finding.message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_declared_encoding_is_honoured(encoding):
    drawing = read(text(encoding).encode(encoding), "a.bpmn")

    assert model(drawing).name == "流程"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b'{"components": []}', "a JSON text"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"not a drawing", "the file is plain text"),
        (text().encode()[:-20], "reading stopped"),
        (b"<html/>", "the file is a web page"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "a decision table (DMN)"),
        (text(inside="").encode(), "Expected a process, but the file has none"),
        (text(inside=PROCESS.replace("true", "false")).encode(), "p is marked as not executable"),
        (text(inside='<process id="p" isExecutable="true"/>').encode(), "process p is empty"),
        (text(inside=PROCESS.replace('id="p" ', "")).encode(), "have an id"),
        (text("no-such-encoding").encode(), "the file declares no-such-encoding"),
        (text().encode("gb18030"), "Expected text in utf-8, but the bytes in line 1 are not"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_one_sentence(xml, words):
    assert words in refusal(xml)


def test_a_document_type_is_refused_before_entities_are_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    assert "document type" in refusal(text(doctype=bomb).encode())


def test_an_external_entity_is_never_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'

    assert "document type" in refusal(text(doctype=doctype, inside="&e;").encode())


def test_a_file_above_the_size_limit_is_refused():
    assert "at most 100 bytes" in refusal(text().encode(), Bounds(100, 10, 10))


@pytest.mark.parametrize("depth", [101, 400])
def test_elements_nested_too_deep_are_refused(depth):
    nest = "<x>" * depth + "</x>" * depth

    assert "nested at most 100 deep" in refusal(text(inside=nest).encode())


def test_a_single_process_without_the_executable_mark_is_read():
    drawing = read(text(inside=PROCESS.replace(' isExecutable="true"', "")).encode(), "a.bpmn")

    assert drawing.process.get("id") == "p"


def test_the_bytes_are_kept_as_they_came():
    xml = text().encode()

    assert read(xml, "a.bpmn").xml == xml


def test_comments_and_processing_instructions_are_no_elements():
    drawing = around('<!-- a note --><?editor hint?><task id="step"/>')

    assert set(model(drawing).elements) == {"start", "step", "end"}
