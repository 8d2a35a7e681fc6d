"""XML: encodings, damage, entities, namespaces."""

from __future__ import annotations

from tests.engine.bad_inputs.made import BPMN, END, GOOD, SPACES, START, XML, Input, chain, definitions, process, text

CHINESE = GOOD.replace('id="step"', 'id="step" name="客户确认"').replace(
    "</process>", "<!-- 审批 流程 说明 客户 --></process>"
)
READ = "readable-file"
TEN = ["".join([f"&e{level};"] * 10) for level in range(9)]
BOMB = "".join(f'<!ENTITY e{level + 1} "{ten}">' for level, ten in enumerate(TEN))
XINCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'


def encoded(name: str, codec: str, declared: str | None = None, drawing: str = CHINESE) -> bytes:
    """The drawing in an encoding that it declares."""
    return drawing.replace("UTF-8", declared or name).encode(codec)


def inside(xml: str) -> bytes:
    """The good drawing with something in its extension elements."""
    return GOOD.replace(START, f"<extensionElements>{xml}</extensionElements>{START}").encode()


def dtd(declaration: str, use: str = "") -> bytes:
    """The good drawing with a document type."""
    return (
        GOOD.replace(XML, f"{XML}<!DOCTYPE definitions {declaration}>")
        .replace('"step"', f'"step" name="{use}"', 1)
        .encode()
    )


def around(old: str, new: str) -> bytes:
    """The good drawing with something else in it."""
    assert old in GOOD
    return GOOD.replace(old, new, 1).encode()


INPUTS = [
    Input("UTF-8 with a byte order mark", encoded("UTF-8", "utf-8-sig")),
    Input("UTF-16 with its mark", encoded("UTF-16", "utf-16")),
    Input("UTF-16 little end first, without a mark", encoded("UTF-16LE", "utf-16-le")),
    Input("UTF-16 big end first, without a mark", encoded("UTF-16BE", "utf-16-be")),
    Input("UTF-16 that still declares UTF-8", encoded("UTF-8", "utf-16")),
    Input("UTF-32", encoded("UTF-32", "utf-32")),
    Input("UTF-32 little end first, without a mark", encoded("UTF-32LE", "utf-32-le")),
    Input("UTF-32 big end first, without a mark", encoded("UTF-32BE", "utf-32-be")),
    Input("GB18030", encoded("GB18030", "gb18030")),
    Input("GBK", encoded("GBK", "gbk")),
    Input("GB2312", encoded("gb2312", "gb2312")),
    Input(
        "Big5",
        encoded("Big5", "big5", drawing=CHINESE.replace("客户确认", "客戶確認").replace("审批 流程 说明 客户", "說明")),
    ),
    Input("Shift-JIS", encoded("Shift_JIS", "shift_jis", drawing=GOOD.replace('"step"/>', '"step" name="承認"/>'))),
    Input("Latin-1", encoded("ISO-8859-1", "latin-1", drawing=GOOD.replace('"step"/>', '"step" name="Prüfung"/>'))),
    Input("windows-1252", encoded("windows-1252", "cp1252", drawing=GOOD.replace('"step"/>', '"step" name="€"/>'))),
    Input("no declaration at all", GOOD.removeprefix(XML).encode()),
    Input(
        "UTF-8 declared, GB18030 inside",
        encoded("UTF-8", "gb18030"),
        READ,
        "Expected text in UTF-8, but the bytes in line 2",
    ),
    Input(
        "Latin-1 declared, UTF-8 inside",
        encoded("ISO-8859-1", "utf-8"),
        READ,
        "ISO-8859-1, as the file declares, but it is UTF-8",
    ),
    Input("GBK declared, UTF-8 inside", encoded("GBK", "utf-8"), READ, "GBK"),
    Input(
        "UTF-16 declared, ASCII inside",
        GOOD.replace("UTF-8", "UTF-16").encode(),
        READ,
        "UTF-16, as the file declares, but it is not",
    ),
    Input("an encoding nobody knows", GOOD.replace("UTF-8", "x-mystery").encode(), READ, "declares x-mystery"),
    Input("an encoding without a name", GOOD.replace("UTF-8", "").encode(), READ, "has no proper name"),
    Input("a version of XML that is none", GOOD.replace("1.0", "2.0", 1).encode(), READ, "XML has no version 2.0"),
    Input("an encoding that is none", GOOD.replace("UTF-8", "rot13").encode(), READ, "declares rot13"),
    Input("half a UTF-16 character", encoded("UTF-16", "utf-16")[:-1], READ, "the bytes in line"),
    Input("cut off in the middle", GOOD[: len(GOOD) // 2].encode(), READ, "reading stopped"),
    Input("an open element", GOOD.replace("</process>", "").encode(), READ, "is closed by </definitions>"),
    Input("an attribute twice", around('id="step"', 'id="step" id="step"'), READ, "attribute id stands twice"),
    Input("an attribute without quotes", around('id="step"', "id=step"), READ, "no value in quotes"),
    Input("an & alone", around('"step"/>', '"step" name="A & B"/>'), READ, "&amp;"),
    Input("a < in an attribute", around('"step"/>', '"step" name="a<b"/>'), READ, "&lt;"),
    Input("an entity of HTML", around('"step"/>', '"step" name="a&nbsp;b"/>'), READ, "entity &nbsp;"),
    Input(
        "a prefix that is not declared",
        around("<userTask", '<userTask zeebe:x="1"'),
        READ,
        "prefix zeebe is used but not declared",
    ),
    Input("something behind the end", (GOOD + "<more/>").encode(), READ, "before or behind"),
    Input("something before the declaration", ("\n" + GOOD).encode(), READ, "before or behind"),
    Input("a zero byte", around('"step"/>', '"step" name="a\0b"/>'), READ, "a character that XML does not allow"),
    Input(
        "a control character", around('"step"/>', '"step" name="a\x01b"/>'), READ, "a character that XML does not allow"
    ),
    Input(
        "a control character by number",
        around('"step"/>', '"step" name="&#1;"/>'),
        READ,
        "a character that XML does not allow",
    ),
    Input(
        "half a surrogate by number",
        around('"step"/>', '"step" name="&#xD800;"/>'),
        READ,
        "a character that XML does not allow",
    ),
    Input(
        "half a surrogate in bytes",
        GOOD.encode().replace(b'"step"/>', b'"step" name="\xed\xa0\x80"/>'),
        READ,
        "the bytes in line 2",
    ),
    Input("a CDATA section that is not closed", inside("<![CDATA[ x"), READ, "CDATA"),
    Input("entities of entities of entities", dtd(f'[<!ENTITY e0 "ha">{BOMB}]', "&e9;"), READ, "document type"),
    Input("an entity that is a file", dtd('[<!ENTITY f SYSTEM "file:///etc/passwd">]', "&f;"), READ, "document type"),
    Input(
        "a parameter entity from the network",
        dtd('[<!ENTITY % f SYSTEM "http://127.0.0.1:9/x"> %f;]'),
        READ,
        "document type",
    ),
    Input("a document type on the network", dtd('SYSTEM "http://127.0.0.1:9/x.dtd"'), READ, "document type"),
    Input("a harmless document type", dtd(""), READ, "document type"),
    Input(
        "the document type of another format",
        b'<!DOCTYPE AML SYSTEM "ARIS-Export.dtd"><AML/>',
        READ,
        "an ARIS export (AML)",
    ),
    Input("an inclusion", inside(XINCLUDE)),
    Input(
        "processing instructions", around(START, f'<?php system("touch canary") ?><?xml-stylesheet href="x"?>{START}')
    ),
    Input("comments and CDATA", around(START, f"<documentation><![CDATA[<b>]]></documentation><!-- -> -->{START}")),
    Input("a schema to be fetched", around(SPACES, f'{SPACES} xsi:schemaLocation="{BPMN} http://127.0.0.1:9/b.xsd"')),
    Input(
        "another prefix",
        text(START + END + chain("start", "end"))
        .replace(f'xmlns="{BPMN}"', f'xmlns="urn:no" xmlns:q="{BPMN}"')
        .replace("<definitions", "<q:definitions")
        .replace("</definitions", "</q:definitions")
        .replace("<process", "<q:process")
        .replace("</process", "</q:process")
        .replace("<startEvent", "<q:startEvent")
        .replace("<endEvent", "<q:endEvent")
        .replace("<sequenceFlow", "<q:sequenceFlow")
        .replace("</sequenceFlow", "</q:sequenceFlow")
        .encode(),
    ),
    Input(
        "no namespace", definitions(process(START + END + chain("start", "end")), "").encode(), READ, "in no namespace"
    ),
    Input(
        "a namespace with a letter missing",
        GOOD.replace("20100524/MODEL", "20100524/MODE").encode(),
        READ,
        "in the namespace http://www.omg.org/spec/BPMN/20100524/MODE.",
    ),
    Input(
        "the namespace with https",
        GOOD.replace("http://www.omg", "https://www.omg").encode(),
        READ,
        "in the namespace https://www.omg.org/spec/BPMN/20100524/MODEL.",
    ),
    Input(
        "a namespace with a blank behind it",
        GOOD.replace('MODEL"', 'MODEL "').encode(),
        READ,
        "is not written as an address",
    ),
    Input(
        "a prefix for no namespace", around("<userTask", '<userTask xmlns:camunda=""'), READ, "xmlns:camunda names no"
    ),
    Input("only the process", f'<process xmlns="{BPMN}" id="bad"/>'.encode(), READ, "the file begins with <process>"),
    Input("nothing at all", b"", READ, "the file is empty"),
    Input("only blanks", b" \t\r\n" * 50, READ, "the file is empty"),
    Input("only a byte order mark", b"\xef\xbb\xbf", READ, "the file is empty"),
    Input("only a declaration", XML.encode(), READ, "does not begin with an element"),
    Input("only a comment", (XML + "<!-- nothing -->").encode(), READ, "does not begin with an element"),
]
