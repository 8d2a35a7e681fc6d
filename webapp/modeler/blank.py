"""What a new drawing, table or form begins with: small, and free of findings but for what its author must decide."""

from __future__ import annotations

import json

DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions_{id}" targetNamespace="urn:salesflow:processes">
  <collaboration id="collaboration_{id}">
    <participant id="pool_{id}" name="{title}" processRef="{id}"/>
  </collaboration>
  <process id="{id}" name="{title}" isExecutable="true">
    <laneSet id="lanes_{id}">
      <lane id="lane_rep" name="Sales Rep.">
        <flowNodeRef>start</flowNodeRef>
        <flowNodeRef>first_step</flowNodeRef>
        <flowNodeRef>end</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="start" name="Start"><outgoing>flow_start</outgoing></startEvent>
    <userTask id="first_step" name="First step">
      <incoming>flow_start</incoming>
      <outgoing>flow_end</outgoing>
    </userTask>
    <endEvent id="end" name="Done"><incoming>flow_end</incoming></endEvent>
    <sequenceFlow id="flow_start" sourceRef="start" targetRef="first_step"/>
    <sequenceFlow id="flow_end" sourceRef="first_step" targetRef="end"/>
  </process>
  <bpmndi:BPMNDiagram id="diagram_{id}">
    <bpmndi:BPMNPlane id="plane_{id}" bpmnElement="collaboration_{id}">
      <bpmndi:BPMNShape id="pool_{id}_shape" bpmnElement="pool_{id}" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="640" height="200"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="lane_rep_shape" bpmnElement="lane_rep" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="610" height="200"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="start_shape" bpmnElement="start">
        <dc:Bounds x="240" y="162" width="36" height="36"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="first_step_shape" bpmnElement="first_step">
        <dc:Bounds x="380" y="140" width="120" height="80"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_shape" bpmnElement="end">
        <dc:Bounds x="620" y="162" width="36" height="36"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="flow_start_edge" bpmnElement="flow_start">
        <di:waypoint x="276" y="180"/><di:waypoint x="380" y="180"/>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_end_edge" bpmnElement="flow_end">
        <di:waypoint x="500" y="180"/><di:waypoint x="620" y="180"/>
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
"""
TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
  xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"
  id="definitions_{id}" name="{title}" namespace="urn:salesflow:decisions">
  <decision id="{id}" name="{title}">
    <variable id="{id}_result" name="{id}"/>
    <decisionTable id="{id}_table" hitPolicy="UNIQUE">
      <input id="{id}_in" label="amount">
        <inputExpression id="{id}_in_expression" typeRef="number"><text>amount</text></inputExpression>
      </input>
      <output id="{id}_out" label="result" name="{id}" typeRef="string"/>
      <rule id="{id}_rule_1">
        <inputEntry id="{id}_rule_1_in"><text>&lt; 1000</text></inputEntry>
        <outputEntry id="{id}_rule_1_out"><text>"small"</text></outputEntry>
      </rule>
      <rule id="{id}_rule_2">
        <inputEntry id="{id}_rule_2_in"><text>&gt;= 1000</text></inputEntry>
        <outputEntry id="{id}_rule_2_out"><text>"large"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram_{id}">
      <dmndi:DMNShape id="{id}_shape" dmnElementRef="{id}">
        <dc:Bounds height="80" width="180" x="160" y="100"/>
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def content(kind: str, name: str) -> bytes:
    """The first content of a new file; its process or decision is named after it."""
    identity = name.replace("-", "_").replace(".", "_")
    title = name.replace("-", " ").replace(".", " ").capitalize()
    if kind == "form":
        return _form(name).encode()
    template = DRAWING if kind == "bpmn" else TABLE
    return template.format(id=identity, title=title).encode()


def _form(name: str) -> str:
    field = {"type": "textfield", "key": "answer", "id": "field_answer", "label": "Answer", "label:zh-Hans": "回答"}
    return json.dumps(
        {"type": "default", "id": f"form_{name.replace('.', '_').replace('-', '_')}", "components": [field]},
        ensure_ascii=False,
        indent=2,
    )
