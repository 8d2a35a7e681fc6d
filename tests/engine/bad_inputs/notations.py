"""Files of other kinds where a drawing should be."""

from __future__ import annotations

import gzip
import io
import zipfile

from tests.engine.bad_inputs.made import GOOD, XML, Input, definitions, process

READ = "readable-file"


def zipped(member: str) -> bytes:
    """An archive with one member."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr(member, "x")
    return found.getvalue()


def root(name: str, space: str, inside: str = "") -> bytes:
    """An XML file with that root element."""
    return f'{XML}<{name} xmlns="{space}">{inside}</{name}>'.encode()


def drawing(inside: str) -> bytes:
    """The root element of a drawing around something."""
    return (XML + definitions(inside)).encode()


PARTNERS = '<participant id="a"/><participant id="b"/>'
KINDS = {
    "a decision table": (root("definitions", "https://www.omg.org/spec/DMN/20191111/MODEL/"), "a decision table"),
    "a case model": (root("definitions", "http://www.omg.org/spec/CMMN/20151109/MODEL"), "a case model"),
    "XPDL 2": (root("Package", "http://www.wfmc.org/2008/XPDL2.1"), "an XPDL package"),
    "XPDL without a namespace": (b"<Package><WorkflowProcesses/></Package>", "an XPDL package"),
    "BPEL 2": (root("process", "http://docs.oasis-open.org/wsbpel/2.0/process/executable"), "a BPEL process"),
    "BPEL 1": (root("process", "http://schemas.xmlsoap.org/ws/2003/03/business-process/"), "a BPEL process"),
    "BPMN 1": (root("BpmnDiagram", "http://stp.eclipse.org/bpmn"), "a BPMN 1.x drawing"),
    "BPMN 1 of the OMG": (root("definitions", "http://schema.omg.org/spec/BPMN/1.2"), "a BPMN 1.x drawing"),
    "a draft of BPMN 2": (root("definitions", "http://schema.omg.org/spec/BPMN/2.0"), "a draft version"),
    "SVG": (root("svg", "http://www.w3.org/2000/svg"), "a picture (SVG)"),
    "draw.io": (b'<mxfile host="app"><diagram/></mxfile>', "a draw.io diagram"),
    "a graph of draw.io": (b"<mxGraphModel/>", "a draw.io diagram"),
    "Visio as XML": (root("VisioDocument", "http://schemas.microsoft.com/visio/2003/core"), "a Visio drawing"),
    "Visio": (zipped("visio/document.xml"), "a Visio drawing"),
    "Word": (zipped("word/document.xml"), "a Word document"),
    "Excel": (zipped("xl/workbook.xml"), "an Excel workbook"),
    "an archive": (zipped("order.bpmn"), "a ZIP archive"),
    "an old Visio drawing": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
        "an old Microsoft Office or Visio file",
    ),
    "a compressed drawing": (gzip.compress(GOOD.encode(), mtime=0), "a compressed file"),
    "a web page": (b"<!doctype html><html><body>Sign in</body></html>", "a web page"),
    "an old web page": (b"<HTML><BODY>Sign in</BODY></HTML>", "a web page"),
    "a form": (b'{"components": []}', "a JSON text"),
    "a list in JSON": (b"[1, 2]", "a JSON text"),
    "YAML": (b"---\nprocess: order\n", "a YAML text"),
    "YAML without its mark": (b"process:\n  - order\n", "a YAML text"),
    "prose": ("请看附件".encode(), "plain text"),
    "a program in Python": (b"import os\nos.system('touch canary')\n", "plain text"),
    "a table of values": (b"id,name\n1,a\n", "plain text"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF document"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
    "a program": (b"\x7fELF\x02\x01\x01" + b"\0" * 9, "a program"),
    "a database": (b"SQLite format 3\0" + b"\0" * 84, "a database"),
    "a pickle": (b"\x80\x04cposix\nsystem\n(S'touch canary'\ntR.", "binary data"),
    "zeros": (b"\0" * 1000, "binary data"),
    "a schema": (root("schema", "http://www.w3.org/2001/XMLSchema"), "an XML schema"),
    "a style sheet": (root("stylesheet", "http://www.w3.org/1999/XSL/Transform"), "a style sheet"),
    "web services": (root("definitions", "http://schemas.xmlsoap.org/wsdl/"), "web services"),
    "UML": (root("XMI", "http://schema.omg.org/spec/XMI/2.1"), "a UML model"),
    "jPDL": (root("process-definition", "urn:jbpm.org:jpdl-3.2"), "a jBPM process"),
    "a feed": (root("rss", "urn:rss"), "begins with <rss>"),
    "no process": (drawing(""), "Expected a process, but the file has none"),
    "only a message": (
        drawing('<message id="m"/>'),
        "Expected a process, but the file has none",
    ),
    "a collaboration": (
        drawing(f'<collaboration id="c">{PARTNERS}</collaboration>'),
        "collaboration",
    ),
    "a choreography": (drawing('<choreography id="c"/>'), "choreography"),
    "a process without steps": (drawing(process("")), "process bad is empty"),
    "a process of lanes": (drawing(process('<laneSet id="l"/>')), "process bad is empty"),
    "a process without an id": (GOOD.replace('id="bad" ', "").encode(), "have an id"),
    "a process that is not executable": (GOOD.replace('"true"', '"false"').encode(), "not executable"),
    "a private process": (GOOD.replace('isExecutable="true"', 'isExecutable="maybe"').encode(), "executable"),
}
INPUTS = [Input(name, content, READ, says) for name, (content, says) in KINDS.items()]
